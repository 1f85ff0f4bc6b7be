"""What was seen of tools in other systems' lists: counted by tool, team and week, and nothing else of any list.

The trail says of each list what it was, how much of it was read, and a digest of what was counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import case
from sqlalchemy import select as plain_select
from sqlmodel import Session, col, select

from intake.value import Value
from store import audit
from store.legible import rows
from store.plainly import canonical
from store.tables import DeploymentRow, SightingRow, SightingRunRow, UseRow
from store.trail import sha256

SIGHTINGS, COUNTED = "sightings", "sightings.counted"
SAID = ("tool_id", "unit", "week", "hits", "people", "sure", "general", "first_on", "last_on")
AT_ONCE = 500


class Seen(Value):
    """Of one tool in one team and week."""

    tool_id: str
    unit: str
    week: date
    hits: int
    people: int
    sure: bool
    general: bool
    first_on: date | None = None
    last_on: date | None = None


class Reading(Value):
    """What a list was, and how it could be read."""

    digest: str
    kind: str
    format: str = ""
    read: int
    refused: int
    undated: int = 0


class Known(NamedTuple):
    """A use of the register with that tool in that team; `asked`: a list showed it, and nobody has answered yet."""

    id: str
    ref: str | None
    state: str
    asked: bool


class Taken(NamedTuple):
    """A list that was taken in."""

    run: str
    at: datetime


def taken_before(session: Session, digest: str) -> Taken | None:
    """The very same file."""
    row = session.exec(select(SightingRunRow).where(SightingRunRow.digest == digest)).first()
    return Taken(row.id, row.taken_at) if row else None


def take(session: Session, reading: Reading, seen: Sequence[Seen], now: datetime, *, run: str) -> None:
    """One list. Sealed also where nothing of it was known: that somebody looked is evidence."""
    about = {"digest": reading.digest, "kind": reading.kind, "format": reading.format}
    session.add(SightingRunRow(id=run, taken_at=now, **about))
    session.flush()
    for each in seen:
        session.add(SightingRow(run_id=run, **each.model_dump()))
    session.flush()
    number, digest = _digest(session, run)
    detail: dict[str, audit.Machine] = {
        **about,
        "read": reading.read,
        "refused": reading.refused,
        "undated": reading.undated,
        "rows": number,
        "counted": digest,
    }
    audit.append(session, COUNTED, actor=None, subject_kind=SIGHTINGS, subject_id=run, detail=detail, at=now)


def _digest(session: Session, run: str) -> tuple[int, str]:
    told = sorted([row[name] for name in SAID] for row in rows(session, "sighting", run_id=run))
    return len(told), sha256(canonical(told))


def registered(session: Session, tools: Iterable[str]) -> dict[tuple[str, str], list[Known]]:
    """Uses of these tools by tool and unit in small letters, also where a team joined; drafts are nobody's yet.

    Confidential ones are as if they were not there: with its tool and team, a reference alone would tell of one.
    """
    found: dict[tuple[str, str], list[Known]] = {}
    ids = sorted(set(tools))
    for start in range(0, len(ids), AT_ONCE):
        some = col(UseRow.tool_id).in_(ids[start : start + AT_ONCE])
        wanted = (some, col(UseRow.state).not_in(("draft", "withdrawn")), col(UseRow.confidential).is_(False))
        own = plain_select(col(UseRow.unit), col(UseRow.tool_id), *_AS_KNOWN).where(*wanted)
        joined = (
            plain_select(col(DeploymentRow.unit), col(UseRow.tool_id), *_AS_KNOWN)
            .join(DeploymentRow, col(DeploymentRow.use_id) == UseRow.id)
            .where(*wanted, col(DeploymentRow.left_at).is_(None))
        )
        database = session.connection()
        for unit, tool, *known in (*database.execute(own), *database.execute(joined)):
            found.setdefault((str(tool), (unit or "").casefold()), []).append(_known(*known))
    return found


def asked_before(session: Session, source_ids: Iterable[str]) -> dict[str, Known]:
    """Questions that lists led to before, by their ids, whatever became of them: also in another team since."""
    found: dict[str, Known] = {}
    ids = sorted(set(source_ids))
    for start in range(0, len(ids), AT_ONCE):
        some = col(UseRow.source_id).in_(ids[start : start + AT_ONCE])
        query = plain_select(col(UseRow.source_id), *_AS_KNOWN).where(
            col(UseRow.source_map) == SIGHTINGS, some
        )
        for row in session.connection().execute(query):
            found[str(row[0])] = _known(*row[1:])
    return found


_OPEN_REF = case((col(UseRow.confidential), None), else_=col(UseRow.ref))
_AS_KNOWN = (col(UseRow.id), _OPEN_REF, col(UseRow.state), col(UseRow.source_map), col(UseRow.owner_id))


def _known(id: str, ref: str | None, state: str, source: str | None, owner: str | None) -> Known:
    return Known(id, ref, state, asked=source == SIGHTINGS and owner is None and state == "disclosed")


def differences(session: Session) -> Iterator[str]:
    """Whether the rows of each list are those that its line sealed."""
    told = {line.subject[1]: line for line in audit.records(session) if line.what == COUNTED}
    kept = {row["id"]: row for row in rows(session, "sighting_run")}
    for run in sorted(told.keys() - kept.keys()):
        yield f"the list that line {told[run].seq} took in is missing"
    for run, row in sorted(kept.items()):
        line = told.get(run)
        if line is None:
            yield f"the list {run} is not in the trail"
            continue
        said = {**line.detail, "taken_at": line.at}
        if any(row[name] != said.get(name) for name in ("digest", "kind", "format", "taken_at")):
            yield f"the list of line {line.seq} was changed"
        if _digest(session, run) != (line.detail.get("rows"), line.detail.get("counted")):
            yield f"what line {line.seq} counted was changed"
    lost = {row["run_id"] for row in rows(session, "sighting")} - kept.keys()
    yield from (f"what was counted of the list {run} has no list" for run in sorted(lost))
