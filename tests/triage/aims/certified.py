"""A certification and what is on record beside it, for tests: each entry in a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tests.builders import BEN, CLEO, DAN, EVE, a_desk
from tests.triage.aims.test_entries import LEADS, drafting, on
from triage.aims.covered import Covered
from triage.aims.decide import decide
from triage.aims.entry import Entry, Said
from triage.aims.kinds import kinds
from triage.aims.ready import Record
from triage.aims.wishes import ActOnEntry, ApproveEntry
from triage.calendar import Calendar
from triage.desk import Desk

PLAN: dict[str, Said] = {"norm": "ISO/IEC 42001", "covers": "All our AI", "wished": "2027-06-15"}
ROLES = {
    **LEADS,
    "auditor": frozenset((EVE,)),
    "committee": frozenset((EVE,)),
    "risk_owner": frozenset((EVE,)),
}
BERLIN = Calendar("Europe/Berlin")


def on_day(day: str, zone: str = "Europe/Berlin", hour: int = 12) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), ZoneInfo(zone)).astimezone(UTC)


def desk(day: str = "2026-12-01") -> Desk:
    return a_desk(roles=ROLES, now=on_day(day))


def stated(kind: str, said: Mapping[str, Said], day: str, name: str = "", yes: str = "") -> Entry:
    """Counts from `yes` on, else from that day."""
    entry = decide(None, drafting(BEN, kind, name, said=said), desk(day))
    who = CLEO if "executive" in kinds()[kind].approvers else EVE
    while (waits := entry.proposed) is not None:
        entry = decide(entry, ApproveEntry(**on(entry, who), draft=waits.number), desk(yes or day))
        who = DAN
    return Entry(id=entry.id, kind=kind, name=name, ref=f"{kinds()[kind].prefix}-{kind}", steps=entry.steps)


def planned(day: str = "2026-12-01", **more: str) -> Entry:
    return stated("certification", {**PLAN, **more}, day)


def does(entry: Entry, act: str, day: str, by: str = BEN, **said: Any) -> Entry:
    wish = ActOnEntry(**on(entry, by), act=act, said=said, seen=entry.version)
    made = decide(entry, wish, desk(day))
    return Entry(id=made.id, kind=made.kind, name=made.name, ref=entry.ref, steps=made.steps)


def held(entry: Entry, act: str, day: str) -> Entry:
    return does(entry, act, day, held_on=day, found="Ready")


def certified(entry: Entry, since: str, expires: str, act: str = "certified") -> Entry:
    return does(entry, act, since, since=since, expires=expires, number="4711")


def with_certificate(since: str = "2027-06-15", expires: str = "2030-06-14", **more: str) -> Entry:
    entry = held(held(planned(**more), "stage_1", "2027-03-23"), "stage_2", "2027-05-04")
    return certified(entry, since, expires)


def record(*entries: Entry, covered: tuple[Covered, ...] | None = ()) -> Record:
    return Record(lambda kind: [each for each in entries if each.kind == kind], lambda: covered, BERLIN)
