"""When the clock may write to somebody: while they work, once a day, not while they are away or want quiet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from sqlmodel import Session

from store.tables import DoneRow
from triage.desk import Desk

Quiet = Callable[[str], datetime | None]
"""Until when somebody wants to hear nothing."""


def loud(person: str) -> datetime | None:
    """Where nobody can be asked whether they want quiet."""
    return None


def later(session: Session, people: Iterable[str], desk: Desk, quiet: Quiet) -> datetime | None:
    """When instead of now, as soon as one of them may be written to; None where it is time."""
    moments = [_next(session, each, desk, quiet) for each in people] or [desk.calendar().opens(desk.now)]
    sooner = min(moments)
    return sooner if sooner > desk.now else None


def reachable(session: Session, people: Iterable[str], desk: Desk, quiet: Quiet) -> list[str]:
    """Those of them who may be written to now."""
    return [each for each in people if _next(session, each, desk, quiet) <= desk.now]


def was_told(session: Session, person: str, desk: Desk) -> bool:
    """Whether they had their message of the day."""
    return session.get(DoneRow, today(person, desk)) is not None


def today(person: str, desk: Desk) -> str:
    return day_of(person, desk.calendar(person).day_of(desk.now))


def day_of(person: str, day: date) -> str:
    """Under which it is known that they had their message of that day, and what it said of entries."""
    return f"nudged:{person}:{day}"


def _next(session: Session, person: str, desk: Desk, quiet: Quiet) -> datetime:
    """When this person may be written to: now, or when they work, have had nothing yet, are back, or want to."""
    calendar = desk.calendar(person)
    if (opens := calendar.opens(desk.now)) > desk.now:
        return opens
    if was_told(session, person, desk):
        return calendar.next_morning(desk.now)
    if (away := desk.away(person)) is not None:
        return calendar.morning(away.until + timedelta(days=1), desk.now)
    if (until := quiet(person)) is not None:
        return calendar.opens(max(until, desk.now + timedelta(minutes=1)))
    return desk.now
