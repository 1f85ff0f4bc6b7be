"""The first reply: what was recognised, what is allowed today, how much is asked, what happens to words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import NOTHING, Action, Press, to_block_id, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens.answers import name, said
from bot.slack.screens.verdicts import as_it_runs
from triage.case import Case
from triage.interview import proposed
from triage.register import PUBLIC
from triage.running import is_running
from triage.talk import Phase, Proposal, Talk

CANDIDATES, USES, SHORT = 10, 3, 120
OTHER_WAYS = (Action.USE_FORM, Action.NOT_NOW)
MORE = [Action.HAND_OVER, Action.HELP]


def welcome(scene: Scene, facts: Mapping[str, object]) -> Message:
    """With buttons while it is an offer; the same without them once the questions have begun."""
    case, talk, words = scene.case, scene.case.talk, scene.words
    several = candidates(scene, talk)
    known = scene.desk.catalogue.get(case.tool_id) if case.tool_id else None
    allowed = [use for use in scene.uses if use.status in PUBLIC]
    told = (proposed(case, scene.desk) if talk else {}) | case.answers
    page = words.page(
        "welcome",
        until=as_it_runs(words, told) if is_running(told) else "",
        tool=case.tool_name,
        known=known is not None,
        vendor=known.vendor if known and known.vendor not in known.name else "",
        assessed=scene.desk.assessed(case.tool_id),
        which=[name for _, name in several],
        offered=talk is not None and talk.phase is Phase.offered,
        allowed=allowed[:USES],
        others=[use for use in scene.uses if use.status not in PUBLIC][:USES],
        read=[
            _line(scene, proposal) for proposal in sorted(_read(talk), key=_order(scene)) if _tells(proposal)
        ],
        held=scene.held & {use.id for use in allowed[:USES]} if allowed else frozenset(),
        alike=scene.alike if not several else (),
        model=scene.model,
        least=scene.left[0],
        most=scene.left[1],
    )
    offered = talk is not None and talk.phase is Phase.offered
    drawn = [b.section(page[part]) if page[part] else None for part in ("today", "alike", "read", "next")]
    drawn.append(b.context(page["words"]))
    if offered:
        drawn.extend(_rows(scene, several, bool(_read(talk))))
    return message(words, page["text"], drawn)


def _read(talk: Talk | None) -> tuple[Proposal, ...]:
    return talk.proposals if talk else ()


def _order(scene: Scene) -> Callable[[Proposal], int]:
    places = {question: place for place, question in enumerate(scene.desk.form.by_id)}
    return lambda proposal: places.get(proposal.question, len(places))


def _tells(proposal: Proposal) -> bool:
    """The tool is named in the first line already."""
    return proposal.question != "tool"


def _line(scene: Scene, proposal: Proposal) -> tuple[str, Mrkdwn]:
    return name(scene, proposal.question), said(scene, proposal.question, proposal.answer, longest=SHORT)


def candidates(scene: Scene, talk: Talk | None) -> list[tuple[str, str]]:
    tools = [scene.desk.catalogue.get(id_) for id_ in (talk.candidates if talk else ())]
    return [(tool.id, tool.name) for tool in tools if tool is not None][:CANDIDATES]


def _rows(scene: Scene, several: list[tuple[str, str]], proposed: bool) -> list[b.Block]:
    """Three buttons, and what few people want behind them; first of all which tool, where several were named."""
    words, press = scene.words, Press(case=scene.case.id)
    others = [b.button(a, words.label(f"button.{a.value}"), to_value(press)) for a in OTHER_WAYS]
    if several:
        return [b.actions(picks(scene, several)), b.actions(others)]
    label = words.label("button.start" if proposed else "button.start_plain")
    begin = b.button(Action.START, label, to_value(press), style="primary")
    more = [Action.START_BLANK, *MORE] if proposed else MORE
    menu = b.overflow(Action.MORE, [b.option(words.label(f"button.{a.value}"), a.value) for a in more])
    joins = [_join(scene, use, number) for number, use in enumerate(scene.alike)]
    row = b.actions([begin, *others, menu], block_id=to_block_id("more", press))
    return [b.actions(joins), row] if joins else [row]


def _join(scene: Scene, use: Case, number: int) -> b.Element:
    """The draft that it is offered in is dropped with it."""
    value = to_value(Press(case=use.id, choice=scene.case.id))
    return b.button(
        Action.JOIN, scene.words.label("button.join_ref", ref=use.ref or ""), value, number=number
    )


def picks(scene: Scene, several: list[tuple[str, str]]) -> list[b.Element]:
    def pick(label: str, tool: str, number: int) -> b.Element:
        value = to_value(Press(case=scene.case.id, choice=tool))
        return b.button(Action.PICK_TOOL, label, value, number=number)

    found = [pick(label, tool, number) for number, (tool, label) in enumerate(several, 1)]
    none = scene.words.label("button.none_of_tools" if len(several) > 1 else "button.another_tool")
    return [*found, pick(none, NOTHING, 0)]
