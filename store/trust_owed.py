"""The trust pack as files: to whoever writes a version and whoever may approve it, and to whoever gives it out."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from store import outbox
from store.owed import UPLOAD
from triage.aims.entry import Entry
from triage.aims.standing import approvers
from triage.aims.trust import GIVEN, PACK
from triage.desk import Desk

TRUST = "trust"
FORMS = ("html", "pdf")
PRIORITY = 2


def owe(session: Session, after: Entry, desk: Desk) -> None:
    """What one step of it calls for: nobody says yes to what they have not seen."""
    step = after.steps[-1]
    if after.kind != PACK:
        return
    if step.kind == "draft" and not after.drafts[-1].retires:
        give(session, dict.fromkeys((step.by, *approvers(after, desk))), len(after.drafts), desk)
    if step.kind == "act" and step.detail.get("act") == GIVEN and after.in_force is not None:
        give(session, (step.by,), after.in_force.number, desk)


def give(session: Session, people: Iterable[str], version: int, desk: Desk) -> None:
    """`version`: 0 for the last day that is over, which nobody approved."""
    for person in filter(None, people):
        for form in FORMS:
            outbox.put(
                session,
                kind=UPLOAD,
                person_id=person,
                subject_kind=TRUST,
                subject_id=str(version),
                purpose=f"{TRUST}:{form}",
                payload={"say": TRUST, "form": form},
                priority=PRIORITY,
                lane=f"files:{TRUST}:{person}",
                now=desk.now,
            )
