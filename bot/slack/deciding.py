"""What a window means in which somebody decides, asks, passes on, steps aside, or speaks about an exception."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.slack import adding, conditioned
from bot.slack.abouts import from_about, from_excepted
from bot.slack.fields import Field
from bot.slack.filled import CLOSE, Reply, day, field, missing, sent_back
from bot.slack.front import Front
from bot.slack.ids import View
from bot.slack.payloads import Submission, Who
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
)
from triage.outcome import Refused
from triage.terms import terms_of

IN_FIELD = {
    "ends_too_soon": (Field.UNTIL, "refusal.ends_too_soon"),
    "due_too_soon": (Field.DUE, "refusal.due_too_soon"),
    "reason_needed": (Field.REASON, "problem.needed"),
    "too_many_conditions": (Field.CONDITIONS, "refusal.too_many_conditions"),
}
"""What is told beside the field it is about, where the words written so far stay."""
NOT_TO_THEM = frozenset({"cannot_take", "has_it_already", "is_away"})
"""Somebody else may be chosen in the same window."""


def decision(
    make: Callable[[Submission, str], Command | Field],
) -> Callable[[Front, Submission, str], Reply]:
    def handle(front: Front, submission: Submission, person: str) -> Reply:
        made = make(submission, person)
        if isinstance(made, Field):
            return missing(front, made)
        try:
            front.do(made, front.desk(actor=person))
        except Refused as refusal:
            if refusal.key not in IN_FIELD:
                raise
            return sent_back(front, *IN_FIELD[refusal.key])
        return CLOSE

    return handle


def _on_shown(submission: Submission, person: str) -> dict[str, Any]:
    """Who decides on what, in the version that the window showed."""
    about = from_about(submission.about)
    return {"actor": person, "key": submission.key, "case": about.case, "version": about.version}


def _until(submission: Submission) -> date | None:
    return day(field(submission, Field.UNTIL))


def _approve(submission: Submission, person: str) -> Command | Field:
    reason, until = field(submission, Field.REASON), _until(submission)
    return Approve(**_on_shown(submission, person), reason=reason, valid_until=until)


def _approve_with_conditions(front: Front, submission: Submission, person: str) -> Reply:
    """Those of the library by their texts, then what was written; the same one twice is one."""
    if (wrong := adding.problems(front, submission)) is not None:
        return wrong
    given = conditioned.given(front, submission)
    if given is None:
        said = front.words.label("problem.unknown_choice")
        return {"response_action": "errors", "errors": {Field.COMMON.value: said}}
    if conditioned.lacks_day(submission, given):
        return sent_back(front, Field.DUE, "problem.day_needed")
    if not given:
        return sent_back(front, Field.CONDITIONS, "problem.condition_needed")
    conditions, terms = tuple(given), terms_of(given)

    def make(submission: Submission, person: str) -> Command:
        reason = field(submission, Field.REASON)
        on, until = _on_shown(submission, person), _until(submission)
        return Approve(**on, reason=reason, conditions=conditions, terms=terms, valid_until=until)

    return decision(make)(front, submission, person)


def _ask(submission: Submission, person: str) -> Command | Field:
    question = field(submission, Field.QUESTION)
    return AskRequester(**_on_shown(submission, person), question=question) if question else Field.QUESTION


def _decline(submission: Submission, person: str) -> Command | Field:
    reason = field(submission, Field.REASON)
    if not reason:
        return Field.REASON
    return Decline(
        **_on_shown(submission, person), reason=reason, would_change=field(submission, Field.WOULD_CHANGE)
    )


def _pass_on(front: Front, submission: Submission, person: str) -> Reply:
    user = field(submission, Field.PERSON)
    if not user:
        return missing(front, Field.PERSON)
    to = front.person(Who(submission.who.team, user))
    try:
        front.do(PassOn(**_on_shown(submission, person), person=to), front.desk(actor=person))
    except Refused as refusal:
        if refusal.key not in NOT_TO_THEM:
            raise
        return sent_back(front, Field.PERSON, f"refusal.{refusal.key}")
    return CLOSE


def _recuse(submission: Submission, person: str) -> Command | Field:
    reason = field(submission, Field.REASON)
    return Recuse(**_on_shown(submission, person), reason=reason) if reason else Field.REASON


def _on_exception(submission: Submission, person: str) -> dict[str, Any]:
    about = from_excepted(submission.about)
    return {"actor": person, "key": submission.key, "case": about.case, "version": about.version}


def _claim(submission: Submission, person: str) -> Command | Field:
    ground, reason = field(submission, Field.GROUND), field(submission, Field.REASON)
    if not ground or not reason:
        return Field.REASON if ground else Field.GROUND
    return ClaimException(**_on_exception(submission, person), ground=ground, reason=reason)


def _confirm(submission: Submission, person: str) -> Command | Field:
    waiting, reason = from_excepted(submission.about).claim, field(submission, Field.REASON)
    return ConfirmException(**_on_exception(submission, person), claim=waiting, reason=reason)


def _object(submission: Submission, person: str) -> Command | Field:
    waiting, reason = from_excepted(submission.about).claim, field(submission, Field.REASON)
    if not reason:
        return Field.REASON
    return ObjectException(**_on_exception(submission, person), claim=waiting, reason=reason)


HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.APPROVE: decision(_approve),
    View.APPROVE_WITH_CONDITIONS: _approve_with_conditions,
    View.ASK: decision(_ask),
    View.DECLINE: decision(_decline),
    View.PASS_ON: _pass_on,
    View.RECUSE: decision(_recuse),
    View.CLAIM_EXCEPTION: decision(_claim),
    View.CONFIRM_EXCEPTION: decision(_confirm),
    View.OBJECT_EXCEPTION: decision(_object),
}
