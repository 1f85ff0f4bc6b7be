"""Whose acceptance of a risk holds no more since it changed: told once for each acceptance, by the clock."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from store import aims
from store.aims_owed import tell_stale
from store.risks import Weighed, accepted, weighed
from store.tables import DoneRow
from triage.aims.entry import Entry
from triage.aims.risk import last_accepted
from triage.desk import Desk

TOLD = "aims:stale:"


def untold(session: Session, desk: Desk) -> list[Entry]:
    """Those that nobody was told of; it reads all that was accepted, so nobody should wait for it."""
    found = accepted(session, desk.day)
    return [each.entry for each in found if _is_stale(each) and _new(session, each.entry)]


def tell(session: Session, found: Iterable[Entry], desk: Desk) -> int:
    """Its owner, and whoever accepted it; how many there were. Each is looked at again: it may have changed since."""
    some = [now for each in found if (now := _still(session, each, desk)) is not None]
    for risk in some:
        last = last_accepted(risk)
        people = [each for each in (risk.owner, last.by if last else None) if each]
        tell_stale(session, risk, people, desk)
        session.add(DoneRow(key=_key(risk), subject_kind=aims.AIMS, subject_id=risk.id, at=desk.now))
    return len(some)


def _still(session: Session, found: Entry, desk: Desk) -> Entry | None:
    risk = aims.load(session, found.id)
    if risk is None or risk.state != "in_force" or not _new(session, risk):
        return None
    return risk if _is_stale(weighed(session, risk, desk.day)) else None


def _is_stale(risk: Weighed) -> bool:
    standing = risk.standing
    return standing is not None and not standing.closed and standing.accepted == "stale"


def _new(session: Session, risk: Entry) -> bool:
    return session.get(DoneRow, _key(risk)) is None


def _key(risk: Entry) -> str:
    """Of one acceptance."""
    last = last_accepted(risk)
    at = last.at.isoformat() if last is not None else ""
    return f"{TOLD}{risk.id}:{at}"
