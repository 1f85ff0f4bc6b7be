"""How many steps of the set-up stand how, counted by rows: Home asks for it often."""

from __future__ import annotations

from sqlmodel import Session, col, select

from store.tables import AimsEntryRow
from triage.aims.standing import BESIDES, ORDER, State


def counts(session: Session) -> dict[State, int]:
    """As `triage.aims.standing` says it of the entries themselves."""
    kinds = [kind for kind in ORDER if kind not in BESIDES]
    wanted = select(AimsEntryRow.kind, AimsEntryRow.state).where(
        col(AimsEntryRow.kind).in_(kinds), col(AimsEntryRow.state).in_(("in_force", "proposed"))
    )
    found = set(session.exec(wanted.distinct()).all())
    told: dict[State, int] = {"in_place": 0, "waits": 0, "missing": 0}
    for kind in kinds:
        told[_state(kind, found)] += 1
    return told


def _state(kind: str, found: set[tuple[str, str]]) -> State:
    if (kind, "in_force") in found:
        return "in_place"
    return "waits" if (kind, "proposed") in found else "missing"
