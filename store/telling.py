"""What the trail says of each use: its state and, where its lines hold records, all that stands in the register."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_
from sqlmodel import Session, col, select

from store.columns import to_text
from store.content import RECORD, Plain
from store.records import USE
from store.tables import AuditLineRow, AuditTextRow
from store.trail import read, sha256

AT_ONCE = 500
Given = tuple[str, Plain]
"""When a row was recorded, and what it says."""


@dataclass
class Told:
    """One use as the trail has it. `silent`: the moments of which it does not say what was recorded."""

    state: str | None = None
    ref: str | None = None
    at: str = ""
    columns: dict[str, Plain] = field(default_factory=dict)
    facts: dict[str, list[Given]] = field(default_factory=lambda: defaultdict(list))
    decisions: dict[str, Plain] = field(default_factory=dict)
    inquiries: dict[str, Plain] = field(default_factory=dict)
    results: dict[str, Plain] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)

    def hear(self, at: str, detail: Mapping[str, Any]) -> None:
        self.at = at
        self.state, self.ref = detail.get("status", self.state), detail.get("ref", self.ref)

    def learn(self, at: str, record: Mapping[str, Any]) -> None:
        self.columns |= record.get("columns", {})
        for question, fact in record.get("facts", {}).items():
            self.facts[question].append((at, fact))
        self.decisions |= record.get("decisions", {})
        self.inquiries |= record.get("inquiries", {})
        self.results |= record.get("results", {})


def told(session: Session, *, until: datetime | None = None) -> dict[str, Told]:
    """What lines that are true, with texts that are those they commit to, say of each use; `until`: said by then."""
    last = to_text(until) if until else None
    beside = and_(col(AuditTextRow.seq) == AuditLineRow.seq, col(AuditTextRow.field) == RECORD)
    lines = (
        select(AuditLineRow.sealed, AuditTextRow.salt, AuditTextRow.text)
        .join(AuditTextRow, beside, isouter=True)
        .order_by(col(AuditLineRow.seq))
    )
    uses: dict[str, Told] = defaultdict(Told)
    began = False
    for sealed, salt, text in session.exec(lines.execution_options(yield_per=AT_ONCE)):
        if not read(sealed).true:
            continue
        line = json.loads(sealed)
        kind, use = line["subject"]
        if kind != USE or (last is not None and line["at"] > last):
            continue
        uses[use].hear(line["at"], line["detail"])
        committed = line["texts"].get(RECORD)
        began = began or committed is not None
        if committed is not None and text is not None and sha256(salt + text) == committed:
            uses[use].learn(line["at"], json.loads(text))
        elif committed is not None or not began:
            uses[use].silent.add(line["at"])
    return uses
