"""The trust pack as of the end of a day, read from what counted then; and which of them somebody approved."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from store import aims, coverage, people, settings
from store.aims_shown import shown, unnamed
from store.portfolio import end_of
from triage.aims.entry import Entry
from triage.aims.trust import PACK, Trust, trust
from triage.aims.trusted import telling

OUTSIDE_DOOR = "incidents.outside"
"""The setting: where people outside of the organisation report harm."""


def made(session: Session, as_of: date, zone: str) -> Trust:
    """Names of people are those that are known today."""
    at, wanted = end_of(as_of, zone), {*(each.id for each in telling().parts), "control"}

    def day(moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(zone)).date()

    every = (each for each in aims.every_one(session, at) if each.kind in wanted)
    found = [unnamed(shown(session, each)) for each in every]
    covered, names = coverage.covered(session, zone, at), people.every_name(session)
    return trust(as_of, found, covered, names, day, str(settings.value(session, OUTSIDE_DOOR) or ""))


def kept(session: Session, number: int | None = None) -> tuple[Entry, date, str] | None:
    """With the day and the digest of one version, else of the one that counts; None where there is none."""
    entry = aims.load(session, PACK)
    if entry is None:
        return None
    drafts = [each for each in entry.drafts if not each.retires]
    held = entry.in_force if number is None else next((d for d in drafts if d.number == number), None)
    if held is None:
        return None
    return entry, date.fromisoformat(str(held.said["as_of"])), str(held.said["digest"])
