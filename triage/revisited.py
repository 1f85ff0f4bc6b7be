"""What calls for a review by itself: changed facts, another owner, other rules, an unmet condition, its end begun.

One that is open ends with the approval that it was about; and the day of the next is worked out at every step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from triage.afterwards import Change
from triage.case import Case, Status
from triage.commands import Command, Rejudge
from triage.conditions import needs_second
from triage.desk import Desk
from triage.fingerprint import facts_digest
from triage.onward import StopUse
from triage.opening import opened
from triage.outcome import Notice, Outcome
from triage.planned import next_review_on
from triage.reviewed import Cause, Result, ReviewStep
from triage.reviewing import changes_in, line_of
from triage.reviews import open_review
from triage.reviewtold import bounds_of, read_no_more, told_readers
from triage.reviewwishes import ConfirmReview
from triage.stages import Stage
from triage.weighty import NEVER
from triage.whereabouts import keeper, stage_of


class Call(NamedTuple):
    cause: Cause
    trigger: str
    questions: tuple[str, ...] = ()


def followed(before: Case | None, outcome: Outcome, command: Command, desk: Desk) -> Outcome:
    case = outcome.case
    if before is None or not outcome.happened or case == before or not (before.in_use or case.in_use):
        return outcome
    if before.in_use and outcome.case.in_use:
        for call in _calls(before, outcome, command):
            outcome = _called(before, outcome, call, command, desk)
    outcome = _ended(outcome, command, desk)
    planned = next_review_on(outcome.case, desk)
    if planned == outcome.case.next_review_on:
        return outcome
    return outcome.model_copy(update={"case": outcome.case.model_copy(update={"next_review_on": planned})})


def _calls(before: Case, outcome: Outcome, command: Command) -> Iterator[Call]:
    after = outcome.case
    if keeper(before) != keeper(after):
        yield Call("change", f"owner:{keeper(after)}")
    changes = tuple(q for q in changes_in(outcome.happened) if q not in NEVER)
    if isinstance(command, Change) and changes:
        yield Call("change", command.key, changes)
    if isinstance(command, Rejudge) and _moved(before, after):
        yield Call("rule_change", command.rules)
    unmet = after.condition_steps[len(before.condition_steps) :]
    yield from (Call("condition", f"{s.decision}:{s.number:03}") for s in unmet if s.kind == "unmet")
    ends = stage_of(after) is Stage.retiring and stage_of(before) is not Stage.retiring
    if ends and not isinstance(command, ConfirmReview):
        yield Call("retirement", after.stage_moves[-1].id)


def _moved(before: Case, after: Case) -> bool:
    was, now = before.verdict, after.verdict
    if was is None or now is None:
        return False
    return (was.results, {*was.flags}, {*was.flags_open}) != (now.results, {*now.flags}, {*now.flags_open})


def _called(before: Case, outcome: Outcome, call: Call, command: Command, desk: Desk) -> Outcome:
    case, lines = opened(outcome.case, command.key, call.cause, call.trigger, desk, questions=call.questions)
    notices: tuple[Notice, ...] = ()
    review = open_review(case)
    own = call.questions and lines and command.actor == keeper(before) == keeper(case)
    if own and review is not None and review.steps == (review.opening,):
        # Whoever answers for it said so after having seen what follows: there is nothing to ask them a second time.
        step = _said(before, case, review.id, call, command, desk)
        case = case.model_copy(update={"review_steps": (*case.review_steps, step)})
        lines, notices = (*lines, line_of(step)), told_readers(case, step) if step.second else ()
    return Outcome(
        case=case,
        happened=(*outcome.happened, *lines),
        notices=(*outcome.notices, *(each for each in notices if each not in outcome.notices)),
    )


def _said(before: Case, case: Case, review: str, call: Call, command: Command, desk: Desk) -> ReviewStep:
    return ReviewStep(
        id=f"{command.key}:said",
        review=review,
        kind="answered",
        asked=call.questions,
        changed=call.questions,
        before=bounds_of(before.verdict),
        after=bounds_of(case.verdict),
        facts=facts_digest(case),
        outcome="updated",
        second=needs_second(case) or needs_second(before),
        by=command.actor,
        at=desk.now,
    )


def _ended(outcome: Outcome, command: Command, desk: Desk) -> Outcome:
    """Nobody confirms what is decided anew; that it was overtaken is its result."""
    case = outcome.case
    review = open_review(case)
    if review is None or case.in_use:
        return outcome
    given = {"id": f"{command.key}:ended", "review": review.id, "kind": "closed", "at": desk.now}
    step = ReviewStep.model_validate(given | {"outcome": _result(case, command), "by": command.actor})
    said = review.answer
    gone = (read_no_more(said),) if said is not None else ()
    return Outcome(
        case=case.model_copy(update={"review_steps": (*case.review_steps, step)}),
        happened=(*outcome.happened, line_of(step)),
        notices=(*gone, *outcome.notices),
    )


def _result(case: Case, command: Command) -> Result:
    if case.status is Status.retired:
        return "retire"
    return "suspend" if isinstance(command, StopUse) else "reapproval"
