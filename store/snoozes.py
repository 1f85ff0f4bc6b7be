"""What people put off, as rows that are added and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session

from store.columns import to_text
from store.direct import of_use
from store.tables import SnoozeRow
from triage.case import Case
from triage.steps import Snoozed

SNOOZES = of_use("snooze", "version", "id")


def snoozes_of(session: Session, case: str) -> Iterable[Snoozed]:
    for row in SNOOZES.within(session, case=case):
        yield Snoozed.model_validate({name: getattr(row, name) for name in Snoozed.model_fields})


def save_snoozes(session: Session, before: Case | None, case: Case) -> None:
    for made in case.snoozes[len(before.snoozes) if before else 0 :]:
        session.add(SnoozeRow(use_id=case.id, version=case.version, **made.model_dump()))


def snooze_of(made: Snoozed) -> dict[str, Any]:
    """As the trail tells it."""
    said = {"errand": made.errand, "by": made.by, "until": made.until.isoformat(), "reason": made.reason}
    return said | {"at": to_text(made.at)}
