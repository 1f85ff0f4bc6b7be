"""A register of any size, written in bulk: uses in all states, with results as the rules give them, decisions,
conditions, open asks and a trail. What no digest looks at is left out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from intake.answers import Answer, answered, unsure
from intake.forms import ai_use
from store.columns import to_text
from store.duties import ahead
from store.migrate import migrate
from triage.judge import judge
from triage.organisation import Organisation, to_settings
from triage.policies import standard_book

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
AT_ONCE = 5_000
STATES = (
    ("approved", 40), ("approved_with_conditions", 20), ("in_review", 8), ("needs_info", 3), ("disclosed", 15),
    ("declined", 6), ("lapsed", 3), ("retired", 5),
)  # fmt: skip
HELD = ("approved", "approved_with_conditions")
DECIDED = {
    "approved": "approve",
    "approved_with_conditions": "approve_with_conditions",
    "declined": "decline",
}
DISTINCT = 40
YEAR_HOURS = 365 * 24


def fill(path: Path, count: int, *, trail: bool = True) -> None:
    """A new file; the same one for the same count. Without `trail`, somebody else writes one that is sealed."""
    migrate(f"sqlite:///{path}")
    random = Random(1)
    verdicts = drawn_verdicts(random)
    base = sqlite3.connect(path)
    base.execute("PRAGMA synchronous=OFF")
    base.execute(
        """INSERT INTO person (id, team, slack_user, name, is_bot, deleted, restricted, foreign_team, updated_at)
        VALUES ('P', 'T', 'U', '', 0, 0, 0, 0, ?)""",
        [to_text(NOW)],
    )
    opened = to_text(NOW - timedelta(days=400))
    base.execute("INSERT INTO answer_set VALUES ('S', 'ai-use', 'd', 'use', 'S', ?)", [opened])
    batch: dict[str, list[dict[str, Any]]] = {}
    for number in range(count):
        for table, row in _use(number, random, verdicts):
            batch.setdefault(table, []).append(row)
        if number % AT_ONCE == AT_ONCE - 1 or number == count - 1:
            for table in ("use", "result", "lack", "duty", "decision", "condition", "ask", "audit_line"):
                rows = batch.pop(table, [])
                _write(base, table, rows if trail or table != "audit_line" else [])
            base.commit()
    base.execute("ANALYZE")
    base.commit()
    base.close()


def _write(base: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = ", ".join(rows[0])
        marks = ", ".join(f":{name}" for name in rows[0])
        base.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


class Drawn(NamedTuple):
    """A whole result, the strictest tier that it still allows, and what is kept of it in rows."""

    verdict: str
    tier: int
    lacks: tuple[str, ...]
    duties: tuple[tuple[str, str], ...]


def drawn_verdicts(random: Random) -> list[Drawn]:
    form, book, found = ai_use(), standard_book(), []
    stated = to_settings(Organisation(regions=("eu",)), tool_in_catalogue=False)
    for _ in range(DISTINCT):
        answers: dict[str, Answer] = {
            question.id: answered(random.choice(question.choices).id) if random.random() < 0.8 else unsure()
            for question in form.questions()
            if question.choices and random.random() < 0.9
        }
        verdict = judge(form, book, answers, stated, day=NOW.date())
        owed = ahead((*verdict.duties_today, *verdict.duties_coming), verdict.day)
        found.append(
            Drawn(
                verdict.model_dump_json(),
                int(verdict.results["tier"].ceiling),
                tuple(sorted({gap.question for gap in verdict.gaps})),
                tuple(sorted({(duty, begins.isoformat()) for begins, duty in owed})),
            )
        )
    return found


def _use(number: int, random: Random, verdicts: list[Drawn]) -> Iterator[tuple[str, dict[str, Any]]]:
    id = f"{number:032x}"
    (state,) = random.choices([name for name, _ in STATES], [weight for _, weight in STATES])
    drawn = random.choice(verdicts)
    asked = NOW - timedelta(hours=random.uniform(1, YEAR_HOURS))
    done = min(asked + timedelta(hours=random.expovariate(1 / 40)), NOW)
    imported = state == "disclosed"
    yield "use", {
        "id": id, "ref": f"AIU-2026-{number:07}", "title": "Something of ours", "summary": "", "state": state,
        "requester_id": None if imported else "P", "owner_id": "P" if random.random() < 0.9 else None,
        "unit": random.choice(("Sales", "People", None)), "tool_id": None, "tier_floor": 1, "tier_ceiling": drawn.tier,
        "eu_floor": "minimal", "eu_ceiling": "high", "submitted_at": None if imported else to_text(asked),
        "due_at": to_text(asked + timedelta(days=7)) if state in ("in_review", "needs_info") else None,
        "source_map": "m" if imported else None, "source_id": id if imported else None,
        "confidential": int(random.random() < 0.02), "version": 2, "created_at": to_text(asked),
        "updated_at": to_text(done),
    }  # fmt: skip
    yield "result", {
        "id": id, "subject_kind": "use", "subject_id": id, "answer_set_id": "S", "facts_digest": "0",
        "policies": "[]", "verdict": drawn.verdict, "version": 1, "judged_at": to_text(asked),
    }  # fmt: skip
    for fact in drawn.lacks:
        yield "lack", {"use_id": id, "fact": fact}
    for duty, begins in drawn.duties:
        yield "duty", {"use_id": id, "duty": duty, "begins": begins}
    yield "audit_line", _line(2 * number + 1, id, asked, "case.recorded", "in_review")
    yield "audit_line", _line(2 * number + 2, id, done, "case.decided", state)
    if state in DECIDED:
        yield "decision", {
            "id": id, "subject_kind": "use", "subject_id": id, "subject_version": 2, "kind": DECIDED[state],
            "outcome": state, "reason": "", "policies": "[]", "decided_at": to_text(done), "detail": "{}",
        }  # fmt: skip
    if state == "approved_with_conditions":
        due = (done + timedelta(days=random.choice((30, 90, 400)))).date().isoformat()
        yield "condition", {
            "id": f"{id}:001", "decision_id": id, "use_id": id, "text": "Tell people", "due_on": due, "state": "open",
        }  # fmt: skip
    if state in ("in_review", "needs_info"):
        role = random.choice(("reviewer", "risk_owner", "privacy"))
        yield (
            "ask",
            {"use_id": id, "kind": "yes", "seat": role, "role": role, "rank": 0, "later": 0, "out": "[]"},
        )


def _line(seq: int, use: str, at: datetime, what: str, status: str) -> dict[str, Any]:
    """Of the shape of a sealed one; its seals are made up."""
    told = {
        "actor": "P", "at": to_text(at), "detail": {"ref": use, "status": status}, "previous": f"{seq - 1:064x}",
        "seq": seq, "subject": ["use", use], "texts": {"record": "0" * 64}, "what": what, "seal": f"{seq:064x}",
    }  # fmt: skip
    sealed = json.dumps(told, separators=(",", ":"))
    return {"seq": seq, "sealed": sealed, "previous": f"{seq - 1:064x}", "digest": f"{seq:064x}"}
