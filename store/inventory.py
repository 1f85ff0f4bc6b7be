"""Uses that came from somebody's inventory, found again by the inventory's own numbers."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from store.records import load
from store.tables import UseRow
from triage.case import Case


def disclosed(session: Session, source_map: str, source_ids: Collection[str]) -> dict[str, Case]:
    """Those of them that are on record, by source id."""
    wanted = select(UseRow.source_id, UseRow.id).where(
        UseRow.source_map == source_map, col(UseRow.source_id).in_(sorted(source_ids))
    )
    found = {str(source): load(session, use) for source, use in session.exec(wanted).all()}
    return {source: case for source, case in found.items() if case is not None}
