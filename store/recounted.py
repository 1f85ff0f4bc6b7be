"""The lines about one use or incident, each with what it commits to and is still kept: for telling, for no proof.

A text that is not the one the line commits to is not told: whatever was put in its place, nobody sealed it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, or_, select

from store.content import RECORD, WORDS, shaped
from store.discussion import DISCUSSION
from store.incident_owed import INCIDENT
from store.legible import UNREADABLE
from store.records import USE
from store.replaced import is_sealed, told_instead
from store.tables import AuditLineRow, AuditTextRow
from store.trail import record_of

SUBJECTS = (USE, DISCUSSION, INCIDENT)


class Recounted(NamedTuple):
    """`what` is empty where the line itself was changed; of `texts`, None is gone, and `changed` are not as sealed."""

    seq: int
    at: str
    what: str
    actor: str
    detail: Mapping[str, Any]
    texts: Mapping[str, str | None]
    changed: frozenset[str]
    record: Mapping[str, Any]
    seal: str = ""

    def part(self, name: str) -> Mapping[str, Any]:
        """Of its record, by id."""
        part: Mapping[str, Any] = self.record.get(name, {})
        return part


def lines(session: Session, use: str) -> Iterator[Recounted]:
    """Reads the whole trail: nothing to do while others wait to write."""
    marks = (json.dumps([kind, use], separators=(",", ":")) for kind in SUBJECTS)
    about = or_(*(col(AuditLineRow.sealed).contains(f'"subject":{mark}', autoescape=True) for mark in marks))
    found = (
        select(AuditLineRow.seq, AuditLineRow.sealed, AuditLineRow.digest)
        .where(about)
        .order_by(col(AuditLineRow.seq))
    )
    heard = [(seq, record_of(sealed), seal) for seq, sealed, seal in session.exec(found).all()]
    now = told_instead(told for _, told, _ in heard)  # what replaced a text is told of the same subject
    for seq, told, seal in heard:
        if told is None:
            yield Recounted(seq, "", "", "", {}, {}, frozenset(), {})
            continue
        kept = {
            row.field: (row.text, is_sealed(row, told, now))
            for row in session.exec(select(AuditTextRow).where(AuditTextRow.seq == seq))
        }
        texts = {name: kept[name][0] if name in kept and kept[name][1] else None for name in told.texts}
        changed = frozenset(name for name, (_, true) in kept.items() if not true and name in told.texts)
        yield Recounted(
            seq, told.at, told.what, told.actor or "", told.detail, texts, changed, _record(texts), seal
        )


def moment_of(sealed: str) -> datetime | None:
    """When a line says that it was written; None where it cannot be trusted."""
    told = record_of(sealed)
    try:
        return datetime.fromisoformat(told.at) if told else None
    except ValueError:
        return None


def _record(texts: Mapping[str, str | None]) -> Mapping[str, Any]:
    """With the words that are kept apart laid back into it."""
    try:
        record = shaped(json.loads(texts.get(RECORD) or "{}"))
        words = shaped(json.loads(texts.get(WORDS) or "{}"))
    except UNREADABLE:
        return {}
    for name, said in words.items():
        if name not in ("columns", "facts"):
            record[name] = record.get(name, {}) | {
                id: {**record.get(name, {}).get(id, {}), **parts} for id, parts in said.items()
            }
    return record
