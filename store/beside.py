"""Rows beside the records that follow from them: sets of answers, tools, files, numbers given out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping

from sqlmodel import Session, select

from store.audit import records
from store.incident_owed import INCIDENT
from store.legible import rows
from store.records import USE
from store.sheets import SHEET, id_of
from store.tables import FileRow
from store.tools import CHECKED, terms_digest

KNOWN = {"state": "known", "source": "catalogue", "record": {}}
"""Of every tool; what else stands in its record, a line tells that its terms were looked at."""

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
    checked = {line.subject[1]: line.detail for line in records(session) if line.what == CHECKED}
    for id, row in kept.items():
        must = KNOWN | {"slug": id} | ({"record": row["record"]} if id in checked else {})
        for name in [name for name, value in must.items() if row[name] != value]:
            yield f"the tool {id}: {name} is not in the trail"
        if id in checked and not _as_checked(row["record"], checked[id]):
            yield f"the tool {id}: record was changed"
    named = {row["tool_id"] for row in rows(session, "use")} - {None}
    yield from (f"the tool {id} is missing" for id in sorted(named - kept.keys()))


def _as_checked(record: object, told: Mapping[str, object]) -> bool:
    if not isinstance(record, dict):
        return False
    terms = terms_digest(str(record.get("terms", "")))
    days = (record.get("checked_on"), record.get("since"))
    return (*days, terms) == (told.get("checked_on"), told.get("since"), told.get("terms"))


def _of_files(session: Session) -> Iterator[str]:
    for digest, size, body in session.exec(select(FileRow.digest, FileRow.size, FileRow.body)):
        if (hashlib.sha256(body).hexdigest(), len(body)) != (digest, size):
            yield f"the file {digest[:12]} was changed"


def _of_numbers(session: Session) -> Iterator[str]:
    """The last of each year is the highest that a line names; numbers given out to nobody would leave a gap."""
    last: Counter[tuple[str, int]] = Counter()
    for line in records(session):
        for name in NUMBERS if line.subject[0] in (USE, INCIDENT) else ():
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
