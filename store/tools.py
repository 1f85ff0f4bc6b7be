"""The organisation's own record of tools: which are assessed, on what terms, and what of them changed."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from store import audit
from store.columns import to_text
from store.tables import AuditLineRow, ToolRow, UseRow
from store.trail import record_of
from store.watch import IN_USE
from triage.asset import CHANGES, Asset, Change

ASSESSED = frozenset({"assessed", "approved"})
"""States of a tool in which its contract and data terms are settled."""
TERMS: Change = "terms"
"""What stands in the record by itself; the other kinds of change stand each under its name."""


def assets(session: Session) -> dict[str, Asset]:
    """What is known of every tool on record."""
    return {row.id: _asset(row) for row in session.exec(select(ToolRow))}


def _asset(row: ToolRow) -> Asset:
    found = {what: said for what in CHANGES if (said := str(part(row.record, what).get("terms", "")))}
    return Asset(
        id=row.id,
        name=row.name,
        vendor=row.vendor,
        assessed=row.state in ASSESSED,
        terms=found.get(TERMS, ""),
        checked_on=_day(row.record.get("checked_on")),
        changed=found,
    )


TOOL, CHECKED = "tool", "tool.terms_checked"
"""The kind of subject, and the line that says by what its terms, or what else of it may change, were found."""


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def terms_digest(terms: str) -> str:
    return sha256(terms.encode("utf-8", "surrogatepass")).hexdigest()


def part(record: dict[str, Any], what: str) -> dict[str, Any]:
    """What stands in the record of one kind of change."""
    found = record if what == TERMS else record.get(what)
    return found if isinstance(found, dict) else {}


def facts_of(noted: Mapping[str, str]) -> str:
    """A digest of what was noted of each kind of change; "" where nothing was."""
    texts = [noted.get(what, "") for what in CHANGES]
    return terms_digest("\n\0".join(texts))[:32] if any(texts) else ""


def noted_by(session: Session, until: datetime) -> dict[str, dict[str, str | None]]:
    """By tool, what had been noted of each kind of change at a moment; None where its words are not there any more."""
    marked = col(AuditLineRow.sealed).contains(f'"what":"{CHECKED}"', autoescape=True)
    found: dict[str, dict[str, str | None]] = {}
    for sealed in session.exec(select(AuditLineRow.sealed).where(marked).order_by(col(AuditLineRow.seq))):
        line = record_of(sealed)
        if line is None or line.what != CHECKED or line.at > to_text(until) or "terms" not in line.texts:
            continue
        words = audit.texts_of(session, line.seq).get("terms")
        kept = words if words is not None and terms_digest(words) == line.detail.get("terms") else None
        found.setdefault(line.subject[1], {})[str(line.detail.get("what", TERMS))] = kept
    return found


def last_checked(session: Session, tool: str, what: Change) -> date | None:
    row = session.get(ToolRow, tool)
    return _day(part(row.record, what).get("checked_on")) if row is not None else None


def check_terms(
    session: Session,
    tool: Asset,
    terms: str | None,
    day: date,
    *,
    known_as: str,
    now: datetime,
    what: Change = TERMS,
    through: str = "",
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
    known = part(row.record, what)
    was = str(known.get("terms", ""))
    found = was if terms is None else terms
    changed = found != was
    since = day.isoformat() if changed else str(known.get("since", ""))
    made = {"terms": found, "checked_on": day.isoformat(), "since": since}
    row.record = {**row.record, **(made if what == TERMS else {what: made})}
    row.updated_at = now
    session.add(row)
    detail: dict[str, audit.Machine] = {
        "checked_on": day.isoformat(),
        "terms": terms_digest(found),
        "since": since,
    }
    detail |= ({} if what == TERMS else {"what": what}) | ({"through": through} if through else {})
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
