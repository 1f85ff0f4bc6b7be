"""Who is asked to read a policy, by when, and how far that is: pure. Whoever says nothing has not read it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

from intake.value import Value
from triage.aims.decide import check_in_role
from triage.aims.entry import Draft, Entry, entry_id
from triage.aims.errands import Errand
from triage.aims.kinds import kinds
from triage.aims.to_read import KIND as KIND
from triage.aims.to_read import POLICY as POLICY
from triage.calendar import Calendar
from triage.desk import Desk
from triage.outcome import Refused

LAST = datetime.max.replace(tzinfo=UTC)
ACKNOWLEDGE: Literal["acknowledge"] = "acknowledge"
"""What such a reminder is called."""


class Group(NamedTuple):
    """Whom a call to read asks: all that it names together."""

    everybody: bool
    units: frozenset[str]
    role: str
    places: tuple[str, ...]


class Reader(Value):
    """One of those who are asked. `asked`: when they were; `read`: when they said that they had."""

    person: str
    unit: str = ""
    asked: datetime | None = None
    read: datetime | None = None


class Turnout(Value):
    """How far one version is: whoever left is not in it, whoever came today is. `unfound`: whom Slack does not know."""

    call: str
    policy: str
    version: int
    days: int
    readers: tuple[Reader, ...] = ()
    unfound: int = 0

    @property
    def read(self) -> int:
        return sum(each.read is not None for each in self.readers)

    @property
    def missing(self) -> tuple[Reader, ...]:
        """Asked the longest ago first; who is not asked yet comes last."""
        left = (each for each in self.readers if each.read is None)
        return tuple(sorted(left, key=lambda each: (each.asked is None, each.asked or LAST, each.person)))

    def late(self, calendar: Calendar, today: date) -> int:
        """So many of them were asked and let their day go by."""
        return sum(
            each.asked is not None and due(each.asked, self.days, calendar) < today for each in self.missing
        )

    def by_unit(self) -> tuple[tuple[str, int, int], ...]:
        """Of each unit, in the order of their names, how many read it of how many."""
        units = sorted({each.unit for each in self.readers})
        return tuple(
            (
                unit,
                sum(each.read is not None for each in self.readers if each.unit == unit),
                sum(each.unit == unit for each in self.readers),
            )
            for unit in units
        )


def call_id(policy: Entry) -> str:
    """There is one call for each policy; who asks others changes it."""
    return entry_id(kinds()[KIND], policy.name, "")


def check_may_ask(policy: Entry, person: str, desk: Desk) -> Draft:
    """Whoever may draft a policy asks for the one that counts to be read, and sees who has."""
    if policy.kind != POLICY:
        raise Refused("unknown_entry")
    check_in_role(person, policy.of.proposes, desk)
    if policy.in_force is None:
        raise Refused("entry_not_in_force")
    return policy.in_force


def group_of(call: Entry) -> Group:
    units, places = call.said("units"), call.said("channels")
    return Group(
        everybody=call.said("everybody") == "yes",
        units=frozenset(units if isinstance(units, tuple) else ()),
        role=str(call.said("role") or ""),
        places=places if isinstance(places, tuple) else (),
    )


def days_of(call: Entry) -> int:
    return int(str(call.said("days") or 14))


def due(asked: datetime, days: int, calendar: Calendar) -> date:
    return calendar.day_of(asked) + timedelta(days=days)


def errand_of(version: int, asked: datetime, days: int, calendar: Calendar) -> Errand:
    return Errand(kind=ACKNOWLEDGE, about=str(version), due=due(asked, days, calendar))
