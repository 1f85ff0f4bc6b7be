"""Planned posts by the clock: each that is due is owed to its channel, once, or kept back where outsiders read it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.slack import leftout
from bot.slack.front import Front
from store import planned_posts
from triage.aims.entry import Entry
from triage.aims.planned_post import is_due
from triage.desk import Desk


def due(entries: Iterable[Entry], desk: Desk) -> list[Entry]:
    return [each for each in entries if is_due(each, desk)]


def post(front: Front, plan: Entry, desk: Desk) -> None:
    held = plan.in_force
    place = str(held.said["place"]) if held is not None else ""
    kept_back = held is not None and leftout.is_left_out(front, [(plan, held)], place, desk)
    with front.office.store.write() as session:
        (planned_posts.keep_back if kept_back else planned_posts.post)(session, plan, desk)
    front.wake()
