"""Whoever is reminded of something may put it off, so often and so long as its risk bears; then it comes back."""

from __future__ import annotations

from datetime import date, timedelta

from triage.afterwards import Snooze
from triage.case import Case, Status
from triage.climbing import holder_of
from triage.desk import Desk
from triage.errands import Errand, errand
from triage.ladders import Snooze as Limit
from triage.ladders import snooze_of
from triage.outcome import Happened, Notice, Outcome, Refused, Say
from triage.steps import Snoozed

REASON = 300


def limit(case: Case) -> Limit:
    """By the risk that may still be, or that it was approved at, whichever is higher."""
    judged = int(case.verdict.tier.ceiling) if case.verdict is not None else 4
    return snooze_of(max(judged, case.approved_tier or 1))


def times_left(case: Case, name: str) -> int:
    used = sum(each.errand == name for each in case.snoozes)
    return max(limit(case).times - used, 0)


def last_day(case: Case, desk: Desk) -> date:
    return desk.day + timedelta(days=limit(case).days)


def check_may_snooze(case: Case, name: str, actor: str, desk: Desk) -> Errand:
    """Only what waits for them, and a bounded number of times."""
    if case.status is Status.draft and actor != case.requester:
        raise Refused("unknown_case", case=case.id)
    waits = errand(case, name, desk)
    if waits is None or holder_of(waits, case, desk) != actor:
        raise Refused("nothing_to_snooze", case=case.id)
    if not times_left(case, name):
        raise Refused("snoozed_enough", case=case.id, times=str(limit(case).times))
    return waits


def snooze(case: Case, command: Snooze, desk: Desk) -> Outcome:
    """What is due stays due that day, whatever follows from it; only the word about it waits."""
    check_may_snooze(case, command.errand, command.actor, desk)
    reason = command.reason.strip()
    if not reason:
        raise Refused("reason_needed", case=case.id)
    if not desk.day < command.until <= last_day(case, desk):
        raise Refused("snooze_too_long", case=case.id, day=last_day(case, desk).isoformat())
    made = Snoozed(
        id=command.key,
        errand=command.errand,
        by=command.actor,
        at=desk.now,
        until=command.until,
        reason=reason[:REASON],
    )
    detail = {"snooze": made.id, "errand": made.errand, "until": made.until.isoformat()}
    return Outcome(
        case=case.model_copy(update={"snoozes": (*case.snoozes, made)}),
        happened=(Happened(what="errand.snoozed", detail=detail, texts={"reason": made.reason}),),
        notices=(Notice(say=Say.card),),  # it shows this version then, so that a press on it counts
    )
