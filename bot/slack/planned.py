"""Planned posts by the clock: each that is due is owed to its channel, once."""

from __future__ import annotations

from bot.slack.front import Front
from store import planned_posts
from triage.desk import Desk


def look(front: Front, desk: Desk) -> None:
    store = front.office.store
    with store.read() as session:
        found = planned_posts.due(session, desk)
    for plan in found:
        with store.write() as session:
            planned_posts.post(session, plan, desk)
    if found:
        front.wake()
