"""The organisation's own record of tools: which are assessed, and on what terms."""

from sqlmodel import Session, select

from store.tables import ToolRow
from triage.asset import Asset

ASSESSED = frozenset({"assessed", "approved"})
"""States of a tool in which its contract and data terms are settled."""


def assets(session: Session) -> dict[str, Asset]:
    """What is known of every tool on record."""
    return {
        row.id: Asset(
            id=row.id,
            name=row.name,
            vendor=row.vendor,
            assessed=row.state in ASSESSED,
            terms=str(row.record.get("terms", "")),
        )
        for row in session.exec(select(ToolRow))
    }
