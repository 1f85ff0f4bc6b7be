"""The clocks of an incident: which run, from when, until when, and what became of each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from intake.value import Value
from triage.case import Case
from triage.desk import Desk
from triage.incidents.asked import view
from triage.incidents.incident import OVER, Incident, Settled
from triage.incidents.rulebook import Clock, book
from triage.incidents.severity import known

State = Literal["running", "met", "missed", "not_applicable"]


class Running(Value):
    """One clock. `certain`: what is known says that it applies; else nothing excludes it, and it runs all the same.

    `due`: None where its term stands elsewhere. `binding`: whether the law asks for it on the day it began.
    `open`: questions whose answers could still end it.
    """

    clock: Clock
    certain: bool
    starts: datetime
    due: datetime | None
    state: State
    binding: bool
    settled: Settled | None = None
    open: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.clock.id

    @property
    def at_once(self) -> bool:
        return self.clock.hours == 0

    @property
    def waits(self) -> bool:
        """Whether somebody still has to do it, or to say why not."""
        return self.settled is None


def clocks_of(incident: Incident, case: Case | None, desk: Desk) -> tuple[Running, ...]:
    """Those that are not excluded, and those that people have settled; the certain ones first, then by their end."""
    return clocks_at(incident, case, desk.now)


def clocks_at(incident: Incident, case: Case | None, at: datetime) -> tuple[Running, ...]:
    """As they stand at a moment."""
    now = incident.now
    starts = now.aware_at or at
    sight = view(now.answers, known(incident, case))
    found = []
    for clock in book().clocks:
        truth, settled = clock.when.truth(sight), now.settled.get(clock.id)
        if truth is False and settled is None:
            continue
        due = starts + timedelta(hours=clock.hours) if clock.hours is not None else None
        found.append(
            Running(
                clock=clock,
                certain=truth is True,
                starts=starts,
                due=due,
                state=_state(clock, due, settled, at),
                binding=starts.date() >= clock.since,
                settled=settled,
                open=tuple(sorted(clock.when.open_questions(sight))),
            )
        )
    far = datetime.max.replace(tzinfo=starts.tzinfo)
    return tuple(sorted(found, key=lambda each: (not each.certain, each.due or far, each.id)))


def _state(clock: Clock, due: datetime | None, settled: Settled | None, now: datetime) -> State:
    """What was done late was missed, whoever did it; what is due at once is not late by the hour."""
    if settled is not None and settled.outcome == "not_applicable":
        return "not_applicable"
    at = (settled.when or settled.at) if settled is not None else now
    if clock.hours and due is not None and at > due:
        return "missed"
    return "met" if settled is not None else "running"


def waiting(incident: Incident, case: Case | None, desk: Desk) -> tuple[Running, ...]:
    """What still has to be done; of an incident that is over nothing has."""
    if incident.status in OVER:
        return ()
    return tuple(each for each in clocks_of(incident, case, desk) if each.waits)
