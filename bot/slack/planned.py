"""Planned posts by the clock: each that is due is owed to its channel, once."""

from __future__ import annotations

from collections.abc import Iterable

from bot.slack.front import Front
from store import planned_posts
from triage.aims.entry import Entry
from triage.aims.planned_post import is_due
from triage.desk import Desk


def look(front: Front, entries: Iterable[Entry], desk: Desk) -> bool:
    """Whether anything is owed now."""
    found = [each for each in entries if is_due(each, desk)]
    for plan in found:
        with front.office.store.write() as session:
            planned_posts.post(session, plan, desk)
    return bool(found)
