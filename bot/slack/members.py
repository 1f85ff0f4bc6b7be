"""Once a day, who is in the channels in which people are asked to read something: only Slack knows."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack.errors import code_of
from bot.slack.front import Front
from store import acknowledging, aims, people, readers
from store.sessions import Session
from store.tables import DoneRow
from triage.aims.acknowledging import KIND, group_of
from triage.aims.entry import Entry
from triage.desk import Desk

log = logging.getLogger(__name__)

PAGES, PAGE = 50, 200
"""Of the members of one channel."""


def look(front: Front, desk: Desk) -> None:
    """Whatever is wrong with one channel, the others are asked."""
    with front.office.store.read() as session:
        calls = [each for each in aims.of_kind(session, KIND, "in_force") if group_of(each).places]
        wanted = [each for each in calls if not _is_fresh(session, each, desk)]
    for call in wanted:
        channels = [front.directory.channel(each) for each in group_of(call).places]
        try:
            users = frozenset(user for each in channels if each for user in _members(front, each))
        except (SlackApiError, OSError) as problem:
            reason = code_of(problem) if isinstance(problem, SlackApiError) else type(problem).__name__
            log.warning("Slack did not say who is in a channel (%s)", reason)
            continue
        _keep(front, call, users, desk)


def _is_fresh(session: Session, call: Entry, desk: Desk) -> bool:
    row = session.get(DoneRow, f"{readers.MEMBERS}{call.id}")
    said = row.outcome if row is not None else {}
    return said.get("day") == desk.day.isoformat() and said.get("version") == call.version


def _members(front: Front, channel: str) -> Iterable[str]:
    cursor = ""
    for _ in range(PAGES):
        told: Any = front.client.conversations_members(channel=channel, limit=PAGE, cursor=cursor)
        yield from told.get("members", ())
        cursor = str((told.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return


def _keep(front: Front, call: Entry, users: frozenset[str], desk: Desk) -> None:
    team, key = front.directory.team, f"{readers.MEMBERS}{call.id}"
    with front.office.store.write() as session:
        people.meet(session, team=team, slack_users=users, now=desk.now)
        known = [people.find_person(session, team=team, slack_user=each) for each in sorted(users)]
        row = session.get(DoneRow, key) or DoneRow(key=key, at=desk.now)
        row.outcome = {
            "day": desk.day.isoformat(),
            "version": call.version,
            "people": sorted(each.id for each in known if each is not None),
        }
        row.at = desk.now
        session.add(row)
        acknowledging.follow(session, call, desk)
