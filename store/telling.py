"""What the trail says of each use: its state and, where its lines hold records, all that stands in the register."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as alchemy
from sqlalchemy import and_
from sqlmodel import Session, col

from store.columns import to_text
from store.content import RECORD, WORDED, WORDS, shaped, told_facts
from store.legible import UNREADABLE
from store.plainly import Plain
from store.records import USE
from store.replaced import instead, place_of
from store.tables import AuditLineRow, AuditTextRow
from store.trail import Record, record_of, sha256

AT_ONCE = 500
LONGEST = 10
"""Digits of a version; a record may call anything one."""
FIXED = frozenset({"requester_id", "created_at"})
"""Columns of a use that no later line changes: what was told of them holds whatever was erased since."""
ANSWERED = ("answer", "files")
"""What only an answer brings to an inquiry."""
STATED = ("eu_floor", "eu_ceiling", "tier_floor", "tier_ceiling")
"""Columns that a line states by itself, beside its record."""
NAMING = frozenset(
    {"step", "appointment", "move", "assignment", "report", "plan", "pattern", "tasks", "snooze"}
)
"""Words in a line's detail by which it names a row, or rows, of its use."""
Given = tuple[str, Plain]
"""When a row was recorded, and what it says."""


class DecidedBy(NamedTuple):
    """The line that tells of a decision, and whose use it was then.

    `bound`: lines commit to records by then; `worded`: they hold the words of those apart, too; `owned`: they say who
    owned it then.
    """

    line: Record
    requester: str | None
    owner: str | None
    bound: bool
    worded: bool
    owned: bool


@dataclass
class Told:
    """One use as the trail has it. `silent`: the moments of which it does not say what was recorded.

    `erased`: lines, and the field of each, whose content is gone (`gone`: their moments); `odd`: lines whose content
    nobody can read. `replaced`: those in which a pseudonym stands for a name.
    `lines`: all of them since they commit to records; `worded`: words that are left without a record.
    """

    state: str | None = None
    ref: str | None = None
    at: str = ""
    columns: dict[str, Plain] = field(default_factory=dict)
    facts: dict[str, list[Given]] = field(default_factory=lambda: defaultdict(list))
    decisions: dict[str, dict[str, Plain]] = field(default_factory=dict)
    inquiries: dict[str, dict[str, Plain]] = field(default_factory=dict)
    referrals: dict[str, dict[str, Plain]] = field(default_factory=dict)
    assignments: dict[str, dict[str, Plain]] = field(default_factory=dict)
    reports: dict[str, dict[str, Plain]] = field(default_factory=dict)
    deployments: dict[str, dict[str, Plain]] = field(default_factory=dict)
    condition_steps: dict[str, dict[str, Plain]] = field(default_factory=dict)
    patterns: dict[str, dict[str, Plain]] = field(default_factory=dict)
    pattern_steps: dict[str, dict[str, Plain]] = field(default_factory=dict)
    plans: dict[str, dict[str, Plain]] = field(default_factory=dict)
    measures: dict[str, dict[str, Plain]] = field(default_factory=dict)
    readings: dict[str, dict[str, Plain]] = field(default_factory=dict)
    stage_moves: dict[str, dict[str, Plain]] = field(default_factory=dict)
    task_steps: dict[str, dict[str, Plain]] = field(default_factory=dict)
    appointments: dict[str, dict[str, Plain]] = field(default_factory=dict)
    snoozes: dict[str, dict[str, Plain]] = field(default_factory=dict)
    review_steps: dict[str, dict[str, Plain]] = field(default_factory=dict)
    results: dict[str, Given] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    decided: dict[str, DecidedBy] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    lines: list[Record] = field(default_factory=list)
    worded: list[tuple[int, dict[str, dict[str, Plain]]]] = field(default_factory=list)
    erased: list[tuple[int, str]] = field(default_factory=list)
    replaced: list[tuple[int, str]] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether its lines commit to records from the first on, and no record was erased: what none says is not so."""
        return "created_at" in self.columns and all(name != RECORD for _, name in self.erased)

    @property
    def version(self) -> int:
        """The last that any of its records names; the use may be further."""
        named = [int(each) for each in self.results if each.isdecimal() and len(each) < LONGEST]
        said = [each.get("version") for each in (*self.decisions.values(), *self.inquiries.values())]
        return max((each for each in (*named, *said) if type(each) is int), default=0)

    def hear(self, line: Record, *, bound: bool, worded: bool) -> None:
        detail, self.at = line.detail, line.at
        self.state, self.ref = _word(detail, "status", self.state), _word(detail, "ref", self.ref)
        if "decision" in detail:
            whose = (self.columns.get("requester_id"), self.columns.get("owner_id"))
            owned = "owner_id" in self.columns
            self.decided[str(detail["decision"])] = DecidedBy(line, *whose, bound, worded, owned)

    def learn(self, at: str, record: Mapping[str, Any]) -> None:
        facts = told_facts(record)
        self.columns |= record.get("columns", {})
        for question, fact in facts.items():
            self.facts[question].append((at, fact))
        for id, said in record.get("decisions", {}).items():
            self.decisions[id] = dict(said)
        for id, said in record.get("inquiries", {}).items():
            known = self.inquiries.get(id, {})
            kept = {name: part for name, part in known.items() if name not in ANSWERED}
            self.inquiries[id] = {"files": ""} | kept | said
        self.referrals |= {key: dict(said) for key, said in record.get("referrals", {}).items()}
        self.assignments |= {id: dict(said) for id, said in record.get("assignments", {}).items()}
        self.reports |= {id: dict(said) for id, said in record.get("reports", {}).items()}
        self.condition_steps |= {id: dict(said) for id, said in record.get("condition_steps", {}).items()}
        self.patterns |= {id: dict(said) for id, said in record.get("patterns", {}).items()}
        self.pattern_steps |= {id: dict(said) for id, said in record.get("pattern_steps", {}).items()}
        for mine, part in ((self.plans, "plans"), (self.measures, "measures"), (self.readings, "readings")):
            mine |= {id: dict(said) for id, said in record.get(part, {}).items()}
        self.stage_moves |= {id: dict(said) for id, said in record.get("stage_moves", {}).items()}
        self.task_steps |= {id: dict(said) for id, said in record.get("task_steps", {}).items()}
        self.appointments |= {id: dict(said) for id, said in record.get("appointments", {}).items()}
        self.snoozes |= {id: dict(said) for id, said in record.get("snoozes", {}).items()}
        self.review_steps |= {id: dict(said) for id, said in record.get("review_steps", {}).items()}
        for id, said in record.get("deployments", {}).items():
            self.deployments[id] = self.deployments.get(id, {}) | said
        self.results |= {version: (at, said) for version, said in record.get("results", {}).items()}
        self.forms |= record.get("forms", {})
        self.texts |= record.get("texts", {})

    def read(self, words: Mapping[str, Any]) -> None:
        """What belongs to the record that was just learned."""
        self.columns |= words.get("columns", {})
        for question, picked in words.get("facts", {}).items():
            self.facts[question][-1][1][1] = picked
        worded = {"decisions": self.decisions, "inquiries": self.inquiries, "assignments": self.assignments}
        worded |= {"reports": self.reports, "readings": self.readings}
        worded |= {"condition_steps": self.condition_steps, "pattern_steps": self.pattern_steps}
        worded |= {"review_steps": self.review_steps}
        worded |= {"task_steps": self.task_steps, "appointments": self.appointments}
        worded |= {"snoozes": self.snoozes}
        for said, mine in worded.items():
            for id, parts in words.get(said, {}).items():
                mine[id] |= parts

    def forget(self, what: str) -> None:
        """What a line changed and cannot tell any more is not held against what was told before it."""
        for column in WORDED["columns"] if what == WORDS else tuple(self.columns.keys() - FIXED):
            self.columns.pop(column, None)
        if what == RECORD:  # it may have brought the answer to a question that was open
            _leave_open(self.inquiries, "answered_at", "answered_by", *ANSWERED)
            _leave_open(self.referrals, "closed_at", "by", "state")
            _leave_open(self.deployments, "left_at", "accepted", "terms_acknowledged_at")

    def restate(self, detail: Mapping[str, Any]) -> None:
        """What the line itself says of the results stays sealed, whatever was erased beside it."""
        self.columns |= {name: detail[name] for name in STATED if name in detail}


def _leave_open(asked: Mapping[str, dict[str, Plain]], until: str, *more: str) -> None:
    for said in asked.values():
        if said.get(until) is None:
            for name in (until, *more):
                said.pop(name, None)


def _word(detail: Mapping[str, Any], name: str, before: str | None) -> str | None:
    said = detail.get(name)
    return said if isinstance(said, str) else before


def told(
    session: Session, *, until: datetime | None = None, of: str = USE, only: str | None = None
) -> dict[str, Told]:
    """What lines that are true, with texts that are those they commit to, say of each use; `until`: said by then.

    `of`: of another kind of subject instead; `only`: of one of them.
    """
    last = to_text(until) if until else None
    uses: dict[str, Told] = defaultdict(Told)
    began = worded = False
    for line, kept in lines(session):
        kind, use = line.subject
        if kind != of or (last is not None and line.at > last):
            continue
        began, worded = began or RECORD in line.texts, worded or WORDS in line.texts
        if only is not None and use != only:
            continue
        uses[use].hear(line, bound=began, worded=worded)
        if began and line.detail.keys() & NAMING:
            uses[use].lines.append(line)
        if not began or (RECORD in line.texts and RECORD not in kept):
            uses[use].silent.add(line.at)
        _take(uses[use], line, kept)
    return uses


def _take(use: Told, line: Record, kept: Mapping[str, str]) -> None:
    if (place := place_of(line)) is not None and place[1] in (RECORD, WORDS):
        use.replaced.append(place)
    gone = [name for name in (RECORD, WORDS) if name in line.texts and name not in kept]
    for name in gone:
        use.erased.append((line.seq, name))
        use.forget(name)
        use.gone |= {line.at} if name == RECORD else set()
    try:
        words = shaped(json.loads(kept.get(WORDS, "{}")))
        if RECORD in kept:
            use.learn(line.at, shaped(json.loads(kept[RECORD])))
            use.read(words)
        elif words:
            use.columns |= words.get("columns", {})
            use.worded.append((line.seq, words))
    except UNREADABLE:
        use.odd.append(line.seq)
    if RECORD in line.texts:  # a line from before records commits to no row
        use.restate(line.detail)


def lines(session: Session) -> Iterator[tuple[Record, dict[str, str]]]:
    """Each true line with what is kept of its record and is what it commits to."""
    beside = and_(col(AuditTextRow.seq) == AuditLineRow.seq, col(AuditTextRow.field).in_((RECORD, WORDS)))
    line, text = AuditLineRow, AuditTextRow
    lines = (
        alchemy.select(col(line.seq), col(line.sealed), col(text.field), col(text.salt), col(text.text))
        .join(text, beside, isouter=True)
        .order_by(col(line.seq))
    )
    told: Record | None = None
    now = instead(session)
    at, kept = None, dict[str, str]()
    for seq, sealed, name, salt, body in session.connection().execute(
        lines.execution_options(yield_per=AT_ONCE)
    ):
        if seq != at:
            if told is not None:
                yield told, kept
            at, told, kept = seq, record_of(sealed), {}
        if (
            told is not None
            and name is not None
            and sha256(salt + body) == now.get((seq, name), told.texts.get(name))
        ):
            kept[name] = body
    if told is not None:
        yield told, kept
