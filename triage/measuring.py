"""Values of a use in use, as they are reported: kept as they are; one past its limit has it decided anew.

Nothing here says yes, and silence is no value: a report that does not come is asked for again, then told.
"""

from __future__ import annotations

from collections.abc import Iterator

from intake.figures import is_figure
from triage.case import Case, Status
from triage.desk import Desk
from triage.lifecycle import WAITING
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.overdue import able_to_report, asked_to_report
from triage.plan import REASON, Measurement, Plan, Reading, past, shown
from triage.reopening import opened, reopened
from triage.teams import standing
from triage.watched import asking, last_measured, plan_of, reporters, told
from triage.watches import GiveReadings

COUNTS = WAITING | {
    Status.approved,
    Status.approved_with_conditions,
    Status.under_reassessment,
    Status.lapsed,
}
"""Where a value still says something: somebody may use it, or decides about it anew."""


def may_give(case: Case, actor: str, desk: Desk) -> bool:
    try:
        check_may_give(case, actor, desk)
    except Refused:
        return False
    return True


def check_may_give(case: Case, actor: str, desk: Desk) -> Plan:
    """The plan that is reported on."""
    if case.status is Status.draft and actor != case.requester:
        raise Refused("unknown_case", case=case.id)
    plan, people = plan_of(case), able_to_report(case, desk)
    if plan is None or case.status not in COUNTS:
        raise Refused("nothing_to_measure", case=case.id)
    if actor not in people:
        raise Refused("not_yours_to_measure", case=case.id, people=" ".join(people))
    return plan


def give(case: Case, command: GiveReadings, desk: Desk) -> Outcome:
    plan, last = check_may_give(case, command.actor, desk), last_measured(case)
    if last is not None and last.id != command.last:
        raise Refused("measured_already", case=case.id, by=last.by)
    if plan.id != command.plan:
        raise Refused("plan_changed", case=case.id)
    readings = tuple(sorted(map(_kept, command.readings), key=lambda each: each.number))
    numbers = [each.number for each in readings]
    if numbers != [*range(1, len(plan.measures) + 1)] or not all(map(_is_said, readings)):
        raise Refused("reading_needed", case=case.id)
    made = Measurement(id=command.key, plan=plan.id, by=command.actor, at=desk.now, readings=readings)
    beyond = tuple(str(each.reading.number) for each in past(plan, readings))
    detail: Facts = {"plan": plan.id, "measurement": made.id, "past": beyond}
    after = case.model_copy(update={"measurements": (*case.measurements, made)})
    happened: tuple[Happened, ...] = (
        Happened(what="readings.given", detail=detail, texts=_texts(plan, readings)),
    )
    if not beyond:
        notices = (Notice(say=Say.summary), *_empty(last, made))
        return Outcome(case=after, happened=happened, notices=notices)
    if case.in_use:
        after, happened = reopened(after, desk), (*happened, opened(case))
    return Outcome(case=after, happened=happened, notices=tuple(_past(case, made)))


def asked(case: Case, since: str, about: str, desk: Desk) -> tuple[Happened, tuple[Notice, ...]]:
    """Whoever reports, for the first time or once more."""
    line = _line(case, "readings.asked" if about == "due" else "readings.reminded", since)
    return line, (told(case, asked_to_report(case, desk), asking(about, since)),)


def missed(case: Case, since: str, desk: Desk) -> tuple[Happened, tuple[Notice, ...], tuple[Notice, ...]]:
    """It did not come: those who decide hear of it below the card, and whoever reports and owns it, that they do."""
    facts, people = asking("missed", since), {asked_to_report(case, desk), case.owner or case.requester}
    notices = tuple(told(case, each, facts) for each in sorted(people - {""}))
    note = Notice(say=Say.card_note, facts={"about": "measured_missed", "since": since})
    return _line(case, "readings.missed", since), notices, (note,)


def _line(case: Case, what: str, since: str) -> Happened:
    return Happened(what=what, detail={"plan": case.plans[-1].id, "since": since})


def _kept(reading: Reading) -> Reading:
    return reading.model_copy(update={"reason": reading.reason.strip()[:REASON]})


def _is_said(reading: Reading) -> bool:
    return is_figure(reading.value) if reading.value else bool(reading.reason)


def _texts(plan: Plan, readings: tuple[Reading, ...]) -> dict[str, str]:
    found = {
        f"reading_{each.number}": shown(plan.measures[each.number - 1], each.value or "–")
        for each in readings
    }
    return found | {f"reason_{each.number}": each.reason for each in readings if each.reason}


def _empty(last: Measurement | None, made: Measurement) -> Iterator[Notice]:
    """A reason each is an answer, once; reports without any value in a row are no watching."""
    if last is not None and not any(each.value for each in (*last.readings, *made.readings)):
        yield Notice(say=Say.card_note, facts={"about": "measured_empty", "measurement": made.id})


def _past(case: Case, made: Measurement) -> Iterator[Notice]:
    """Everybody whom it concerns: those who decide, who asked, who owns it, who reports, and teams that joined."""
    facts: Facts = {"about": "past", "measurement": made.id}
    yield Notice(say=Say.card)
    yield Notice(say=Say.card_note, facts=facts | {"about": "measured_past"})
    people = {case.requester, *reporters(case), *(each.owner for each in standing(case))} - {""}
    for person in sorted(people):
        yield told(case, person, facts)
    yield Notice(say=Say.summary)
