"""Duties that only one process may have: a row with an expiry, which works on every database and proxy."""

from datetime import datetime, timedelta

from sqlmodel import Session

from store.tables import LeaseRow


def take(session: Session, name: str, *, holder: str, now: datetime, lease: timedelta) -> bool:
    """True if the duty is ours now; taking again what one holds renews it."""
    row = session.get(LeaseRow, name, with_for_update=True)
    if row is not None and row.holder != holder and row.until > now:
        return False
    if row is None:
        row = LeaseRow(name=name, holder=holder, until=now)
    row.holder, row.until = holder, now + lease
    session.add(row)
    session.flush()
    return True


def renew(session: Session, name: str, *, holder: str, now: datetime, lease: timedelta) -> bool:
    """False if the lease ran out and somebody else has it, or nobody: then stop working at once."""
    row = session.get(LeaseRow, name, with_for_update=True)
    if row is None or row.holder != holder or row.until <= now:
        return False
    row.until = now + lease
    session.add(row)
    session.flush()
    return True


def release(session: Session, name: str, *, holder: str) -> None:
    """Gives it back early; what another one holds is left alone."""
    row = session.get(LeaseRow, name, with_for_update=True)
    if row is not None and row.holder == holder:
        session.delete(row)
        session.flush()
