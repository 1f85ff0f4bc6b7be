"""The first reply: what was recognised, what is allowed today, how much is asked, what happens to words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import NOTHING, Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.answers import heard_in, name, said
from triage.case import Phase, Proposal, Talk
from triage.register import PUBLIC

CANDIDATES, USES = 10, 3


def welcome(scene: Scene, facts: Mapping[str, object]) -> Message:
    """With buttons while it is an offer; the same without them once the questions have begun."""
    case, talk, words = scene.case, scene.case.talk, scene.words
    candidates = _candidates(scene, talk)
    known = scene.desk.catalogue.get(case.tool_id) if case.tool_id else None
    allowed = [use for use in scene.uses if use.status in PUBLIC]
    page = words.page(
        "welcome",
        tool=case.tool_name,
        known=known is not None,
        vendor=known.vendor if known and known.vendor not in known.name else "",
        assessed=scene.desk.assessed(case.tool_id),
        which=bool(candidates),
        allowed=allowed[:USES],
        others=[use for use in scene.uses if use.status not in PUBLIC][:USES],
        read=[_line(scene, proposal) for proposal in sorted(_read(talk), key=_order(scene))],
        least=scene.left[0],
        most=scene.left[1],
    )
    offered = talk is not None and talk.phase is Phase.offered
    drawn = [b.section(page[part]) if page[part] else None for part in ("today", "read", "next")]
    drawn.append(b.context(page["words"]))
    if offered:
        drawn.extend(b.actions(row) for row in _buttons(scene, candidates, bool(_read(talk))))
    return message(words, page["text"], drawn)


def _read(talk: Talk | None) -> tuple[Proposal, ...]:
    return talk.proposals if talk else ()


def _order(scene: Scene) -> Callable[[Proposal], int]:
    places = {question: place for place, question in enumerate(scene.desk.form.by_id)}
    return lambda proposal: places.get(proposal.question, len(places))


def _line(scene: Scene, proposal: Proposal) -> tuple[str, Mrkdwn, str]:
    value = said(scene, proposal.question, proposal.answer)
    return name(scene, proposal.question), value, heard_in(proposal, value)


def _candidates(scene: Scene, talk: Talk | None) -> list[tuple[str, str]]:
    tools = [scene.desk.catalogue.get(id_) for id_ in (talk.candidates if talk else ())]
    return [(tool.id, tool.name) for tool in tools if tool is not None][:CANDIDATES]


def _buttons(scene: Scene, candidates: list[tuple[str, str]], proposed: bool) -> list[list[b.Element]]:
    words, case = scene.words, scene.case.id
    value = to_value(Press(case=case))
    last = [
        b.button(Action.USE_FORM, words.label("button.use_form"), value),
        b.button(Action.NOT_NOW, words.label("button.not_now"), value),
    ]
    if candidates:
        picks = [
            b.button(Action.PICK_TOOL, label, to_value(Press(case=case, choice=tool)), number=number)
            for number, (tool, label) in enumerate(candidates, 1)
        ]
        none = to_value(Press(case=case, choice=NOTHING))
        picks.append(b.button(Action.PICK_TOOL, words.label("button.none_of_tools"), none, number=0))
        return [picks, last]
    if not proposed:
        return [[b.button(Action.START, words.label("button.start_plain"), value, style="primary"), *last]]
    return [
        [
            b.button(Action.START, words.label("button.start"), value, style="primary"),
            b.button(Action.START_BLANK, words.label("button.start_blank"), value),
            *last,
        ]
    ]
