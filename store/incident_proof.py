"""Holds the rows of incidents against what the trail says of them; what was erased only lacks its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from store import audit
from store.columns import to_text
from store.incident_owed import INCIDENT
from store.incidents import HAPPENED, row_of, steps_of
from store.legible import UNREADABLE, rows
from triage.incidents.incident import Incident

OF = "of_"
"""Before each value of a step in its line."""


def differences(session: Session) -> Iterator[str]:
    told = {str(line.detail.get("step")): _told(line) for line in _lines(session)}
    kept = {row["id"]: row for row in rows(session, "incident_step", by="id")}
    yield from (f"the step {id} of an incident is missing" for id in sorted(told.keys() - kept.keys()))
    for id, row in kept.items():
        if id not in told:
            yield f"the step {id} of an incident is not in the trail"
            continue
        for name in [name for name, value in told[id].items() if row[name] != value]:
            yield f"the step {id} of an incident was changed: {name}"
    yield from _of_rows(session, kept)


def _lines(session: Session) -> Iterator[Any]:
    names = {f"incident.{name}" for name in HAPPENED.values()}
    return (line for line in audit.records(session) if line.subject[0] == INCIDENT and line.what in names)


def _told(line: Any) -> dict[str, Any]:
    kinds = {past: kind for kind, past in HAPPENED.items()}
    return {
        "incident_id": line.subject[1],
        "kind": kinds[line.what.removeprefix("incident.")],
        "by": line.actor,
        "at": line.at,
        "line": line.seq,
        "number": line.detail.get("number"),
        "role": line.detail.get("role"),
        "detail": {
            name.removeprefix(OF): value for name, value in line.detail.items() if name.startswith(OF)
        },
    }


def _of_rows(session: Session, steps: dict[str, dict[str, Any]]) -> Iterator[str]:
    """What stands in the row of each follows from its steps, and from what the last line says of it."""
    sealed: dict[str, Any] = {}
    for line in _lines(session):
        sealed[line.subject[1]] = line
    by_incident: dict[str, int] = defaultdict(int)
    for row in steps.values():
        by_incident[row["incident_id"]] += 1
    there = set()
    for row in rows(session, "incident", by="id"):
        there.add(row["id"])
        name = row["ref"] or row["id"]
        if row["id"] not in by_incident or row["id"] not in sealed:
            yield f"{name} is not in the trail"
            continue
        detail = sealed[row["id"]].detail
        try:
            must = row_of(
                Incident(
                    id=row["id"],
                    ref=str(detail.get("ref")),
                    steps=tuple(steps_of(session, row["id"])),
                    confidential=bool(detail.get("confidential")),
                )
            )
        except UNREADABLE:
            yield f"{name}: its steps cannot be read"
            continue
        must |= {moment: to_text(must[moment]) for moment in ("reported_at", "updated_at")}
        yield from (f"{name}: {part} was changed" for part, value in must.items() if row[part] != value)
    yield from (f"the incident {id} is missing" for id in sorted(by_incident.keys() - there))
