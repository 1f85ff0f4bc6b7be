"""Answers from the register: may I use this, what is there, what Steward can do. Each cites the record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.markup import Mrkdwn, cut, one_line
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Voice
from bot.slack.screens.onward import missing_words
from bot.slack.screens.verdicts import LEVELS
from bot.words import Words
from intake.reading import Reading
from triage.case import Case, Status
from triage.desk import Desk
from triage.joining import may_join
from triage.register import PUBLIC, Entry, Veiled
from triage.stages import Stage
from triage.suited import Suited
from triage.tasks import before_start
from triage.whereabouts import stage_of

WAITING = (Status.in_review, Status.needs_info, Status.blocked)
_BEFORE = (Status.disclosed, Status.lapsed, Status.retired)
_NONE: Mapping[str, Case] = {}
LISTED, NAMED, USABLE, SOME = 30, 5, 10, 3


def can_i(
    voice: Voice,
    reading: Reading,
    uses: Sequence[Entry],
    desk: Desk,
    asked: str,
    cases: Mapping[str, Case] = _NONE,
    reader: str = "",
) -> Message:
    """Yes, yes if, not for this, not yet, no, or unknown: never more than the record says.

    `cases`: those of `uses` that are approved, by their id.
    """
    words, found = voice.words, reading.tool
    allowed = [use for use in uses if use.status in PUBLIC]
    held = {id: missing_words(case, words, desk) for id, case in cases.items() if before_start(case, desk)}
    ending = {id for id, case in cases.items() if stage_of(case) is Stage.retiring}
    joins = [
        use
        for use in allowed[:NAMED]
        if use.id in cases and use.id not in ending and may_join(cases[use.id], reader, desk)
    ]
    page = words.page(
        "can_i",
        held={id: [what for what, _ in missing] for id, missing in held.items()},
        ending=ending,
        ready=[use for use in allowed[:NAMED] if use.id not in held and use.id not in ending],
        joins=joins,
        tools=[tool.name for tool in found.tools] if found.kind != "none" else [],
        which=found.kind == "several",
        named=cut(one_line(reading.tool_phrase or ""), 80),
        allowed=allowed[:NAMED],
        more=max(0, len(allowed) - NAMED),
        waiting=[use for use in uses if use.status in WAITING][:NAMED],
        suspended=[use for use in uses if use.status is Status.under_reassessment][:NAMED],
        declined=[use for use in uses if use.status is Status.declined][:NAMED],
        known=[use for use in uses if use.status in _BEFORE][:NAMED],
        assessed=any(desk.assessed(tool.id) for tool in found.tools) if found.kind == "one" else False,
    )
    waits = found.kind == "one" and not allowed and any(use.status in WAITING for use in uses)
    tool = found.tools[0].id if found.kind == "one" else ""
    ask = b.button(Action.HOME_START, words.label("button.ask_for_it"), to_value(Press(case="", choice=tool)))
    row = [*(_join(words, use, number) for number, use in enumerate(joins)), *([] if waits else [ask])]
    return message(words, page["text"], [b.section(page["line"]), b.actions(row) if row else None])


def _join(words: Words, use: Entry, number: int) -> b.Element:
    label = words.label("button.join_ref", ref=use.ref or "")
    return b.button(Action.JOIN, label, to_value(Press(case=use.id)), number=number)


def listing(
    voice: Voice, entries: Sequence[Entry], words: str = "", veiled: Sequence[Veiled] = ()
) -> Message:
    """What the reader may see, narrowed to what holds all of `words`; confidential ones stand in the whole list."""
    closed = () if words else veiled
    wanted = words.lower().split()
    found = [entry for entry in entries if all(word in _searched(voice.words, entry) for word in wanted)]
    page = voice.words.page(
        "listing",
        rows=[(entry, risk(voice.words, entry)) for entry in found[:LISTED]],
        closed=[(each.ref, risk(voice.words, each)) for each in closed[:LISTED]],
        more_closed=max(0, len(closed) - LISTED),
        more=max(0, len(found) - LISTED),
        wanted=cut(one_line(words), 80),
        all=len(entries),
    )
    return message(
        voice.words,
        page["text"],
        [
            b.section(page["head"]),
            b.section(page["rows"]) if found else None,
            b.section(page["closed"]) if closed else None,
        ],
    )


def _searched(words: Words, entry: Entry) -> str:
    parts = (
        entry.ref or "",
        entry.title,
        entry.tool_name,
        entry.unit,
        words.label(f"status.{entry.standing}"),
    )
    return " ".join(parts).lower()


def risk(words: Words, entry: Entry | Veiled) -> Mrkdwn:
    """Risk in words; open bounds read as "medium or high"."""
    if entry.tier is None:
        return Mrkdwn("")
    floor, ceiling = entry.tier
    if floor == ceiling:
        return words.line(f"tier.{floor}")
    levels = LEVELS["tier"][floor - 1 : ceiling]
    return words.line(
        "tier_between", levels=words.listed((words.line(f"tier_name.{x}") for x in levels), "or")
    )


def command_help(voice: Voice, may: Collection[str] = ()) -> Message:
    """`may`: what not everybody can do and the reader can, by its verb."""
    page = voice.words.page("commands", may=may)
    return message(voice.words, page["line"], [b.section(page["line"]), b.actions([_begin(voice)])])


def guide(voice: Voice) -> Message:
    """For somebody who said hello or asked what this is."""
    page = voice.words.page("guide")
    return message(voice.words, page["line"], [b.section(page["line"]), b.actions([_begin(voice)])])


def usable(voice: Voice, found: Suited) -> Message:
    """What everybody may use today, with a button to ask for more; a yes only where the register says one."""
    most = SOME if found.fit == "none" else USABLE
    page = voice.words.page(
        "usable", fit=found.fit, uses=found.uses[:most], more=max(0, len(found.uses) - most)
    )
    return message(voice.words, page["line"], [b.section(page["line"]), b.actions([_begin(voice)])])


def taken_as(voice: Voice, shown: Message, typed: str, verb: str) -> Message:
    """The answer to a command that was misspelt, above it how it was read."""
    note = voice.words.line("taken_as", typed=cut(one_line(typed), 30), verb=verb)
    return Message(text=shown.text, blocks=[b.context(note), *shown.blocks])


def which(voice: Voice, entries: Iterable[Entry], line: int) -> Message:
    """More than one thing is open, and the words stand in none of their threads; `line` of the trail keeps them."""
    words = voice.words
    new = b.button(Action.BEGIN_KEPT, words.label("button.begin_kept"), to_value(Press("", choice=str(line))))
    drawn: list[b.Block | None] = [b.section(words.line("which")), b.actions([new])]
    for entry in list(entries)[:10]:
        title = cut(one_line(entry.title or entry.tool_name), 60) or words.label("entry.untitled")
        drawn.append(b.section(words.line("entry.bold", what=title), _go_on(words, entry, title)))
    return message(words, words.line("which"), drawn)


def _go_on(words: Words, entry: Entry, title: str) -> b.Element:
    """Back to the interview, or the window for what a reviewer asked."""
    value = to_value(Press(case=entry.id))
    if entry.status is Status.needs_info:
        return b.button(Action.ANSWER, words.label("button.answer"), value)
    spoken = words.label("spoken.continue", what=title)
    return b.button(Action.RESUME, words.label("button.continue"), value, spoken=spoken)


def quoted(voice: Voice, text: str) -> Message:
    """Words that came from a window, shown as the beginning of their thread."""
    page = voice.words.page("quoted", text=text)
    return message(voice.words, page["line"], [b.section(page["line"])])


def _begin(voice: Voice) -> b.Element:
    return b.button(
        Action.HOME_START, voice.words.label("button.ask_about_ai"), to_value(Press(case="")), style="primary"
    )
