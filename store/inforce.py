"""By which policies of Steward's own the register is judged: a setting, and a line of the trail for each change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from store import audit, settings

POLICIES = "rules.policies"


def policies(session: Session) -> list[str]:
    """Those that were noted last."""
    return [str(each) for each in settings.value(session, POLICIES, [])]


def noted(session: Session, found: Sequence[str], *, now: datetime) -> int | None:
    """Each by name, version and digest. The number of the line; None where they are those that are known."""
    told = list(found)
    session.connection().execute(audit.HEAD)
    if settings.value(session, POLICIES) == told:
        return None
    settings.change(session, POLICIES, told, by=None, now=now)
    return audit.append(
        session,
        what="policies.in_force",
        actor=None,
        subject_kind=settings.SETTINGS,
        subject_id="organisation",
        detail={"keys": [POLICIES], "policies": told},
        texts={POLICIES: settings.shown(told)},
        at=now,
    )
