"""Whose acceptance of a risk holds no more since it changed: told once for each acceptance, by the clock."""

from __future__ import annotations

from sqlmodel import Session

from store import aims
from store.aims_owed import tell_stale
from store.risks import RISK, weighed
from store.tables import DoneRow
from triage.aims.entry import Entry
from triage.aims.risk import last_accepted
from triage.desk import Desk

TOLD = "aims:stale:"


def untold(session: Session, desk: Desk) -> list[Entry]:
    """Those that nobody was told of."""
    found = [each for each in aims.of_kind(session, RISK, "in_force") if last_accepted(each) is not None]
    return [each for each in found if _is_stale(session, each, desk) and _new(session, each)]


def tell(session: Session, desk: Desk) -> int:
    """Its owner, and whoever accepted it; how many there were."""
    some = untold(session, desk)
    for risk in some:
        accepted = last_accepted(risk)
        people = [each for each in (risk.owner, accepted.by if accepted else None) if each]
        tell_stale(session, risk, people, desk)
        session.add(DoneRow(key=_key(risk), subject_kind=aims.AIMS, subject_id=risk.id, at=desk.now))
    return len(some)


def _is_stale(session: Session, risk: Entry, desk: Desk) -> bool:
    standing = weighed(session, risk, desk.day).standing
    return standing is not None and not standing.closed and standing.accepted == "stale"


def _new(session: Session, risk: Entry) -> bool:
    return session.get(DoneRow, _key(risk)) is None


def _key(risk: Entry) -> str:
    """Of one acceptance."""
    accepted = last_accepted(risk)
    at = accepted.at.isoformat() if accepted is not None else ""
    return f"{TOLD}{risk.id}:{at}"
