"""A part of a transaction that may fail alone: nothing of it is left then, and the rest stands."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session

from store.tables import DueRow

log = logging.getLogger(__name__)


@contextmanager
def apart(session: Session) -> Iterator[None]:
    """Raises what was raised within; rows that are known already are read again then."""
    session.flush()
    known = dict(session.info)
    point = session.begin_nested()  # the session's own: a flush that fails ends no more than this
    try:
        yield
        session.flush()
    except BaseException:
        point.rollback()
        session.expire_all()
        session.info.clear()
        session.info.update(known)
        raise
    point.commit()


def tried(session: Session, work: Callable[[], object]) -> Exception | None:
    """Why nothing of it was done, if it was not; where the database itself fails, nothing counts: that is raised."""
    try:
        with apart(session):
            work()
    except (OperationalError, InterfaceError):
        raise
    except Exception as bug:
        return bug
    return None


def park(session: Session, rows: Sequence[DueRow], bug: Exception) -> None:
    """They wait until the cause is mended, and hold up no other."""
    log.error("What fell due could not be looked at", extra={"due": [row.id for row in rows]}, exc_info=bug)
    for row in rows:
        row.state, row.problem = "parked", type(bug).__name__
        session.add(row)
    session.flush()
