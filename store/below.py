"""Notes below a card that nobody wished for: that it may stand twice, or that whoever asked cannot be told."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from store import outbox
from store.outbox import Owed
from store.owed import CARD, DECISION
from store.records import USE
from store.tables import OutboxRow
from triage.outcome import Say


def owe_copy_note(session: Session, card: Owed, now: datetime) -> None:
    """Below a card that may stand twice, once: which of the two counts, and how the other goes away."""
    _owe_once(session, _copy_note(card.subject_id, card.place_id), card, card.place_id, "copy", now)


def take_copy_note_back(session: Session, case: str, place: str) -> str | None:
    """Its card stands once again; the ts under which the note stands, if it went out already.

    StillUnderway where it is being sent: then nobody can say yet.
    """
    row = session.exec(select(OutboxRow).where(OutboxRow.coalesce == _copy_note(case, place))).first()
    if row is None:
        return None
    if row.state in ("sending", "unknown") and row.ts is None:
        raise StillUnderway(row.id)
    if row.state == "waiting":
        row.state, row.problem = "dropped", "the card stands once"
        session.add(row)
        session.flush()
    return row.ts


class StillUnderway(OSError):
    """A message is being sent just now; a little later it is known where it stands."""


def _copy_note(case: str | None, place: str | None) -> str:
    return f"{case}:copy:{place}"


def owe_unreachable_note(session: Session, message: Owed, place: str, now: datetime) -> None:
    """Below the card, once: whoever asked cannot be told, so that nobody waits for an answer."""
    name = f"{message.subject_id}:unreachable:{place}"
    _owe_once(session, name, message, place, "unreachable", now)


def _owe_once(
    session: Session, name: str, message: Owed, place: str | None, about: str, now: datetime
) -> None:
    if session.exec(select(OutboxRow.id).where(OutboxRow.coalesce == name)).first() is not None:
        return
    outbox.put(
        session,
        kind="post",
        place_id=place,
        subject_kind=USE,
        subject_id=message.subject_id,
        payload={"say": Say.card_note.value, "facts": {"about": about}, "thread": CARD},
        priority=DECISION,
        coalesce=name,
        now=now,
    )
