"""What a modal that was handed in means; the answer goes back into the modal."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from typing import Any

from bot.markup import one_line
from bot.slack import (
    assessing,
    changed,
    changing,
    conditioned,
    joined,
    motioned,
    patterned,
    queueing,
    reported,
    screens,
)
from bot.slack.confided import HANDED as OF_READERS
from bot.slack.front import Front
from bot.slack.ids import Field, View, from_about, from_excepted
from bot.slack.payloads import Submission, Who
from bot.slack.reading import to_answers
from bot.slack.ruling import rules_handed_in
from bot.slack.screens.review import USUAL
from intake.answers import NOT_ASKED, Answer
from intake.check import Problem
from triage import commands
from triage.commands import (
    Approve,
    AskRequester,
    ClaimException,
    Command,
    ConfirmException,
    Decline,
    ObjectException,
    PassOn,
    Recuse,
    Settle,
)
from triage.outcome import Refused
from triage.talking import Fill, Type
from triage.terms import terms_of

log = logging.getLogger(__name__)
Reply = dict[str, Any]
CLOSE: Reply = {"response_action": "clear"}
NOT_TO_THEM = frozenset({"cannot_take", "has_it_already", "is_away"})
"""Somebody else may be chosen in the same window."""


def handed(front: Front, submission: Submission) -> Reply:
    """Carry out what was handed in; what does not fit goes back to its field, and the words stay there."""
    person = front.person(submission.who)
    try:
        view = View(submission.callback)
    except ValueError:
        log.warning("A window came back that this version does not know", extra={"view": submission.callback})
        written = [text for held in submission.fields.values() for text in held]
        return {"response_action": "update", "view": screens.lost_view(front.words, written)}
    handler = HANDLERS.get(view)
    if handler is None:
        return CLOSE
    try:
        return queueing.onward(front, submission, person, handler(front, submission, person))
    except Refused as refusal:
        case = from_about(submission.about).case
        text = front.refused(refusal, person, wish=view.value, case=case, key=submission.key)
        if (next_one := queueing.after_refusal(front, submission, person, text)) is not None:
            return next_one
        return {"response_action": "update", "view": screens.note_view(front.words, text)}


def _field(submission: Submission, name: Field) -> str:
    """What was written there; signs that nobody sees are nothing."""
    held = submission.fields.get(name.value, ())
    return held[0].strip() if held and one_line(held[0]) else ""


def _missing(front: Front, name: Field) -> Reply:
    return {"response_action": "errors", "errors": {name.value: front.words.label("problem.needed")}}


Made = Callable[[Front, Submission, str, dict[str, Answer]], Command]
"""From the answers of a window to the command that they are meant for."""


def _questions(make: Made) -> Callable[[Front, Submission, str], Reply]:
    """A window whose fields are questions: what does not fit goes back to its field, and the words stay there."""

    def handle(front: Front, submission: Submission, person: str) -> Reply:
        answers, problems = _read(front, submission)
        if problems:
            texts = {q: front.words.label(f"problem.{p.key}", **p.facts) for q, p in problems.items()}
            return {"response_action": "errors", "errors": texts}
        front.do(make(front, submission, person, answers), front.desk(actor=person))
        return CLOSE

    return handle


def _form(front: Front, submission: Submission, person: str, answers: dict[str, Answer]) -> Command:
    told = _emptied(front, submission) | answers
    left = tuple(sorted(submission.left & told.keys()))
    return Fill(actor=person, key=submission.key, case=submission.about, answers=told, left=left, echo=True)


def _emptied(front: Front, submission: Submission) -> dict[str, Answer]:
    """Fields that came back: each takes back what it held, where nothing else stands in it."""
    return {id: NOT_ASKED for id in submission.fields if id in front.office.library.form.by_id}


def _settle(front: Front, submission: Submission, person: str, answers: dict[str, Answer]) -> Command:
    case = from_about(submission.about).case
    return Settle(actor=person, key=submission.key, case=case, answers=answers)


def _reply(front: Front, submission: Submission, person: str, answers: dict[str, Answer]) -> Command:
    about = from_about(submission.about)
    return commands.Reply(
        actor=person, key=submission.key, case=about.case, number=about.version or 0, answers=answers
    )


def _read(front: Front, submission: Submission) -> tuple[dict[str, Answer], dict[str, Problem]]:
    """The fields as answers, and what does not fit."""

    def to_person(user: str) -> str:
        return front.person(Who(submission.who.team, user))

    library = front.office.library
    return to_answers(library.form, submission.fields, library.catalogue, to_person)


def _decision(
    make: Callable[[Submission, str], Command | Field],
) -> Callable[[Front, Submission, str], Reply]:
    def handle(front: Front, submission: Submission, person: str) -> Reply:
        made = make(submission, person)
        if isinstance(made, Field):
            return _missing(front, made)
        try:
            front.do(made, front.desk(actor=person))
        except Refused as refusal:
            if refusal.key == "ends_too_soon":
                said = front.words.label("refusal.ends_too_soon")
                return {"response_action": "errors", "errors": {Field.UNTIL.value: said}}
            if refusal.key == "due_too_soon":
                said = front.words.label("refusal.due_too_soon")
                return {"response_action": "errors", "errors": {Field.DUE.value: said}}
            if refusal.key != "reason_needed":
                raise
            return _missing(front, Field.REASON)
        return CLOSE

    return handle


def _on_shown(submission: Submission, person: str) -> dict[str, Any]:
    """Who decides on what, in the version that the window showed."""
    about = from_about(submission.about)
    return {"actor": person, "key": submission.key, "case": about.case, "version": about.version}


def _until(submission: Submission) -> date | None:
    """The last day that was picked; no picker gives anything but a day."""
    try:
        return date.fromisoformat(_field(submission, Field.UNTIL))
    except ValueError:
        return None


def _approve(submission: Submission, person: str) -> Command | Field:
    reason, until = _field(submission, Field.REASON), _until(submission)
    return Approve(**_on_shown(submission, person), reason=reason, valid_until=until)


def _approve_with_conditions(front: Front, submission: Submission, person: str) -> Reply:
    """The usual ones by their texts, then what was written; the same one twice is one."""
    ticked = submission.fields.get(Field.COMMON.value, ())
    given = conditioned.given(front, submission, [key for key in USUAL if key in ticked])
    conditions, terms = tuple(given), terms_of(given)

    def make(submission: Submission, person: str) -> Command | Field:
        if not conditions:
            return Field.CONDITIONS
        reason = _field(submission, Field.REASON)
        on, until = _on_shown(submission, person), _until(submission)
        return Approve(**on, reason=reason, conditions=conditions, terms=terms, valid_until=until)

    return _decision(make)(front, submission, person)


def _ask(submission: Submission, person: str) -> Command | Field:
    question = _field(submission, Field.QUESTION)
    return AskRequester(**_on_shown(submission, person), question=question) if question else Field.QUESTION


def _decline(submission: Submission, person: str) -> Command | Field:
    reason = _field(submission, Field.REASON)
    if not reason:
        return Field.REASON
    return Decline(
        **_on_shown(submission, person), reason=reason, would_change=_field(submission, Field.WOULD_CHANGE)
    )


def _pass_on(front: Front, submission: Submission, person: str) -> Reply:
    user = _field(submission, Field.PERSON)
    if not user:
        return _missing(front, Field.PERSON)
    to = front.person(Who(submission.who.team, user))
    try:
        front.do(PassOn(**_on_shown(submission, person), person=to), front.desk(actor=person))
    except Refused as refusal:
        if refusal.key not in NOT_TO_THEM:
            raise
        said = front.words.label(f"refusal.{refusal.key}")
        return {"response_action": "errors", "errors": {Field.PERSON.value: said}}
    return CLOSE


def _recuse(submission: Submission, person: str) -> Command | Field:
    reason = _field(submission, Field.REASON)
    return Recuse(**_on_shown(submission, person), reason=reason) if reason else Field.REASON


def _on_exception(submission: Submission, person: str) -> dict[str, Any]:
    about = from_excepted(submission.about)
    return {"actor": person, "key": submission.key, "case": about.case, "version": about.version}


def _claim(submission: Submission, person: str) -> Command | Field:
    ground, reason = _field(submission, Field.GROUND), _field(submission, Field.REASON)
    if not ground or not reason:
        return Field.REASON if ground else Field.GROUND
    return ClaimException(**_on_exception(submission, person), ground=ground, reason=reason)


def _confirm(submission: Submission, person: str) -> Command | Field:
    waiting, reason = from_excepted(submission.about).claim, _field(submission, Field.REASON)
    return ConfirmException(**_on_exception(submission, person), claim=waiting, reason=reason)


def _object(submission: Submission, person: str) -> Command | Field:
    waiting, reason = from_excepted(submission.about).claim, _field(submission, Field.REASON)
    if not reason:
        return Field.REASON
    return ObjectException(**_on_exception(submission, person), claim=waiting, reason=reason)


def _answer(submission: Submission, person: str) -> Command | Field:
    words = _field(submission, Field.WORDS)
    return (
        Type(actor=person, key=submission.key, case=submission.about, words=words) if words else Field.WORDS
    )


def _start(front: Front, submission: Submission, person: str) -> Reply:
    """A request begun from Home, a shortcut or a command: kept first, its thread is opened right after."""
    words = _field(submission, Field.WORDS)
    if not words:
        return _missing(front, Field.WORDS)
    front.begin_later(person, words, key=submission.key)
    return CLOSE


HANDLERS: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.FORM: _questions(_form),
    View.APPROVE: _decision(_approve),
    View.APPROVE_WITH_CONDITIONS: _approve_with_conditions,
    View.ASK: _decision(_ask),
    View.DECLINE: _decision(_decline),
    View.PASS_ON: _pass_on,
    **OF_READERS,
    View.RECUSE: _decision(_recuse),
    View.CHANGE: changed.asked,
    View.CHANGED: changed.confirmed,
    View.JOIN: joined.handed,
    View.FULFIL: conditioned.handed,
    View.SEND_BACK: conditioned.sent_back,
    **patterned.HANDED,
    **reported.HANDED,
    View.CLAIM_EXCEPTION: _decision(_claim),
    View.CONFIRM_EXCEPTION: _decision(_confirm),
    View.OBJECT_EXCEPTION: _decision(_object),
    **motioned.HANDED,
    View.START: _start,
    View.ANSWER: _decision(_answer),
    View.SETTLE: _questions(_settle),
    View.ASSESS: assessing.begin,
    View.ASSESS_PAGE: assessing.handed,
    View.REPLY: _questions(_reply),
    View.SETTINGS: changing.handed_in,
    View.RULES: rules_handed_in,
}
