"""The organisation's own record of tools: which are assessed, and on what terms."""

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from store import audit
from store.tables import ToolRow, UseRow
from store.watch import IN_USE
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
            checked_on=_day(row.record.get("checked_on")),
        )
        for row in session.exec(select(ToolRow))
    }


TOOL, CHECKED = "tool", "tool.terms_checked"
"""The kind of subject, and the line that says by what its terms were found."""


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def terms_digest(terms: str) -> str:
    return sha256(terms.encode("utf-8", "surrogatepass")).hexdigest()


def check_terms(
    session: Session, tool: Asset, terms: str | None, day: date, *, known_as: str, now: datetime
) -> bool:
    """Keeps what somebody found on that day; None: as it was. True where they are others since that very day, so that
    the same once more goes on with what follows from it."""
    row = session.get(ToolRow, tool.id)
    if row is None:
        given: dict[str, Any] = {
            "name": tool.name,
            "vendor": tool.vendor,
            "state": "known",
            "source": known_as,
        }
        row = ToolRow(id=tool.id, slug=tool.id, updated_at=now, **given)
    was = str(row.record.get("terms", ""))
    found = was if terms is None else terms
    changed = found != was
    since = day.isoformat() if changed else str(row.record.get("since", ""))
    row.record = {"terms": found, "checked_on": day.isoformat(), "since": since}
    row.updated_at = now
    session.add(row)
    detail: dict[str, audit.Machine] = {
        "checked_on": day.isoformat(),
        "terms": terms_digest(found),
        "since": since,
    }
    audit.append(
        session,
        what=CHECKED,
        actor=None,
        subject_kind=TOOL,
        subject_id=tool.id,
        detail=detail,
        texts={"terms": found} if changed else {},
        at=now,
    )
    return since == day.isoformat()


def in_use_with(session: Session, tool: str) -> Iterator[str]:
    """The uses in use of one tool."""
    query = select(UseRow.id).where(UseRow.tool_id == tool, col(UseRow.state).in_(IN_USE)).order_by(UseRow.id)
    yield from session.exec(query)
