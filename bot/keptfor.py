"""What was kept for long enough goes by the clock: a few uses in each turn, and nothing under a legal hold."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.config import settled
from store import holds, retaining
from store.engine import Store
from store.errors import Locked, Unavailable
from store.retaining import AT_ONCE, Due
from store.sessions import Session
from triage.retention import Kept, kinds

log = logging.getLogger(__name__)

BY_USE = ("drafts", "discussion", "register")
"""Kinds whose words go a use at a time; of the others whole rows go, or nothing does."""


class Soon(NamedTuple):
    """How a kind is kept here, and what of it is due at a moment, as far as it goes a use at a time."""

    kept: Kept
    days: int | None
    due: tuple[Due, ...]


def periods(session: Session) -> dict[str, timedelta]:
    """How long each kind is kept, of those that are not kept for good."""
    days_of = settled(session).retention
    return {each.id: timedelta(days=days) for each in kinds() if (days := each.days(days_of)) is not None}


def ahead(session: Session, at: datetime, *, limit: int = 1000) -> Iterator[Soon]:
    days_of, held = settled(session).retention, holds.reached(session)
    for each in kinds():
        before = each.before(days_of, at) if each.id in BY_USE else None
        found = retaining.due(session, each.id, before, held=held, limit=limit) if before else ()
        yield Soon(each, each.days(days_of), tuple(found))


def keep_no_longer(store: Store, *, limit: int = AT_ONCE) -> int:
    """Of how many uses words went; each in a transaction of its own, so that nobody waits for long."""
    gone = 0
    try:
        with store.read() as session:
            after = retaining.end_of(session)
            wanted = [one for soon in ahead(session, store.now(), limit=limit) for one in soon.due]
        for each in wanted[:limit]:
            gone += _goes(store, each, after)
    except Unavailable as problem:
        log.warning("What was kept for long enough waits for the database: %s", problem)
    if gone:
        log.info("Words went that were kept for long enough", extra={"event": "retention", "uses": gone})
    return gone


def _goes(store: Store, each: Due, after: int) -> bool:
    """Read while nobody waits, then changed in a moment. What is in use elsewhere waits for the next turn."""
    with store.read() as session:
        seen = retaining.look(session, each, after=after)
    if seen is None:
        return False
    try:
        with store.write() as session:
            return retaining.apply(session, each, seen, now=store.now())
    except Locked as problem:
        log.warning("What was kept for long enough waits for its next turn: %s", problem)
        return False
