"""What somebody looks at who is let in to audit: each press, command, message and window sealed before it shows."""

from __future__ import annotations

from bot.slack.front import Front
from store import audit
from store.looked import LOOKED
from store.sessions import Session
from triage.aims.access import ACCESS


def note(front: Front, person: str, wish: str, about: str, *, key: str) -> None:
    """`about`: a reference, an id, or nothing; what is not ours is left out, and nobody else is noted."""
    visit = next((each for each in front.office.visits if each.person == person), None)
    if visit is None:
        return
    detail = {"about": about if _is_name(about) else "", "wish": wish}

    def seal(session: Session) -> None:
        audit.append(
            session,
            LOOKED,
            actor=person,
            subject_kind=ACCESS,
            subject_id=visit.entry,
            detail=detail,
            at=front.office.now(),
        )

    front.once(f"looked:{key}", seal)


def _is_name(about: str) -> bool:
    """Never what somebody wrote."""
    return len(about) <= 64 and about.isascii() and all(sign.isalnum() or sign in "-_.:" for sign in about)
