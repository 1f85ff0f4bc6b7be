"""The trust pack as of the end of a day, read from what counted then; and the one that was approved, as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from store import coverage, entries, people, settings
from store.aims_shown import shown, unnamed
from store.portfolio import end_of
from store.replaced import is_sealed
from store.tables import AimsStepRow, AuditLineRow, AuditTextRow
from store.trail import record_of
from triage.aims.covered import Covered
from triage.aims.entry import TELLS, Draft, Entry
from triage.aims.trust import PACK, Trust, has_run_out, read, trust
from triage.aims.trusted import telling

OUTSIDE_DOOR = "incidents.outside"
"""The setting: where people outside of the organisation report harm."""


class Held(NamedTuple):
    """A version that was handed in. `found`: what it tells, kept with it; None where that was erased or changed since.

    `bare`: it is of before that was kept, so there is only its digest.
    """

    entry: Entry
    as_of: date
    digest: str
    found: Trust | None
    bare: bool = False


def made(session: Session, as_of: date, zone: str, covered: Iterable[Covered] | None = None) -> Trust:
    """Names of people are those that are known today. `covered`: by who counted it already; else it is counted anew."""
    at, wanted = end_of(as_of, zone), {*(each.id for each in telling().parts), "control"}

    def day(moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(zone)).date()

    found = [unnamed(shown(session, each)) for each in entries.every_one(session, at, wanted)]
    known = coverage.covered(session, zone, at) if covered is None else covered
    return trust(as_of, found, known, people.every_name(session), day, _door(session))


def _door(session: Session) -> str:
    return str(settings.value(session, OUTSIDE_DOOR) or "")


def kept(session: Session, number: int | None = None) -> Held | None:
    """One version, else the one that counts; None where there is none."""
    entry = entries.load(session, PACK)
    return _held(session, entry, number) if entry is not None else None


def _held(session: Session, entry: Entry, number: int | None = None) -> Held | None:
    drafts = [each for each in entry.drafts if not each.retires]
    held = entry.in_force if number is None else next((d for d in drafts if d.number == number), None)
    if held is None:
        return None
    as_of, digest = date.fromisoformat(str(held.said["as_of"])), str(held.said.get("digest", ""))
    committed, proven = _words(session, entry, held)
    found = read(proven.get(TELLS, ""))
    same = found is not None and proven.get("digest") == found.digest
    return Held(entry, as_of, digest, found if same else None, bare=TELLS not in committed)


def _words(session: Session, entry: Entry, held: Draft) -> tuple[frozenset[str], dict[str, str]]:
    """Which words its line commits to, and those that stand there as they were sealed."""
    step = next(s for s in entry.steps if s.kind == "draft" and s.detail.get("draft") == held.number)
    line = session.get_one(AuditLineRow, session.get_one(AimsStepRow, step.id).line)
    told = record_of(line.sealed)
    texts = session.exec(select(AuditTextRow).where(col(AuditTextRow.seq) == line.seq)).all()
    proven = {row.field: row.text for row in texts if told is not None and is_sealed(row, told, {})}
    return frozenset(told.texts if told is not None else (TELLS,)), proven


def whole(session: Session, held: Held, zone: str) -> Trust | None:
    """What goes out of it: as it was approved, whatever is known today; None where that is not there any more."""
    if not held.bare:
        return held.found
    found = made(session, held.as_of, zone)
    return found if found.digest == held.digest else None


def unfit(session: Session, pack: Entry, today: date, zone: str) -> str:
    """Why what counts is not given out any more, as a refusal says it; "" where it is."""
    held = _held(session, pack)
    if held is None:
        return ""
    if held.found is None and not held.bare:
        return "trust_erased"
    if held.found is not None and held.found.outside != _door(session):
        return "trust_door"
    ending = [each.id for each in telling().parts if each.act]
    then = entries.every_one(session, end_of(held.as_of, zone), ending)
    return "trust_ran_out" if has_run_out(pack, then, today) else ""
