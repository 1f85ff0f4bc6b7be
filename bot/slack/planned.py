"""Planned posts by the clock: each that is due is owed to its channel, once."""

from __future__ import annotations

from collections.abc import Iterable

from bot.slack.front import Front
from store import planned_posts
from triage.aims.entry import Entry
from triage.aims.planned_post import is_due
from triage.desk import Desk


def due(entries: Iterable[Entry], desk: Desk) -> list[Entry]:
    return [each for each in entries if is_due(each, desk)]


def post(front: Front, plan: Entry, desk: Desk) -> None:
    with front.office.store.write() as session:
        planned_posts.post(session, plan, desk)
    front.wake()
