"""Rows beside the records that follow from them: sets of answers, tools, files, numbers given out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping

from sqlmodel import Session, select

from store.aims import AIMS
from store.audit import records
from store.incident_owed import INCIDENT
from store.legible import rows
from store.records import USE
from store.sheets import SHEET, id_of
from store.tables import FileRow
from store.tools import CHECKED, TERMS, part, terms_digest

KNOWN = {"state": "known", "source": "catalogue", "record": {}}
"""Of every tool; what else stands in its record, a line tells that its terms were looked at."""

OF_TERMS = frozenset({"terms", "checked_on", "since"})

NUMBERS = ("ref", "number")
"""Of a use, and of what was opened about it, in the detail of a line."""


def differences(session: Session) -> Iterator[str]:
    yield from _of_sets(session)
    yield from _of_tools(session)
    yield from _of_files(session)
    yield from _of_numbers(session)


def _of_sets(session: Session) -> Iterator[str]:
    """Of one form a subject has one, called like the form that was kept under its digest."""
    forms = {row["digest"]: row["name"] for row in rows(session, "wording", kind="form")}
    seen: set[tuple[str, str, str]] = set()
    for row in rows(session, "answer_set", by="id"):
        name = f"the answer set {row['id']}"
        which = row["subject_kind"], row["subject_id"], row["form_digest"]
        if which in seen:
            yield f"{name} stands there beside another of the same form"
        seen.add(which)
        use = row["subject_id"].partition(":")[0]
        sheet = row["subject_kind"] == SHEET and row["subject_id"] != id_of(use, row["form"])
        if sheet or forms.get(row["form_digest"], row["form"]) != row["form"]:
            yield f"{name} was changed: form"


def _of_tools(session: Session) -> Iterator[str]:
    kept = {row["id"]: row for row in rows(session, "tool", by="id")}
    checked: dict[str, dict[str, Mapping[str, object]]] = {}
    for line in records(session):
        if line.what == CHECKED:
            checked.setdefault(line.subject[1], {})[str(line.detail.get("what", TERMS))] = line.detail
    for id, row in kept.items():
        must = KNOWN | {"slug": id} | ({"record": row["record"]} if id in checked else {})
        for name in [name for name, value in must.items() if row[name] != value]:
            yield f"the tool {id}: {name} is not in the trail"
        if id in checked and not _as_checked(row["record"], checked[id]):
            yield f"the tool {id}: record was changed"
    named = {row["tool_id"] for row in rows(session, "use")} - {None}
    yield from (f"the tool {id} is missing" for id in sorted(named - kept.keys()))


def _as_checked(record: object, told: Mapping[str, Mapping[str, object]]) -> bool:
    """`told`: the last line about each kind of change; beside them nothing stands there."""
    if not isinstance(record, dict):
        return False
    names = {what for what in told if what != TERMS} | (OF_TERMS if TERMS in told else set())
    return record.keys() == names and all(_as_told(part(record, what), line) for what, line in told.items())


def _as_told(found: Mapping[str, object], line: Mapping[str, object]) -> bool:
    days = (found.get("checked_on"), found.get("since"))
    terms = terms_digest(str(found.get("terms", "")))
    return (*days, terms) == (line.get("checked_on"), line.get("since"), line.get("terms"))


def _of_files(session: Session) -> Iterator[str]:
    for digest, size, body in session.exec(select(FileRow.digest, FileRow.size, FileRow.body)):
        if (hashlib.sha256(body).hexdigest(), len(body)) != (digest, size):
            yield f"the file {digest[:12]} was changed"


def _of_numbers(session: Session) -> Iterator[str]:
    """The last of each year is the highest that a line names; numbers given out to nobody would leave a gap."""
    last: Counter[tuple[str, int]] = Counter()
    for line in records(session):
        for name in NUMBERS if line.subject[0] in (USE, INCIDENT, AIMS) else ():
            if found := _number(line.detail.get(name)):
                prefix, year, number = found
                last[prefix, year] = max(last[prefix, year], number)
    kept = {(row["prefix"], row["year"]): row["last"] for row in rows(session, "counter")}
    for prefix, year in sorted(last.keys() | kept.keys()):
        if kept.get((prefix, year), 0) != last[prefix, year]:
            yield f"the last number of {prefix}-{year} was changed"


def _number(ref: object) -> tuple[str, int, int] | None:
    parts = str(ref).rsplit("-", 2)
    if len(parts) != 3 or not all(each.isascii() and each.isdecimal() for each in parts[1:]):
        return None
    return parts[0], int(parts[1][:9]), int(parts[2][:9])
