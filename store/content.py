"""What a command changed in a record, as one plain value: the trail commits to it, like to any text.

Laid together, these values say how every row of a record must read; store/comparing.py holds the rows against them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from intake.form import Form, Kind
from store.patterns import step_values, values_of
from store.plainly import (
    Plain,
    assignment_of,
    canonical,
    decision_of,
    deployment_of,
    fact_of,
    inquiry_of,
    plain,
    referral_of,
    result_of,
    step_of,
)
from store.reports import report_of
from store.reviews import step_values as review_values
from store.running import appointment_values, move_values, task_values
from store.snoozes import snooze_of
from store.watch import told_of
from triage.case import Case, Status
from triage.desk import Desk
from triage.fingerprint import facts_digest
from triage.verdict import Verdict
from triage.whereabouts import stage_named

RECORD = "record"
"""The field of a line's texts that holds it."""
WORDS = "words_of_record"
"""The field beside it that holds the words in it, which may be erased."""
WORDED = {
    "columns": ("title", "summary"),
    "decisions": ("reason", "would_change"),
    "inquiries": ("question", "answer", "files"),
    "assignments": ("reason",),
    "reports": ("words",),
    "condition_steps": ("link", "words"),
    "pattern_steps": ("reason",),
    "readings": ("reason",),
    "task_steps": ("link", "words"),
    "appointments": ("words",),
    "snoozes": ("reason",),
    "review_steps": ("words",),
}
"""What people wrote freely. Conditions are not of it: they have to be kept, so they have to stay proven."""
ADDED: dict[str, Callable[[Any], dict[str, Plain]]] = {
    "assignments": assignment_of,
    "reports": report_of,
    "condition_steps": step_of,
    "patterns": values_of,
    "pattern_steps": step_values,
    "stage_moves": move_values,
    "task_steps": task_values,
    "appointments": appointment_values,
    "snoozes": snooze_of,
    "review_steps": review_values,
}
"""What is only ever added to a case, by the field that holds it, and how each reads."""


def to_columns(case: Case) -> dict[str, Any]:
    """The use's row, without what every change moves (version, time) and what lines say by themselves (ref, state).

    What a draft is judged for the moment is nothing of the record yet.
    """
    values: dict[str, Any] = {
        "title": case.title,
        "summary": case.words,
        "requester_id": case.requester or None,
        "owner_id": case.owner,
        "unit": case.unit or None,
        "tool_id": case.tool_id,
        "tool_name": case.tool_name or None,
        "stage": stage_named(case) or None,
        "lane": "handed_over" if case.handed_over else ("unclaimed" if case.owner is None else None),
        "created_at": case.created_at,
        "due_at": case.due_at,
        "submitted_at": case.submitted_at,
        "confidential": case.confidential,
        "discovered_via": case.discovered_via,
        "source_map": case.source_map,
        "source_id": case.source_id,
    }
    if case.next_review_on is not None or case.in_use:
        values["next_review_on"] = case.next_review_on
    if case.approved_tier is not None:
        values["tier_final"] = case.approved_tier
    if case.verdict is None or case.status is Status.draft:
        return values
    return values | _bounds(case.verdict)


def _bounds(verdict: Verdict) -> dict[str, Any]:
    eu, tier = verdict.results["eu"], verdict.results["tier"]
    floors = {"eu_floor": str(eu.floor), "tier_floor": int(tier.floor)}
    return floors | {"eu_ceiling": str(eu.ceiling), "tier_ceiling": int(tier.ceiling)}


def changed(before: Case | None, case: Case, desk: Desk) -> dict[str, str]:
    """As sealed, by field: the record, and apart from it the words in it; nothing if nothing of it changed."""
    old = to_columns(before) if before else {}
    now = to_columns(case)
    columns = {name: plain(value) for name, value in now.items() if name not in old or old[name] != value}
    known = before.facts if before else {}
    asked = {i.id for i in before.inquiries} if before else set()
    joined = {d.id for d in before.deployments} if before else set()
    told: dict[str, dict[str, Plain]] = {
        "columns": columns,
        "facts": {q: fact_of(fact) for q, fact in case.facts.items() if known.get(q) != fact},
        "decisions": {
            d.id: decision_of(d) | {"version": case.version}
            for d in case.decisions
            if not before or d not in before.decisions
        },
        "inquiries": {
            i.id: inquiry_of(i) | ({} if i.id in asked else {"version": case.version})
            for i in case.inquiries
            if not before or i not in before.inquiries
        },
        "referrals": {
            r.key: referral_of(r) for r in case.referrals if not before or r not in before.referrals
        },
        "deployments": {
            d.id: deployment_of(d) | ({} if d.id in joined else {"version": case.version})
            for d in case.deployments
            if not before or d not in before.deployments
        },
        **{name: _added(before, case, name) for name in ADDED},
    }
    told |= told_of(before, case)
    words = _taken_out(told, desk.form)
    if case.verdict is not None and judged_anew(before, case):
        version = str(case.version)
        policies = [p.model_dump() for p in case.verdict.policies]
        verdict = case.verdict.model_dump(mode="json", by_alias=True)
        told |= {
            "results": {version: result_of(verdict, facts_digest(case), policies)},
            "forms": {version: desk.form.digest},
            "texts": {version: desk.wording.texts.digest},
        }
    parts = {RECORD: {name: value for name, value in told.items() if value}, WORDS: words}
    if words and not parts[RECORD]:
        parts[RECORD] = {"columns": {}}
    return {name: canonical(value) for name, value in parts.items() if value}


def _added(before: Case | None, case: Case, name: str) -> dict[str, Plain]:
    new = getattr(case, name)[len(getattr(before, name)) if before else 0 :]
    return {each.id: ADDED[name](each) | {"version": case.version} for each in new}


def _taken_out(told: dict[str, dict[str, Plain]], form: Form) -> Plain:
    """What people wrote, moved out of `told`: an erasure of it leaves who, when and what kind proven."""
    words: dict[str, dict[str, Plain]] = defaultdict(dict)
    for name in WORDED["columns"]:
        if name in told["columns"]:
            words["columns"][name] = told["columns"].pop(name)
    for question, fact in told["facts"].items():
        asked = form.by_id.get(question)
        if asked is None or asked.kind is Kind.text:
            words["facts"][question], fact[1] = fact[1], None
    for kind in WORDED.keys() - {"columns"}:
        for id, said in told[kind].items():
            words[kind][id] = {name: said.pop(name) for name in WORDED[kind]}
    return dict(words)


def judged_anew(before: Case | None, case: Case) -> bool:
    """Whether a result is to be kept: drafts are judged for the moment only."""
    if case.verdict is None or case.status is Status.draft:
        return False
    return before is None or before.verdict != case.verdict or before.status is Status.draft


PARTS = {
    **dict.fromkeys(("decisions", "inquiries", "referrals", "deployments", *ADDED), dict),
    **dict.fromkeys(("plans", "measures", "readings"), dict),
    **dict.fromkeys(("results", "forms", "texts"), str),
}
"""What stands under each id in the parts of a record."""
FACT = 5


def shaped(record: Plain) -> dict[str, dict[str, Plain]]:
    """A record as it was read; raises TypeError where it is none."""
    if not isinstance(record, dict) or not all(isinstance(part, dict) for part in record.values()):
        raise TypeError("a record is an object of objects")
    for name, kind in PARTS.items():
        if not all(isinstance(each, kind) for each in record.get(name, {}).values()):
            raise TypeError(f"a part of {name} has another shape")
    if any(isinstance(value, dict | list) for value in record.get("columns", {}).values()):
        raise TypeError("a column holds one plain value")
    return record


def told_facts(record: Mapping[str, Any]) -> dict[str, list[Plain]]:
    """Those of a record, state, picked, by, source and moment each; raises TypeError for any other shape."""
    facts = record.get("facts", {})
    if not all(isinstance(fact, list) and len(fact) == FACT for fact in facts.values()):
        raise TypeError("a fact has another shape")
    return {question: list(fact) for question, fact in facts.items()}
