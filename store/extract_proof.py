"""What an auditor needs beside the register for an export: every verdict, and the texts that the trail commits to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from store.aims import AIMS
from store.audit import ERASED
from store.campaigns import CAMPAIGN
from store.columns import to_text
from store.discussion import DISCUSSION
from store.incident_owed import INCIDENT
from store.legible import rows
from store.records import USE
from store.replaced import Place, place_of
from store.settings import SETTINGS
from store.sheets import SHEET
from store.tables import AuditLineRow, AuditTextRow
from store.texts_named import TextsNamed
from store.tools import TOOL
from store.trail import Record, record_of
from store.trained import SUBJECT as TRAINED

AT_ONCE = 500
NOT_HANDED_IN, NAMING, ERASED_SINCE = "not_handed_in", "naming_people", "erased_since"
"""Why a text stays here: it is its writer's alone, names people, or is not what the trail then committed to."""


def verdicts(
    session: Session, uses: Collection[str], named: TextsNamed, until: datetime | None
) -> Iterator[tuple[Any, ...]]:
    """Every one ever given to these, questionnaires included, in the order in which they were given."""
    sets = {row["id"]: (row["form"], row["form_digest"]) for row in rows(session, "answer_set")}
    names = {row["id"]: (row["ref"], row["source_id"]) for row in rows(session, "use") if row["id"] in uses}
    for row in rows(session, "result", by="judged_at"):
        use = row["subject_id"].partition(":")[0]
        if use not in uses or (until is not None and row["judged_at"] > to_text(until)):
            continue
        worded = named.digest(use, row["version"]) if row["subject_kind"] == USE else None
        form = sets.get(row["answer_set_id"], (None, None))
        by = (*form, worded, row["version"], row["judged_at"])
        yield *names.get(use, (None, None)), *by, row["facts_digest"], row["policies"], row["verdict"]


class Texts(NamedTuple):
    """What was put out, and what was left out, by reason."""

    written: int
    left_out: dict[str, int]


def texts(
    session: Session,
    uses: Collection[str],
    put: Callable[[int, str, str, str], None],
    *,
    last: int,
    naming: Callable[[str], bool] | None,
) -> Texts:
    """Each kept text up to the line `last`, with its salt.

    `naming`: which settings name people by Slack's ids; None: those go out too.
    """
    wanted = (
        select(AuditLineRow.sealed, AuditTextRow.field, AuditTextRow.salt, AuditTextRow.text)
        .join(AuditTextRow, col(AuditTextRow.seq) == AuditLineRow.seq)
        .where(AuditLineRow.seq <= last)
        .order_by(col(AuditLineRow.seq), col(AuditTextRow.field))
    )
    written, left_out, since = 0, Counter[str](), _erased_since(session, last)
    for sealed, field, salt, text in session.exec(wanted.execution_options(yield_per=AT_ONCE)):
        line = record_of(sealed)
        if line is None:
            continue  # what it commits to, nobody can say
        if (line.seq, field) in since:
            continue
        if reason := _kept_back(line, field, uses, naming):
            left_out[reason] += 1
            continue
        put(line.seq, field, salt, text)
        written += 1
    left_out += Counter({ERASED_SINCE: len(since)})
    return Texts(written, dict(sorted(left_out.items())))


def _erased_since(session: Session, last: int) -> set[Place]:
    """Texts of lines up to `last` that were there then: a line behind it tells that they went, or were replaced."""
    sealed = select(AuditLineRow.sealed).where(col(AuditLineRow.sealed).contains('"what":"text.erased"'))
    gone, since = set[Place](), set[Place]()
    for line in filter(None, map(record_of, session.exec(sealed.order_by(col(AuditLineRow.seq))))):
        at, field = line.detail.get("line"), line.detail.get("field")
        if line.what != ERASED or not isinstance(at, int) or not isinstance(field, str):
            continue
        if line.seq > last:
            since |= {(at, field)} if at <= last else set()
        elif place_of(line) is None:
            gone.add((at, field))
    return since - gone


def _kept_back(
    line: Record, field: str, uses: Collection[str], naming: Callable[[str], bool] | None
) -> str | None:
    kind, id = line.subject
    if kind == SETTINGS:
        return NAMING if naming is not None and naming(field) else None
    if kind == TRAINED:
        return NAMING if naming is not None else None
    if kind in (CAMPAIGN, TOOL, AIMS):
        return None  # it stood in channels, or is about a tool or the organisation and no use
    handed_in = kind in (USE, SHEET, DISCUSSION, INCIDENT) and id.partition(":")[0] in uses
    return None if handed_in else NOT_HANDED_IN
