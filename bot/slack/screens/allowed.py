"""The answer to "may I use this for that?": a verdict, the record it rests on, and what can be done next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.markup import Mrkdwn, clean, cut, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Voice
from bot.slack.screens.beforehand import first_of_all
from intake.reading import Reading
from triage.case import REFUSALS, Case
from triage.desk import Desk
from triage.joining import may_join
from triage.may_i import MayI
from triage.parts import OWNER
from triage.parts import asked as part_asked
from triage.register import PUBLIC, Entry
from triage.seats import deciding_people

NAMED, BRIEF, JOINED, PICKS = 5, 2, 3, 6
"""Uses that are named, fewer in a channel, where others read along; those with a button; tools to choose from."""
KEPT = 1_000
"""Characters of a question that its buttons carry on."""


@dataclass(frozen=True)
class Question:
    """What was asked, and by whom; `brief`: where others read it, too. `tool`: which of several was meant."""

    words: str
    reading: Reading
    reader: str
    brief: bool = False
    tool: str = ""
    cases: Mapping[str, Case] = field(default_factory=dict)


def can_i(voice: Voice, question: Question, found: MayI, desk: Desk) -> Message:
    words, cases, reading = voice.words, question.cases, question.reading
    uses = found.uses[: BRIEF if question.brief else NAMED]
    tools = [tool.name for tool in reading.tool.tools][:PICKS]
    held = {id: first_of_all(cases[id], voice, desk, question.reader) for id in found.held if id in cases}
    joins, owns = _joinable(uses, found, question, desk), _to_own(voice, question, found)
    page = words.page(
        "can_i",
        kind=found.kind,
        tools=tools,
        tool=_name(reading, found),
        named=cut(one_line(reading.tool_phrase or ""), 80),
        uses=uses,
        others=found.others[:NAMED],
        rows=_together(uses, held, found.ending),
        instead=_together(found.instead, held, found.ending),
        held=held,
        ending=found.ending,
        ready=[use for use in uses if use.id not in held and use.id not in found.ending],
        joins=joins,
        owns=bool(owns),
        more=len(found.uses) > len(uses),
        waits={use.id: _waits(cases[use.id], voice, desk) for use in uses if use.id in cases},
        mine=any(use.requester == question.reader for use in uses),
        reasons={use.id: _reason(cases[use.id]) for use in uses if use.id in cases},
        assessed=any(desk.assessed(tool.id) for tool in reading.tool.tools),
        for_that=bool(reading.aimed),
        brief=question.brief,
    )
    return message(
        words, page["text"], [b.section(page["line"]), *_rows(voice, question, found, joins, owns)]
    )


def _together(
    uses: Sequence[Entry], held: Mapping[str, Mrkdwn], ending: Collection[str]
) -> list[tuple[Entry, str]]:
    """What reads the same is said once, with all its references."""
    found: dict[tuple[object, ...], list[Entry]] = {}
    for use in uses:
        alike = use.tool_name, use.title, use.conditions, held.get(use.id), use.id in ending
        found.setdefault(alike, []).append(use)
    return [
        (same[0], ", ".join(dict.fromkeys(use.ref for use in same if use.ref))) for same in found.values()
    ]


def _name(reading: Reading, found: MayI) -> str:
    """As the catalogue has it, or as the register has what the catalogue does not know."""
    known = [*found.uses, *found.others]
    if reading.tool.kind == "one" or reading.tool.tools:
        return reading.tool.tools[0].name
    return known[0].tool_name if known else ""


def _joinable(uses: Sequence[Entry], found: MayI, question: Question, desk: Desk) -> list[Entry]:
    """Only what may be meant, and not what is being ended; the first few, so that the row of buttons stays short."""
    if found.kind == "other_purpose":
        return []
    cases, standing = question.cases, [use for use in uses if use.status in PUBLIC]
    free = [use for use in standing if use.id in cases and use.id not in found.ending]
    return [use for use in free if may_join(cases[use.id], question.reader, desk)][:JOINED]


def _waits(case: Case, voice: Voice, desk: Desk) -> dict[str, object]:
    people = [voice.mention(person) for person in deciding_people(case, desk)][:3]
    since = voice.words.day_at(case.submitted_at) if case.submitted_at else ""
    return {"people": voice.words.listed(people, "or") if people else "", "since": since}


def _reason(case: Case) -> dict[str, str]:
    """Of what was decided; of what is only stopped nobody has said why yet."""
    made = case.decision
    if made is None or made.kind not in REFUSALS:
        return {"because": "", "change": ""}
    return {"because": made.reason, "change": made.would_change}


def _rows(
    voice: Voice, question: Question, found: MayI, joins: list[Entry], owns: list[b.Element]
) -> list[b.Block]:
    if found.kind == "which":
        return [b.actions(_picks(voice, question))]
    row = owns + [_join(voice, use, number) for number, use in enumerate(joins)]
    if found.kind not in ("not_yet", "suspended"):
        press = Press(case="", question=question.tool, choice=_kept(question))
        row.append(b.button(Action.ASK_FOR_IT, voice.words.label("button.ask_for_it"), to_value(press)))
    return [b.actions(row)] if row else []


def _to_own(voice: Voice, question: Question, found: MayI) -> list[b.Element]:
    """Where all that a use waits for is that the reader answers for it, they can say so here."""
    if question.brief or not question.reader:
        return []
    cases = [
        question.cases[use.id] for use in found.uses if use.id in found.held and use.id in question.cases
    ]
    asked = [(case, waits) for case in cases if (waits := part_asked(case, OWNER)) is not None]
    mine = [(case, waits) for case, waits in asked if waits.person == question.reader][:JOINED]
    label = voice.words.label("accept.owner_here")
    return [
        b.button(
            Action.ACCEPT_PART,
            label,
            to_value(Press(case=case.id, choice=waits.id)),
            number=number,
            spoken=voice.words.label("spoken.act", act=label, what=case.ref or case.title),
            style="" if number else "primary",
        )
        for number, (case, waits) in enumerate(mine)
    ]


def _picks(voice: Voice, question: Question) -> list[b.Element]:
    """One for each tool, and the way on where none of them was meant."""

    def pick(label: str, tool: str, number: int) -> b.Element:
        value = to_value(Press(case="", question=tool, choice=_kept(question)))
        return b.button(Action.MAY_I, label, value, number=number)

    tools = question.reading.tool.tools[:PICKS]
    other = to_value(Press(case="", choice=_kept(question)))
    label = voice.words.label("button.none_of_tools" if len(tools) > 1 else "button.another_tool")
    found = [pick(tool.name, tool.id, number) for number, tool in enumerate(tools)]
    return [*found, b.button(Action.ASK_FOR_IT, label, other)]


def _kept(question: Question) -> str:
    return cut(clean(question.words), KEPT)


def _join(voice: Voice, use: Entry, number: int) -> b.Element:
    label = voice.words.label("button.join_ref", ref=use.ref or "")
    return b.button(Action.JOIN, label, to_value(Press(case=use.id)), number=number)
