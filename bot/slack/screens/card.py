"""The card of those who decide, whole on a phone: what, why, what is open, and the answer in one press."""

from __future__ import annotations

from collections.abc import Mapping

from bot import scoping, supplying
from bot.slack import blocks as b
from bot.slack.ids import Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene
from bot.slack.screens import (
    assigning,
    conditions,
    consulted,
    measured,
    motions,
    nudging,
    offering,
    onward,
    patterns,
    reviewed,
    seated,
    waiting,
)
from bot.slack.screens.answers import name, question_of, said
from bot.slack.screens.assess import assess_buttons
from bot.slack.screens.beside import nearest_facts
from bot.slack.screens.changed import change_note, since_approval
from bot.slack.screens.evidence import file_note
from bot.slack.screens.excepting import NOTES, exception, exception_buttons, exception_note
from bot.slack.screens.outcome import decision_facts, receipt
from bot.slack.screens.settling import settle_button
from bot.slack.screens.summary import reasons_button, verdict_facts
from bot.slack.screens.turns import inquiry_answer
from bot.words import Page
from triage import attaching
from triage.aims import supplied
from triage.aims.suppliers import NAME as SUPPLIER
from triage.case import Status
from triage.lifecycle import MOVES, WAITING
from triage.review import APPROVALS, may_be_cleared

POINTS = ("output_use", "people", "data", "area", "red_flag")
"""The answers a reviewer looks for first; the rest is behind Why."""

QUIET = ("area", "red_flag")
"""Not named where the answer is "none of these": that is the usual case."""

USES = 3
PARTS = ("what", "verdict", "seats", "near", "uses", "supplier", "heard", "open", "state")


def card(scene: Scene, facts: Mapping[str, object]) -> Message:
    page = told_on_card(scene)
    drawn = parts(scene, page)
    if row := _buttons(scene):
        drawn.append(b.actions(row, block_id=assigning.row_id(scene)))
    drawn += [*patterns.on_card(scene), *reviewed.on_card(scene)]
    drawn += [*exception(scene), *motions.motions(scene)]
    more = [*exception_buttons(scene), *motions.practice_buttons(scene), *_questionnaires(scene)]
    if row := [*more, *consulted.on_card(scene)]:
        drawn.append(b.actions(row))
    return message(scene.words, page["text"], drawn)


def told_on_card(scene: Scene) -> Page:
    case, words, near = scene.case, scene.words, scene.beside.nearest
    purpose = case.answers.get("purpose")
    return words.page(
        "card",
        **verdict_facts(scene),
        **decision_facts(scene),
        **assigning.assigned_facts(scene),
        **nearest_facts(scene),
        **seated.seat_facts(scene),
        unit=case.unit,
        purpose=purpose.text if purpose else case.words,
        owner=scene.voice.mention(case.owner) if case.owner and case.owner != case.requester else "",
        points=[(name(scene, q), said(scene, q, longest=200)) for q in POINTS if _tells(scene, q)],
        uses=[use for use in scene.uses if near is None or use.id != near.use.id][:USES],
        waits=case.status in WAITING,
        moved=since_approval(scene),
        beyond=measured.beyond_facts(scene),
        supplier=of_supplier(scene),
        scoped=scoping.line(scene.words, scene.scoped),
        heard=scene.heard,
        heard_source=scene.words.label("assessing.mind.source.staff"),
        heard_by=scene.voice.mention(scene.heard.by) if scene.heard and scene.heard.by else "",
    )


def of_supplier(scene: Scene) -> list[str]:
    """What of its supplier has ended, or is missing for a yes."""
    due = SUPPLIER in scene.desk.assessing and supplied.is_due(scene.case)
    return list(supplying.of_use(scene.words, scene.supplier, due=due))


def parts(scene: Scene, page: Page, *, without: tuple[str, ...] = ()) -> list[b.Block | None]:
    """What is told, without what can be pressed but the reasons."""
    drawn: list[b.Block | None] = [b.header(page_title(scene))]
    for part in PARTS:
        if page[part] and part not in without:
            drawn.append(b.section(page[part], reasons_button(scene) if part == "verdict" else None))
    return [*drawn, b.context(page["told"]) if page["told"] else None]


def _questionnaires(scene: Scene) -> list[b.Element]:
    """Those that are switched on, while it waits; whether this person may is asked when they press."""
    return assess_buttons(scene) if scene.case.status in WAITING else []


def _tells(scene: Scene, question: str) -> bool:
    """Whether there is an answer that says more than "none of these"."""
    answer, known = scene.case.answers.get(question), question_of(scene, question)
    alone = {choice.id for choice in known.choices if choice.alone} if known else set()
    quiet = question in QUIET and answer is not None and set(answer.picked) <= alone and bool(answer.picked)
    return answer is not None and known is not None and not quiet


def page_title(scene: Scene) -> str:
    case = scene.case
    return scene.words.label("card.heading", title=case.title or case.tool_name, ref=case.ref or "")


def _buttons(scene: Scene) -> list[b.Element]:
    besides = (assigning.take_button(scene), assigning.assign_menu(scene))
    return [*deciding_row(scene), *(each for each in besides if each is not None)]


def deciding_row(scene: Scene) -> list[b.Element]:
    """Only what can be done now; whether this person may is asked when they press."""
    words, value, moves = scene.words, to_value(Press(case=scene.case.id)), MOVES[scene.case.status]
    if not may_be_cleared(scene.case):
        moves -= APPROVALS
    settle = settle_button(scene)
    row = [settle | {"style": "primary"}] if settle else []
    if Status.approved in moves:
        style = "" if settle else "primary"
        row.append(b.button(Action.APPROVE, words.label("button.approve"), value, style=style))
    if Status.approved_with_conditions in moves:
        row.append(
            b.button(Action.APPROVE_WITH_CONDITIONS, words.label("button.approve_with_conditions"), value)
        )
    if Status.needs_info in moves:
        row.append(b.button(Action.ASK, words.label("button.ask"), value))
    if Status.declined in moves:
        row.append(b.button(Action.DECLINE, words.label("button.decline"), value, style="danger"))
    return row


def card_note(scene: Scene, facts: Mapping[str, object]) -> Message:
    """A line in the card's thread. `facts`: about (asked, settled, remark, objection, decided, …), and its own."""
    about = str(facts.get("about", ""))
    if about == "answered":
        return inquiry_answer(scene, facts)
    if about == attaching.ABOUT:
        return file_note(scene, facts)
    if about == "changed":
        return change_note(scene, facts)
    if about in nudging.NOTES:
        return nudging.nudged_note(scene, facts)
    if about == waiting.OVERDUE:
        return waiting.overdue_note(scene, facts)
    if about in assigning.NOTES:
        return assigning.assigned_note(scene, facts)
    if about in offering.NOTES:
        return offering.taken_note(scene, facts)
    if about in onward.NOTES:
        return onward.running_note(scene, facts)
    if about == "signed_off":
        return seated.signed_note(scene, facts)
    if about.startswith(conditions.ABOUT):
        return conditions.condition_note(scene, facts)
    if about.startswith(measured.ABOUT):
        return measured.measured_note(scene, facts)
    if about.startswith(reviewed.ABOUT):
        return reviewed.review_note(scene, facts)
    if about in motions.NOTES:
        return motions.motion_note(scene, facts)
    if about.startswith(patterns.ABOUT):
        return patterns.pattern_note(scene, facts)
    if about in NOTES:
        return exception_note(scene, facts)
    found = next((i for i in scene.case.inquiries if i.id == facts.get("inquiry")), None)
    page = scene.words.page(
        "card_note",
        about=about,
        by_asked=scene.voice.mention(found.asked_by) if found else "",
        question=found.question if found else "",
        words=str(facts.get("words", "")),
        by_settled=scene.voice.mention(str(facts["by"])) if "by" in facts else "",
        by_role=scene.words.line(f"role_name.{facts['role']}") if "role" in facts else "",
        settled=[(name(scene, q), said(scene, q)) for q in _questions(facts)],
        open=len(scene.case.verdict.gaps) if scene.case.verdict else 0,
        **decision_facts(scene),
    )
    proof = receipt(scene) if about == "decided" else None
    return message(scene.words, page["line"], [b.section(page["line"]), proof])


def _questions(facts: Mapping[str, object]) -> tuple[str, ...]:
    given = facts.get("questions", ())
    return tuple(map(str, given)) if isinstance(given, tuple | list) else ()
