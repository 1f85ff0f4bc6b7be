"""From which days on the law asks what of a use, as rows: written with the case, and counted by an index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import delete, insert
from sqlmodel import Session, col

from store.tables import DutyRow
from triage.case import Case, Status
from triage.verdict import DutyOwed

BEHIND = timedelta(days=2)
"""So far may the day of one zone be behind that of another at the same moment."""


def save_duties(session: Session, before: Case | None, case: Case) -> None:
    """A draft is still being asked, and most of what is done to a request moves no result."""
    wanted = _coming(case)
    if wanted == _coming(before):
        return
    session.flush()  # the use that they refer to
    session.connection().execute(delete(DutyRow).where(col(DutyRow.use_id) == case.id))
    if wanted:
        rows = [{"use_id": case.id, "duty": duty, "begins": begins} for begins, duty in sorted(wanted)]
        session.connection().execute(insert(DutyRow), rows)


def _coming(case: Case | None) -> frozenset[tuple[date, str]]:
    if case is None or case.status is Status.draft or case.verdict is None:
        return frozenset()
    found = case.verdict
    return frozenset(ahead((*found.duties_today, *found.duties_coming), found.day))


def ahead(duties: Iterable[DutyOwed], day: date) -> Iterable[tuple[date, str]]:
    """Those that may still lie ahead, in whichever zone, of a moment after they were worked out on `day`."""
    return ((each.since, each.duty) for each in duties if each.since > day - BEHIND)
