"""Holds entries of the management system against the trail; what was erased only lacks its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from store import audit
from store.aims import AIMS, HAPPENED, row_of, steps_of
from store.columns import to_text
from store.legible import UNREADABLE, rows
from store.trail import Record
from triage.aims.entry import Entry

OF = "of_"
"""Before each value of a step in its line."""
KINDS = {f"{AIMS}.{past}": kind for kind, past in HAPPENED.items()}


def differences(session: Session) -> Iterator[str]:
    lines = [line for line in audit.records(session) if line.subject[0] == AIMS and line.what in KINDS]
    told = {str(line.detail.get("step")): _told(line) for line in lines}
    kept = {row["id"]: row for row in rows(session, "aims_step", by="id")}
    yield from (f"the step {id} of an entry is missing" for id in sorted(told.keys() - kept.keys()))
    for id, row in kept.items():
        if id not in told:
            yield f"the step {id} of an entry is not in the trail"
            continue
        for name in [name for name, value in told[id].items() if row[name] != value]:
            yield f"the step {id} of an entry was changed: {name}"
    yield from _of_rows(session, kept, {line.subject[1]: line for line in lines})


def _told(line: Record) -> dict[str, Any]:
    detail = {name.removeprefix(OF): held for name, held in line.detail.items() if name.startswith(OF)}
    return {
        "entry_id": line.subject[1],
        "kind": KINDS[line.what],
        "by": line.actor,
        "at": line.at,
        "line": line.seq,
        "number": line.detail.get("number"),
        "role": line.detail.get("role"),
        "detail": detail,
    }


def _of_rows(session: Session, steps: dict[str, dict[str, Any]], sealed: dict[str, Record]) -> Iterator[str]:
    """What stands in the row of each follows from its steps, and from what the last line says of it."""
    by_entry: dict[str, int] = defaultdict(int)
    for row in steps.values():
        by_entry[row["entry_id"]] += 1
    there = set()
    for row in rows(session, "aims_entry", by="id"):
        there.add(row["id"])
        name = row["ref"] or row["id"]
        if row["id"] not in by_entry or row["id"] not in sealed:
            yield f"{name} is not in the trail"
            continue
        try:
            must = _must(session, row["id"], sealed[row["id"]])
        except UNREADABLE:
            yield f"{name}: its steps cannot be read"
            continue
        yield from (f"{name}: {part} was changed" for part, value in must.items() if row[part] != value)
    yield from (f"the entry {id} is missing" for id in sorted(by_entry.keys() - there))


def _must(session: Session, id: str, last: Record) -> dict[str, Any]:
    about = {
        name: str(last.detail.get(key)) for name, key in (("kind", "of"), ("name", "named"), ("ref", "ref"))
    }
    must = row_of(Entry.model_validate({"id": id, **about, "steps": tuple(steps_of(session, id))}))
    due = must["due"].isoformat() if must["due"] else None
    return must | {"due": due} | {moment: to_text(must[moment]) for moment in ("created_at", "updated_at")}
