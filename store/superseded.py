"""Which decision about a use replaced which: the next that decided about the use itself, whatever it came to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session

from store.records import USE
from store.tables import metadata
from triage.case import RULINGS, Case, Decision

_decision = metadata.tables["decision"]
KINDS = tuple(sorted(kind.value for kind in RULINGS))
REPLACED = (
    update(_decision)
    .where(
        _decision.c.subject_kind == USE,
        _decision.c.subject_id == bindparam("case"),
        _decision.c.superseded_by.is_(None),
        _decision.c.kind.in_(KINDS),
        _decision.c.id != bindparam("by"),
    )
    .values(superseded_by=bindparam("by"))
)


def supersede(session: Session, case: Case, decision: Decision) -> None:
    """Every earlier one that nothing had replaced yet; `decision` is written already."""
    if decision.kind in RULINGS:
        session.connection().execute(REPLACED, {"case": case.id, "by": decision.id})


def superseded_by(decisions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """By its id, what replaced each of one use's decisions, as their rows have it."""
    ruled = sorted((each for each in decisions if each["kind"] in KINDS), key=lambda row: row["version"])
    return {earlier["id"]: later["id"] for earlier, later in pairwise(ruled)}
