"""Small messages around the questions: what was not understood, why, help, pause, a reviewer's question."""

from __future__ import annotations

from collections.abc import Mapping

from bot.markup import Mrkdwn
from bot.slack import blocks as b
from bot.slack.ids import UNSURE, Action, Press, to_value
from bot.slack.message import Message, message
from bot.slack.scene import Scene, Voice
from bot.slack.screens import choices as c
from bot.slack.screens.answers import label, picked, question_of
from bot.slack.screens.outcome import decision_facts
from bot.slack.screens.seated import decider, decider_facts
from bot.slack.screens.settling import settle_button
from bot.slack.screens.verdicts import due
from intake.form import Kind, Question
from triage.case import Case, Inquiry
from triage.listed import points
from triage.settling import OPEN_TO_FACTS
from triage.talk import Phase
from triage.unanswered import asked_of_requester


def spoken(scene: Scene, name: str, **facts: object) -> Message:
    """A message that is one paragraph and its optional buttons."""
    page = scene.words.page(name, **facts)
    return message(scene.words, page["line"], [b.section(page["line"])])


def not_understood(scene: Scene, facts: Mapping[str, object]) -> Message:
    """`facts`: reason, and where there are any candidates, piece, choice, length, longest."""
    talk = scene.case.talk
    asked = talk.current.question if talk and talk.current else ""
    found = question_of(scene, asked) if asked else None
    offered = _numbered(scene, found) if found and found.choices else ()
    reason = str(facts.get("reason", "other"))
    candidates = _candidates(facts)
    meant = [(offered.index(x) + 1 if x in offered else 0, picked(scene, asked, x)) for x in candidates]
    given = {name: str(facts.get(name, "")) for name in ("piece", "length", "longest")}
    key = (
        f"not_understood.{reason}" if scene.words.has(f"not_understood.{reason}") else "not_understood.other"
    )
    pressed = (
        _offered(scene, asked, candidates) if found and (found.choices or found.kind is Kind.tool) else []
    )
    page = scene.words.page(
        "not_understood",
        reason=scene.words.line(key, choice=label(scene, asked, str(facts.get("choice", ""))), **given),
        meant=meant,
        many=len(offered),
        typing=scene.words.line(_typing(found)) if found else "",
        waiting=asked,
        pressed=bool(pressed and facts.get("whole")),
    )
    return message(
        scene.words, page["line"], [b.section(page["line"]), b.actions(pressed) if pressed else None]
    )


def _numbered(scene: Scene, found: Question) -> tuple[str, ...]:
    """Its choices as the open message numbers them: with other lists below it, what denies it has no number."""
    talk = scene.case.talk
    if talk is None or talk.current is None or not talk.current.also:
        return c.offered(scene, found)
    return tuple(choice for _, choice in points(scene.case, [found.id], scene.desk))


def _offered(scene: Scene, asked: str, candidates: tuple[str, ...]) -> list[b.Element]:
    """What may have been meant, one press each, and a way to leave it open."""
    talk, known = scene.case.talk, question_of(scene, asked)
    if talk is None or talk.current is None or known is None or not candidates:
        return []
    press = Press(case=scene.case.id, turn=talk.current.turn, question=asked)

    def one(action: Action, words: str, choice: str, number: int) -> b.Element:
        return b.button(action, words, to_value(press._replace(choice=choice)), number=number)

    row = [
        one(Action.CHOOSE, picked(scene, asked, choice), choice, n) for n, choice in enumerate(candidates, 1)
    ]
    unsure = one(Action.NOT_SURE, scene.words.label("button.not_sure"), UNSURE, 0)
    return [*row, unsure] if known.may_be_unsure else row


def _typing(question: Question) -> str:
    """How to answer in words; Done stands below the question only."""
    return "typing.in_full" if question.kind is Kind.many else f"typing.{question.kind.value}"


def _candidates(facts: Mapping[str, object]) -> tuple[str, ...]:
    given = facts.get("candidates", ())
    return tuple(map(str, given)) if isinstance(given, tuple | list) else ()


def helped(scene: Scene, facts: Mapping[str, object]) -> Message:
    talk = scene.case.talk
    asking = talk is not None and talk.phase in (Phase.asking, Phase.paused)
    return spoken(scene, "help", asking=asking, summary=talk is not None and talk.phase is Phase.summary)


def paused(scene: Scene, facts: Mapping[str, object]) -> Message:
    talk = scene.case.talk
    page = scene.words.page("paused", tool=scene.case.tool_name, over=bool(facts.get("over")))
    if talk is None or talk.phase is not Phase.paused:
        return message(scene.words, page["line"], [b.section(page["line"])])
    value = to_value(Press(case=scene.case.id))
    row = [
        b.button(Action.RESUME, scene.words.label("button.resume"), value, style="primary"),
        b.button(Action.USE_FORM, scene.words.label("button.use_form"), value),
    ]
    return message(scene.words, page["line"], [b.section(page["line"]), b.actions(row)])


def cancelled(scene: Scene, facts: Mapping[str, object]) -> Message:
    return spoken(scene, "cancelled")


def old_button(scene: Scene, facts: Mapping[str, object]) -> Message:
    talk = scene.case.talk
    return spoken(scene, "old_button", asking=talk is not None and talk.current is not None)


def edited(voice: Voice, case: Case, asked: str, ask: str = "", *, gone: bool = False) -> Message:
    """An answer that was edited or deleted (`gone`) afterwards: nothing changed, and here is how to change it."""
    words = voice.words
    may = bool(asked) and case.talk is not None and case.talk.phase is not Phase.closed
    page = words.page("edited", ask=ask, may=may, gone=gone)
    value = to_value(Press(case=case.id, question=asked))
    spoken = words.label("spoken.edit", what=ask or asked)
    again = b.button(Action.EDIT, words.label("button.edit"), value, spoken=spoken) if may else None
    return message(words, page["line"], [b.section(page["line"], again)])


def fresh_button(voice: Voice, action: Action, press: Press) -> Message:
    """A window that could not be opened: the same button anew, as a button opens a window for a moment only."""
    words = voice.words
    known = {Action.HOME_START: "ask_about_ai", Action.HOME_SHOW: "details"}
    key = f"button.{known.get(action, action.value)}"
    label = words.label(key if words.has(key) else "button.open_again")
    text = words.line("fresh_button")
    return message(words, text, [b.section(text), b.actions([b.button(action, label, to_value(press))])])


def remark(scene: Scene, facts: Mapping[str, object]) -> Message:
    return spoken(scene, "remark", decider=decider(scene))


def closed_already(scene: Scene, facts: Mapping[str, object]) -> Message:
    case = scene.case
    return spoken(
        scene,
        "closed_already",
        ref=case.ref or "",
        status=_status(scene),
        approved=case.in_use,
        by=decision_facts(scene)["by"],
    )


def thanked(scene: Scene, facts: Mapping[str, object]) -> Message:
    case = scene.case
    waits = case.status in OPEN_TO_FACTS and case.inquiry is None
    return spoken(scene, "thanked", waits=waits, approved=case.in_use, due=due(scene), **decider_facts(scene))


def inquiry(scene: Scene, facts: Mapping[str, object]) -> Message:
    """A reviewer's question in the requester's thread."""
    asked = _inquiry(scene, facts)
    by = scene.voice.mention(asked.asked_by) if asked else Mrkdwn("")
    question = asked.question if asked else ""
    page = scene.words.page(
        "inquiry",
        by=by,
        asked=question,
        ref=scene.case.ref or "",
        waits=asked is not None and asked.open,
        answered=bool(asked and asked.answer),
    )
    drawn: list[b.Block | None] = [b.section(page["line"])]
    if asked is not None and asked.open:
        value = to_value(Press(case=scene.case.id))
        drawn.append(b.actions([b.button(Action.ANSWER, scene.words.label("button.answer"), value)]))
    return message(scene.words, page["line"], drawn)


def inquiry_answer(scene: Scene, facts: Mapping[str, object]) -> Message:
    """The requester's answer, where the reviewers read it."""
    asked = _inquiry(scene, facts)
    by = scene.voice.mention(scene.case.requester)
    return spoken(
        scene,
        "inquiry_answer",
        by=by,
        asked=asked.question if asked else "",
        answer=asked.answer if asked else "",
        files=len(asked.files.splitlines()) if asked else 0,
    )


def inquiry_thanks(scene: Scene, facts: Mapping[str, object]) -> Message:
    """With what words do not close, to be closed at once."""
    asked, over = _inquiry(scene, facts), bool(facts.get("over"))
    yours = 0 if over else len(asked_of_requester(scene.case, scene.desk))
    settle = settle_button(scene) if yours else None
    page = scene.words.page(
        "inquiry_thanks",
        by=scene.voice.mention(asked.asked_by) if asked else decider(scene),
        files=len(asked.files.splitlines()) if asked else 0,
        decider="" if asked and scene.deciders == (asked.asked_by,) else decider(scene),
        decide=decider_facts(scene)["decide"],
        due=due(scene),
        open=yours,
        over=over or scene.case.status not in OPEN_TO_FACTS,
    )
    return message(
        scene.words, page["line"], [b.section(page["line"]), b.actions([settle]) if settle else None]
    )


def _inquiry(scene: Scene, facts: Mapping[str, object]) -> Inquiry | None:
    named = facts.get("inquiry")
    known = scene.case.inquiries
    return next((i for i in known if i.id == named), known[-1] if known else None)


def _status(scene: Scene) -> Mrkdwn:
    return scene.words.line(f"status.{scene.case.status.value}")
