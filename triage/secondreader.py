"""From high risk on somebody else reads what was confirmed: they agree, send it back with a question, or stop it."""

from __future__ import annotations

from triage.case import Case
from triage.deputies import in_place_of
from triage.desk import Desk
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.review import check_may_decide, check_seen
from triage.reviewed import ReviewStep
from triage.reviewing import LONGEST, line_of, reviewer_of
from triage.reviews import Review, open_review, reviews_of
from triage.reviewtold import read_no_more, stopped, told
from triage.reviewwishes import ReadReview
from triage.seats import stands_for
from triage.whereabouts import keeper

KINDS = {"agree": "agreed", "return": "returned", "suspend": "closed"}


def check_may_read(case: Case, person: str, desk: Desk, answer: str = "") -> tuple[Review, ReviewStep, Facts]:
    """By somebody who decides about such a use, and has no part in it nor in what was said; and as what."""
    role = check_may_decide(case, person, desk)
    review = open_review(case)
    said = review.answer if review is not None and review.state == "second" else None
    if review is None or said is None or not case.in_use or answer not in ("", said.id):
        known = any(step.id == answer for step in case.review_steps) or bool(reviews_of(case))
        raise Refused("looked_already" if known else "no_review", case=case.id)
    place = stands_for(case, person, role, desk)
    if any(desk.same(each, said.by) for each in (person, place.of if place else person)):
        raise Refused("own_review", case=case.id)
    return review, said, {"role": role} | in_place_of(place)


def may_read(case: Case, person: str, desk: Desk) -> bool:
    try:
        check_may_read(case, person, desk)
    except Refused:
        return False
    return True


def read(case: Case, command: ReadReview, desk: Desk) -> Outcome:
    review, said, as_what = check_may_read(case, command.actor, desk, command.step)
    if command.verdict == "agree":
        check_seen(case, command.version)  # a question, or a stop, holds whatever was said meanwhile
    words = command.words.strip()[:LONGEST]
    if command.verdict != "agree" and not words:
        raise Refused("reason_needed", case=case.id)
    given = {"id": command.key, "review": review.id, "kind": KINDS[command.verdict], "by": command.actor}
    step = ReviewStep.model_validate(given | {"at": desk.now, "words": words})
    if command.verdict == "suspend":
        step = step.model_copy(update={"outcome": "suspend"})
        outcome = stopped(case, step, _with(line_of(step), as_what), desk)
        return outcome.model_copy(update={"notices": (read_no_more(said), *outcome.notices)})
    after = case.model_copy(update={"review_steps": (*case.review_steps, step)})
    asked = reviewer_of(after, desk) or keeper(after)
    to = asked if command.verdict == "return" else said.by
    return Outcome(
        case=after,
        happened=(_with(line_of(step), as_what),),
        notices=(
            read_no_more(said),
            Notice(say=Say.card),
            told(after, to, {"about": step.kind, "step": step.id}),
            Notice(say=Say.summary),
        ),
    )


def _with(line: Happened, as_what: Facts) -> Happened:
    return line.model_copy(update={"detail": {**line.detail, **as_what}})
