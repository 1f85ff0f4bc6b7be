"""Tests of uses that were said to fail, and since when; nothing of a confidential use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from store.sheets import SHEET, id_of
from store.tables import ResultRow, UseRow
from triage.aims.arising import Matter
from triage.schemes import BY_TASK

TESTS = BY_TASK["tests"]
NOT_MEASURED = "_open"
"""How what is planned only ends, among what is left."""


def failed_tests(session: Session, zone: ZoneInfo) -> Iterator[Matter]:
    """By use and kind of test, from the first of the last results on in which it failed; what is unfinished is none."""
    query = (
        select(UseRow.id, UseRow.ref, ResultRow)
        .join(UseRow, col(ResultRow.subject_id) == col(UseRow.id).concat(id_of("", TESTS)))
        .where(ResultRow.subject_kind == SHEET, ~col(UseRow.confidential))
        .order_by(col(UseRow.id), col(ResultRow.version))
    )
    for (id, ref), rows in groupby(session.exec(query), lambda row: (row[0], row[1])):
        for kind, since in _failing(row for _, _, row in rows).items():
            day = since.astimezone(zone).date()
            yield Matter(of="test", ref=ref or id, about=f"{id}:{kind}", since=day)


def _failing(rows: Iterator[ResultRow]) -> dict[str, datetime]:
    """What fails now, each since when."""
    since: dict[str, datetime] = {}
    for row in rows:
        left = row.verdict["left"] if row.verdict.get("complete") else ()
        failed = [kind for kind in left if not kind.endswith(NOT_MEASURED)]
        since = {kind: since.get(kind, row.judged_at) for kind in failed}
    return since
