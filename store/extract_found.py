"""What was looked for and found beside the register, for an export: lists of other systems, terms of tools, campaigns.

Who answered a campaign stays here, and so does what was told in it: what it became is a use like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session

from store import audit
from store.campaigns import CAMPAIGN, STARTED
from store.columns import to_text
from store.legible import Cells, rows
from store.replaced import Place, instead, is_sealed
from store.sightings import COUNTED, SAID
from store.tables import AuditTextRow
from store.tools import CHECKED, TERMS
from store.trail import Record

OF_LISTS = ("read", "refused", "undated", "rows", "counted")
"""What stands in the line that took a list in, beside what its row has."""


def lists(session: Session, until: datetime | None) -> Iterator[Cells]:
    """Each list that was taken in, in order, with its line; `counted` seals its rows."""
    told = {line.subject[1]: line for line in audit.records(session, what=COUNTED)}
    for row in rows(session, "sighting_run", by="taken_at"):
        if _was_by(row["taken_at"], until):
            line = told.get(row["id"])
            sealed = {name: line.detail.get(name) if line else None for name in OF_LISTS}
            yield {**row, "run": row["id"], "line": line.seq if line else None, **sealed}


def seen(session: Session, until: datetime | None) -> Iterator[Cells]:
    """What was counted of these lists, as it was sealed."""
    runs = [
        row["id"] for row in rows(session, "sighting_run", by="taken_at") if _was_by(row["taken_at"], until)
    ]
    for run in runs:
        for row in sorted(
            rows(session, "sighting", run_id=run), key=lambda row: [row[name] for name in SAID[:3]]
        ):
            yield {"run": run, **{name: row[name] for name in SAID}}


def looked_at(session: Session, until: datetime | None) -> Iterator[Cells]:
    """Every time that somebody looked at a tool; the last of a tool and a kind is what is known of it."""
    names = {row["id"]: row["name"] for row in rows(session, "tool")}
    words: dict[tuple[str, str], str | None] = {}
    now = instead(session)
    for line in audit.records(session, what=CHECKED):
        if not _was_by(line.at, until):
            continue
        tool, what = line.subject[1], str(line.detail.get("what", TERMS))
        if "terms" in line.texts:
            words[tool, what] = _text(session, line, "terms", now)
        days = {name: line.detail.get(name) or None for name in ("checked_on", "since", "through")}
        about = {"line": line.seq, "at": line.at, "tool": tool, "name": names.get(tool), "what": what}
        yield {**about, **days, "words": words.get((tool, what)), "digest": line.detail.get("terms")}


def campaigns(session: Session, until: datetime | None) -> Iterator[Cells]:
    """Each as it stood: where, from when to when, in which words; one that ended later still runs."""
    now = instead(session)
    begun = {line.subject[1]: line for line in audit.records(session, what=STARTED)}
    for row in rows(session, CAMPAIGN, by="at"):
        if _was_by(row["at"], until):
            over = row["ended_at"] is not None and _was_by(row["ended_at"], until)
            ended = {name: row[name] if over else None for name in ("ended_by", "ended_at")}
            line = begun.get(row["id"])
            yield {**row, **ended, "words": _text(session, line, "words", now) if line else None}


def _was_by(moment: str, until: datetime | None) -> bool:
    return until is None or moment <= to_text(until)


def _text(session: Session, line: Record, field: str, now: dict[Place, str]) -> Any:
    """None where it was erased, or is not the one that was sealed."""
    row = session.get(AuditTextRow, (line.seq, field))
    return row.text if row and is_sealed(row, line, now) else None
