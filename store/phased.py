"""Uses that a phase of the roll-out only records so far: which of them come up, a few a day, the riskiest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from store.records import load
from store.tables import DoneRow, UseRow
from triage.aims.phasing import ALWAYS
from triage.case import Case, Status
from triage.desk import Desk
from triage.phased import may_come_up, put_off

A_DAY = 5
"""So many come up on one day; what is decided whatever the plan says comes at once."""
KEY = "phase:"


def recorded(session: Session) -> Iterator[Case]:
    """All of them, whatever their phase."""
    query = select(UseRow.id).where(
        UseRow.state == Status.disclosed.value, col(UseRow.submitted_at).is_not(None)
    )
    for id in session.exec(query.order_by(col(UseRow.submitted_at), UseRow.id)).all():
        if (case := load(session, id)) is not None:
            yield case


def coming_up(session: Session, desk: Desk) -> list[Case]:
    """Today, beside those that came up today already."""
    due = [case for case in recorded(session) if may_come_up(case, desk)]
    due.sort(key=lambda case: -_tier(case))
    left = max(A_DAY - _today(session, desk), 0) if due else 0
    at_once = [case for case in due if _tier(case) >= ALWAYS]
    return [*at_once, *[case for case in due if _tier(case) < ALWAYS][:left]]


def waiting(session: Session, desk: Desk) -> Counter[date | None]:
    """How many there are by the day on which they come up; None: their day has come."""
    return Counter(put_off(case, desk) for case in recorded(session))


def _tier(case: Case) -> int:
    return int(case.verdict.tier.ceiling) if case.verdict else 4


def _today(session: Session, desk: Desk) -> int:
    begins = datetime.combine(desk.day, time(), ZoneInfo(desk.organisation.zone))
    done = select(func.count()).select_from(DoneRow)
    query = done.where(col(DoneRow.key).startswith(KEY), col(DoneRow.at) >= begins)
    return session.exec(query).one()
