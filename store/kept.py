"""Every row of the register that the trail tells of, in the form in which it tells it; whatever its cells hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlmodel import Session

from store.conditions import term_of
from store.legible import Cells, rows
from store.plainly import Plain
from store.records import USE
from store.sheets import SHEET


class Answered(NamedTuple):
    """A fact as the trail has it: state, picked, by, source, said at."""

    question: str
    recorded_at: str
    says: list[Plain]


class Kept:
    """By use; facts in the order in which they count."""

    def __init__(self, session: Session) -> None:
        self.uses = sorted(rows(session, "use"), key=lambda row: (row["ref"] or "", row["id"]))
        self.facts, self.results = _judged(session, USE)
        self.inquiries: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "inquiry"):
            self.inquiries[row["use_id"]][row["id"]] = row | {
                name: row[name] or "" for name in ("answer", "files")
            }
        self.referrals: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "referral"):
            self.referrals[row["use_id"]][row["id"].removeprefix(f"{row['use_id']}:")] = row
        self.assignments: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "assignment"):
            self.assignments[row["use_id"]][row["id"]] = row
        self.reports: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "report"):
            self.reports[row["use_id"]][row["id"]] = row
        self.readers: dict[str, set[str]] = defaultdict(set)
        for row in rows(session, "reader"):
            self.readers[row["use_id"]].add(row["person_id"])
        self.deployments: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "deployment"):
            self.deployments[row["use_id"]][row["id"]] = row
        self.condition_steps: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "condition_step"):
            said = {name: row[name] or "" for name in ("link", "words")}
            self.condition_steps[row["use_id"]][row["id"]] = row | said
        self.patterns: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "pattern"):
            self.patterns[row["use_id"]][row["id"]] = row
        self.pattern_steps: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "pattern_step"):
            self.pattern_steps[row["use_id"]][row["id"]] = row | {"reason": row["reason"] or ""}
        self.plans: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "plan"):
            self.plans[row["use_id"]][row["id"]] = row
        self.measures: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "measure"):
            self.measures[row["use_id"]][row["id"]] = row
        self.readings: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "reading"):
            said = {name: row[name] or "" for name in ("value", "reason")}
            self.readings[row["use_id"]][row["id"]] = row | said
        self.stage_moves: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "stage_move"):
            self.stage_moves[row["use_id"]][row["id"]] = row
        self.task_steps: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "task_step"):
            said = {name: row[name] or "" for name in ("link", "words")}
            self.task_steps[row["use_id"]][row["id"]] = row | said
        self.appointments: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "appointment"):
            self.appointments[row["use_id"]][row["id"]] = row | {"words": row["words"] or ""}
        self.snoozes: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "snooze"):
            self.snoozes[row["use_id"]][row["id"]] = row
        self.review_steps: dict[str, dict[str, Cells]] = defaultdict(dict)
        for row in rows(session, "review_step"):
            self.review_steps[row["use_id"]][row["id"]] = row | {"words": row["words"] or ""}
        self.lacks: dict[str, set[str]] = defaultdict(set)
        for row in rows(session, "lack"):
            self.lacks[row["use_id"]].add(row["fact"])
        self.duties: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in rows(session, "duty"):
            self.duties[row["use_id"]].add((row["duty"], str(row["begins"])))
        self.decisions = _decisions(session)


Facts = dict[str, list[Answered]]
Results = dict[str, dict[str, Cells]]


def kept_of_sheets(session: Session) -> tuple[Facts, Results]:
    """By sheet, as for uses."""
    return _judged(session, SHEET)


def _judged(session: Session, kind: str) -> tuple[Facts, Results]:
    """The facts of each subject of this kind, and its results by version."""
    sets = {row["id"]: row for row in rows(session, "answer_set") if row["subject_kind"] == kind}
    facts: Facts = defaultdict(list)
    for row in rows(session, "fact", by="id"):
        if (of := sets.get(row["answer_set_id"])) is not None:
            facts[of["subject_id"]].append(_answered(row))
    results: Results = defaultdict(dict)
    for row in rows(session, "result", subject_kind=kind):
        form = sets.get(row["answer_set_id"], {}).get("form_digest", "")
        version, of = str(row["version"]), results[row["subject_id"]]
        of[version if version not in of else f"{version} ({row['id']})"] = row | {"form_digest": form}
    return facts, results


def _answered(row: Cells) -> Answered:
    says = [row["state"], row["value"] or [], row["contributor"], row["source"], row["said_at"]]
    return Answered(row["question"], row["recorded_at"], says)


def facts_by_question(facts: Iterable[Answered]) -> dict[str, list[tuple[str, Plain]]]:
    found: dict[str, list[tuple[str, Plain]]] = defaultdict(list)
    for fact in facts:
        found[fact.question].append((fact.recorded_at, fact.says))
    return found


def _decisions(session: Session) -> dict[str, dict[str, Cells]]:
    signed: dict[str, list[list[str]]] = defaultdict(list)
    for row in rows(session, "signature"):
        signed[row["decision_id"]].append([row["person_id"], row["role"], row["signed_at"]])
    conditions: dict[str, list[Cells]] = defaultdict(list)
    for row in rows(session, "condition", by="id"):
        conditions[row["decision_id"]].append(row)
    found: dict[str, dict[str, Cells]] = defaultdict(dict)
    for row in rows(session, "decision", subject_kind=USE):
        id, detail = row["id"], row["detail"]
        found[row["subject_id"]][id] = row | {
            "would_change": detail.get("would_change", "") if isinstance(detail, dict) else detail,
            "basis": detail.get("basis") if isinstance(detail, dict) else None,
            "seat": detail.get("seat", "") if isinstance(detail, dict) else "",
            "result": detail.get("result", "") if isinstance(detail, dict) else "",
            "under": detail.get("under") if isinstance(detail, dict) else None,
            "delegated": detail.get("delegated") if isinstance(detail, dict) else None,
            "rests_on": detail.get("rests_on", []) if isinstance(detail, dict) else [],
            "asked_for": (asked := detail.get("asked_for", []) if isinstance(detail, dict) else []),
            "facts_digest": row["facts_digest"] or "",
            "at": row["decided_at"],
            "version": row["subject_version"],
            "signatures": sorted(signed[id]),
            "terms": _terms(detail, conditions[id]),
            "conditions": [condition["text"] for condition in conditions[id]] or asked,
            "condition_rows": conditions[id],
        }
    return found


def _terms(detail: Plain, conditions: Iterable[Cells]) -> list[Plain]:
    """What its conditions are bound to, as its line has it."""
    asked = detail.get("terms") if isinstance(detail, dict) else None
    terms = [term_of(row["due_on"], row["question"], row["otherwise"]) for row in conditions]
    return asked or (terms if any(any(term.values()) for term in terms) else [])


def result_then(decision: Cells, results: Iterable[Cells]) -> Cells | None:
    """The one that stood when a decision was made."""
    then = [result for result in results if result["version"] <= decision["version"]]
    return max(then, key=lambda result: (int(result["version"]), result["judged_at"]), default=None)
