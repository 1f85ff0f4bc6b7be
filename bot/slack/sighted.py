"""A log or list of another system, sent to us in a direct message by who leads or sees to security."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bot.inventory.rows import SPREADSHEETS, Unreadable
from bot.sightings.counting import Counting
from bot.sightings.plan import NoTool
from bot.sightings.reading import read_sightings
from bot.sightings.taking import keep, look_up
from bot.slack import fetching, screens
from bot.slack.front import Front
from bot.slack.message import Message
from bot.slack.payloads import Who
from bot.slack.scenes import make_voice
from bot.slack.screens import Sightings
from intake.applications import Applications
from store import outbox
from store.employees import units
from store.owed import INTERACTIVE
from store.sightings import Reading, taken_before

SHEETS = (".xlsx", ".xls")
NAMES = (".csv", ".tsv", ".jsonl", ".ndjson", *SHEETS)
MOST_BYTES = 20_000_000
"""What is larger is read at the command line, where it streams."""
ROLES = ("governance_lead", "security")


def taken(front: Front, event: Mapping[str, Any], *, team: str) -> bool:
    """Whether it was such a file of such a person; everything else is left to who hears words."""
    file = next((each for each in event.get("files") or () if _is_list(each)), None)
    if file is None:
        return False
    person, channel, ts = front.person(Who(team, str(event["user"]))), str(event["channel"]), str(event["ts"])
    desk = front.desk(actor=person)
    if not any(desk.holds(person, role) for role in ROLES):
        return False
    place = front.directory.place(channel, kind="dm", person=person)
    told = _answer(front, file, uuid5(NAMESPACE_URL, f"file:{channel}:{ts}").hex)
    said = {"text": told.text, "blocks": told.blocks, "thread": str(event.get("thread_ts") or ts)}
    now = front.office.now()
    front.once(
        f"told:file:{channel}:{ts}",
        lambda s: outbox.put(s, kind="post", place_id=place, payload=said, priority=INTERACTIVE, now=now),
    )
    return True


def _is_list(file: Any) -> bool:
    return isinstance(file, dict) and str(file.get("name") or "").lower().endswith(NAMES)


def _answer(front: Front, file: Mapping[str, Any], run: str) -> Message:
    """OSError goes on to be tried again: Slack may have had a bad moment."""
    voice = make_voice(front)
    if str(file.get("name") or "").lower().endswith(SHEETS):
        return screens.sightings_unread(voice, "sheet")
    size = file.get("size")
    if isinstance(size, int) and size > MOST_BYTES:
        return screens.sightings_unread(voice, "too_large")
    raw = fetching.fetched(
        front.client, str(file.get("url_private_download") or file.get("url_private") or ""), MOST_BYTES + 1
    )
    if raw is None:
        return screens.sightings_unread(voice, "not_given")
    if len(raw) > MOST_BYTES:
        return screens.sightings_unread(voice, "too_large")
    if raw.startswith(SPREADSHEETS):
        return screens.sightings_unread(voice, "sheet")
    try:
        found = look(front, raw, run)
    except NoTool as unfit:
        return screens.sightings_unread(voice, "no_tool", there=unfit.there)
    except Unreadable as unreadable:
        return screens.sightings_unread(voice, "unfit", str(unreadable))
    return screens.sightings(voice, found, front.office.library.catalogue)


def look(front: Front, raw: bytes, run: str) -> Sightings:
    """Counted, and what nobody registered is asked about; the same file once more changes nothing.

    `run`: of this very message, so that after a stop it is not taken for a second one.
    """
    office = front.office
    with office.store.read() as session:
        where = units(session)
    read = read_sightings(BytesIO(raw))
    counting = Counting(
        read.plan, Applications(office.library.catalogue), lambda person: where.get(person, "")
    )
    refused = 0
    for block in read.blocks:
        counting.add(block.rows)
        refused += len(block.refused)
    digest = hashlib.sha256(raw).hexdigest()
    about: dict[str, Any] = {"kind": read.plan.kind, "format": read.plan.format, "undated": counting.undated}
    reading = Reading(digest=digest, read=counting.read, refused=refused, **about)
    teams = look_up(office, counting)
    with office.store.read() as session:
        known = taken_before(session, digest)
    if known is None:
        keep(office, reading, counting, teams, run=run)
    before = known is not None and known.run != run
    return Sightings(reading.kind, reading.read, reading.refused, teams, before, front.desk().units)
