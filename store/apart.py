"""A part of a transaction that may fail alone: nothing of it is left then, and the rest stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session


@contextmanager
def apart(session: Session) -> Iterator[None]:
    """Raises what was raised within; rows that were loaded before are no longer part of the session then."""
    session.flush()
    known = dict(session.info)
    point = session.connection().begin_nested()
    try:
        yield
        session.flush()
    except BaseException:
        session.expunge_all()
        point.rollback()
        session.info.clear()
        session.info.update(known)
        raise
    point.commit()
