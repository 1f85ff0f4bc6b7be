"""How the watching of a use stands: which plan holds, who reports, after what the next report is owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from triage.case import Case
from triage.outcome import Facts, Notice, Say
from triage.parts import MONITOR, chosen
from triage.plan import Measure, Measurement, Past, Plan, Reading, past, which


def plan_of(case: Case) -> Plan | None:
    """The version that holds."""
    return case.plans[-1] if case.plans else None


def last_measured(case: Case) -> Measurement | None:
    return case.measurements[-1] if case.measurements else None


def reporters(case: Case) -> tuple[str, ...]:
    """Who reports: whoever the plan names, who took the part on, and whoever answers for the use."""
    plan, took = plan_of(case), chosen(case, MONITOR)
    people = (plan.monitor if plan else "", took.person if took else "", case.owner or case.requester)
    return tuple(dict.fromkeys(person for person in people if person))


def since(case: Case) -> tuple[str, datetime] | None:
    """The record from which the next report is counted: the last one, the yes that holds, or the first plan.

    A plan that is written anew moves nothing: nobody puts a report off by that.
    """
    if not case.plans:
        return None
    last, decision = last_measured(case), case.decision
    found = [(last.id, last.at)] if last else []
    found += [(case.plans[0].id, case.plans[0].at)]
    found += [(decision.id, decision.at)] if decision else []
    return max(found, key=lambda each: each[1])


def beyond(case: Case) -> tuple[Past, ...]:
    """What the last report had past its limit, unless somebody decided since."""
    last, decision = last_measured(case), case.decision
    if last is None or (decision is not None and decision.at >= last.at):
        return ()
    return past(next(plan for plan in case.plans if plan.id == last.plan), last.readings)


def values_of(case: Case, measure: Measure) -> tuple[Reading, ...]:
    """All that was read of it, also under former plans that called and counted it alike; oldest first."""
    numbers = {
        plan.id: number
        for plan in case.plans
        for number, each in enumerate(plan.measures, 1)
        if which(each) == which(measure)
    }
    return tuple(
        reading
        for made in case.measurements
        for reading in made.readings
        if reading.number == numbers.get(made.plan)
    )


def asking(about: str, after: str) -> Facts:
    """Of a message that asks for a report, with its name; `after`: the record from which it is counted."""
    return {"about": about, "since": after, "until": f"measured:{about}:{after}"}


def told(case: Case, person: str, facts: Facts) -> Notice:
    """Whoever asked for the use reads it in their thread, others in a message of their own."""
    there = case.talk.person if case.talk else ""
    return Notice(say=Say.measured, to="" if person == there else person, facts=facts)


def over(before: Case, after: Case) -> Iterator[Notice]:
    """What asked for a report that is not owed any more, or not by them, loses its button."""
    was, now = since(before), since(after)
    if was is None or now is None or not before.in_use:
        return
    still = reporters(after) if after.in_use and now[0] == was[0] else ()
    for person in reporters(before):
        if person not in still:
            yield from (
                told(before, person, asking(about, was[0]) | {"over": True})
                for about in ("due", "again", "missed")
            )
