"""All that is known of one person: each row, each line of the trail and each text in which something of them stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from store.legible import Cells
from store.persons import Found, known, standing
from store.pseudonym import Known, Pseudonym
from store.tables import AuditLineRow, AuditTextRow
from store.trail import record_of


class About(NamedTuple):
    """`rows`: by table. `lines`: as sealed. `texts`: line, field, text."""

    id: str | None
    known: Known
    rows: Mapping[str, Sequence[Cells]]
    lines: Sequence[str]
    texts: Sequence[tuple[int, str, str]]


def about(session: Session, found: Found, also: tuple[str, ...] = ()) -> About:
    told = known(session, found, also)
    mark = Pseudonym(told, "")
    id = found.person.id if found.person is not None else None
    rows: dict[str, list[Cells]] = defaultdict(list)
    for row in standing(session, found, mark):
        if row.table != "audit_text":
            rows[row.table].append(row.cells)
    theirs = _theirs(session, id, mark)
    texts = [
        (row.seq, row.field, row.text)
        for row in session.exec(select(AuditTextRow).order_by(col(AuditTextRow.seq), AuditTextRow.field))
        if row.seq in theirs.own or (id is not None and id in row.text) or mark.stands_in(row.text)
    ]
    return About(id, told, dict(rows), theirs.lines, texts)


class _Theirs(NamedTuple):
    """`own`: the lines of what they did themselves, whose words are theirs."""

    lines: list[str]
    own: set[int]


def _theirs(session: Session, id: str | None, mark: Pseudonym) -> _Theirs:
    lines: list[str] = []
    own: set[int] = set()
    rows: Any = select(AuditLineRow.seq, AuditLineRow.sealed).order_by(col(AuditLineRow.seq))
    for seq, sealed in session.exec(rows.execution_options(yield_per=500)):
        if (id is not None and id in sealed) or mark.stands_in(sealed):
            lines.append(sealed)
            line = record_of(sealed)
            own |= {seq} if line is not None and line.actor == id else set()
    return _Theirs(lines, own)
