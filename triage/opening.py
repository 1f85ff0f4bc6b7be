"""A review is opened, or what happened joins the one that is open; nothing here confirms anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256

from triage.cadence import cadence
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Facts, Happened, Notice, Outcome, Say
from triage.planned import next_review_on, pace_of, tier_of
from triage.reviewed import Cause, Depth, ReviewStep
from triage.reviews import Review, deeper, deepest, open_review
from triage.reviewwishes import OpenReview

BY_CLOCK: frozenset[Cause] = frozenset({"attestation", "periodic"})
AT_LEAST: Mapping[str, Depth] = {
    "incident": "full",
    "rule_change": "short",
    "vendor_terms": "short",
    "vendor_subprocessors": "short",
    "vendor_ai_features": "short",
    "vendor_paper": "short",
    "condition": "short",
}
"""Whatever the tier: what went wrong, or is other than it was, is not settled by one fact."""


def cause_by_clock(case: Case) -> Cause:
    """Of what is of low risk its owner attests that all is as it was."""
    return "attestation" if tier_of(case) == 1 else "periodic"


def is_time(case: Case, day: date) -> bool:
    planned = case.next_review_on
    return case.in_use and planned is not None and planned - timedelta(days=cadence().ahead) <= day


def open_one(case: Case, command: OpenReview, desk: Desk) -> Outcome:
    """Nothing where it is not in use, where the day was moved, or where the same opened one that is still open."""
    if not case.in_use:
        return Outcome(case=case)
    if command.cause in BY_CLOCK:
        if case.next_review_on is None:
            return _planned(case, desk)
        if command.trigger != case.next_review_on.isoformat() or not is_time(case, desk.day):
            return Outcome(case=case)
    cause = cause_by_clock(case) if command.cause in BY_CLOCK else command.cause
    after, happened = opened(case, command.key, cause, command.trigger, desk, seed=command.seed)
    told = (Notice(say=Say.summary),) if happened else ()
    return Outcome(case=after, happened=happened, notices=told)


def _planned(case: Case, desk: Desk) -> Outcome:
    """Of what was approved before reviews were planned."""
    day = next_review_on(case, desk)
    told = Happened(what="review.planned", detail={"day": day.isoformat() if day else ""})
    return Outcome(case=case.model_copy(update={"next_review_on": day}), happened=(told,))


def opened(
    case: Case,
    key: str,
    cause: Cause,
    trigger: str,
    desk: Desk,
    *,
    questions: tuple[str, ...] = (),
    seed: str = "",
) -> tuple[Case, tuple[Happened, ...]]:
    """With a step more, unless the open one was called for by the same already."""
    known = open_review(case)
    if known is not None and (cause, trigger) in [(step.cause, step.trigger) for step in known.called]:
        return case, ()
    if known is not None and cause in BY_CLOCK and any(step.cause in BY_CLOCK for step in known.called):
        return case, ()
    id = f"{key}:{cause}"
    drawn = bool(seed) and lot(seed, case.id, id) % cadence().every == 0
    depth = deepest((pace_of(case).depth, AT_LEAST.get(cause, "one_fact")))
    step = ReviewStep(
        id=id,
        review=known.id if known else id,
        kind="joined" if known else "opened",
        cause=cause,
        trigger=trigger,
        depth=deeper(depth) if drawn else depth,
        seed=seed,
        sampled=drawn,
        due=due_on(case, desk),
        questions=questions,
        at=desk.now,
    )
    after = case.model_copy(update={"review_steps": (*case.review_steps, step)})
    return after, (Happened(what=f"review.{step.kind}", detail=_detail(step, known)),)


def _detail(step: ReviewStep, known: Review | None) -> Facts:
    told: Facts = {"step": step.id, "review": known.id if known else step.id}
    told |= {"cause": step.cause, "trigger": step.trigger, "depth": step.depth}
    told |= {"due": step.due.isoformat()} if step.due else {}
    told |= {"questions": step.questions} if step.questions else {}
    return told | ({"seed": step.seed, "sampled": step.sampled} if step.seed else {})


def due_on(case: Case, desk: Desk) -> date:
    """So many working days of whoever answers for it."""
    calendar = desk.calendar(case.owner or case.requester)
    return calendar.day_of(calendar.after(desk.now, pace_of(case).due))


def lot(seed: str, case: str, review: str) -> int:
    """A number that nobody chooses, and that anybody works out again from what is recorded."""
    return int(sha256(f"{seed}|{case}|{review}".encode()).hexdigest(), 16)
