"""Which tier counts where two people set it, beside what the rules found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from store.records import USE
from store.tables import DecisionRow, ResultRow
from triage.case import DecisionKind
from triage.register import Entry
from triage.rules import NOT_DECIDED, TIER_DECIDED
from triage.verdict import Verdict


def as_set(session: Session, entries: Iterable[Entry], at: datetime | None = None) -> Iterator[Entry]:
    """Each with the tier that counts (at that moment)."""
    kind = DecisionKind.override_tier.value
    asked = select(DecisionRow.subject_id).where(DecisionRow.subject_kind == USE, DecisionRow.kind == kind)
    moved = set(session.exec(asked))
    for entry in entries:
        verdict = _last(session, entry.id, at) if entry.id in moved else None
        if verdict is None or verdict.stated.get(TIER_DECIDED, NOT_DECIDED) == NOT_DECIDED:
            yield entry
        else:
            tier = int(verdict.tier.floor), int(verdict.tier.ceiling)
            yield entry.model_copy(update={"tier": tier, "tier_set": True})


def _last(session: Session, use: str, at: datetime | None) -> Verdict | None:
    of_use = select(ResultRow.verdict).where(ResultRow.subject_kind == USE, ResultRow.subject_id == use)
    then = of_use if at is None else of_use.where(col(ResultRow.judged_at) <= at)
    found = session.exec(then.order_by(col(ResultRow.version).desc())).first()
    return Verdict.model_validate(found) if found is not None else None
