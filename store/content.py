"""What a command changed in a record, as one plain value: the trail commits to it, like to any text.

Laid together, these values say how every row of a record must read; store/comparing.py holds the rows against them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from intake.form import Form, Kind
from store.columns import to_text
from store.patterns import step_values, values_of
from store.reports import report_of
from store.trail import sha256
from triage.case import Assignment, Case, Decision, Deployment, Fact, Inquiry, Referral, Status
from triage.desk import Desk
from triage.fingerprint import facts_digest
from triage.steps import ConditionStep
from triage.verdict import Verdict

RECORD = "record"
"""The field of a line's texts that holds it."""
WORDS = "words_of_record"
"""The field beside it that holds the words in it, which may be erased."""
WORDED = {
    "columns": ("title", "summary"),
    "decisions": ("reason", "would_change"),
    "inquiries": ("question", "answer"),
    "assignments": ("reason",),
    "reports": ("words",),
    "condition_steps": ("link", "words"),
    "pattern_steps": ("reason",),
}
"""What people wrote freely. Conditions are not of it: they have to be kept, so they have to stay proven."""

Plain = Any


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
        "stage": case.facts["stage"].answer.text if "stage" in case.facts else None,
        "lane": "handed_over" if case.handed_over else ("unclaimed" if case.owner is None else None),
        "created_at": case.created_at,
        "due_at": case.due_at,
        "submitted_at": case.submitted_at,
        "confidential": case.confidential,
        "discovered_via": case.discovered_via,
        "source_map": case.source_map,
        "source_id": case.source_id,
    }
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
        "assignments": {
            a.id: assignment_of(a) | {"version": case.version}
            for a in case.assignments[len(before.assignments) if before else 0 :]
        },
        "reports": {
            r.id: report_of(r) | {"version": case.version}
            for r in case.reports[len(before.reports) if before else 0 :]
        },
        "condition_steps": {
            s.id: step_of(s) | {"version": case.version}
            for s in case.condition_steps[len(before.condition_steps) if before else 0 :]
        },
        "patterns": {
            p.id: values_of(p) | {"version": case.version}
            for p in case.patterns[len(before.patterns) if before else 0 :]
        },
        "pattern_steps": {
            s.id: step_values(s) | {"version": case.version}
            for s in case.pattern_steps[len(before.pattern_steps) if before else 0 :]
        },
        "deployments": {
            d.id: deployment_of(d) | ({} if d.id in joined else {"version": case.version})
            for d in case.deployments
            if not before or d not in before.deployments
        },
    }
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
    for kind in ("decisions", "inquiries", "assignments", "reports", "condition_steps", "pattern_steps"):
        for id, said in told[kind].items():
            words[kind][id] = {name: said.pop(name) for name in WORDED[kind]}
    return dict(words)


def judged_anew(before: Case | None, case: Case) -> bool:
    """Whether a result is to be kept: drafts are judged for the moment only."""
    if case.verdict is None or case.status is Status.draft:
        return False
    return before is None or before.verdict != case.verdict or before.status is Status.draft


def fact_of(fact: Fact) -> Plain:
    return [fact.answer.state.value, list(fact.answer.picked), fact.by, fact.source.value, to_text(fact.at)]


def decision_of(decision: Decision) -> dict[str, Plain]:
    """`basis`, `seat`, `valid_until` and what it rests on stand only where there are any: lines are older than they."""
    only: dict[str, Plain] = {"basis": decision.basis.model_dump(mode="json")} if decision.basis else {}
    only |= {"seat": decision.seat} if decision.seat else {}
    only |= {"result": decision.result} if decision.result else {}
    only |= {"rests_on": list(decision.rests_on)} if decision.rests_on else {}
    only |= {"under": decision.under.model_dump(mode="json")} if decision.under else {}
    only |= {"valid_until": decision.valid_until.isoformat()} if decision.valid_until else {}
    only |= {"terms": [term.model_dump(mode="json") for term in decision.terms]} if decision.terms else {}
    return only | {
        "kind": decision.kind.value,
        "reason": decision.reason,
        "conditions": list(decision.conditions),
        "would_change": decision.would_change,
        "signatures": sorted([s.person, s.role, to_text(s.at)] for s in decision.signatures),
        "facts_digest": decision.facts_digest,
        "policies": list(decision.policies),
        "at": to_text(decision.at),
    }


def inquiry_of(inquiry: Inquiry) -> dict[str, Plain]:
    return {
        "asked_by": inquiry.asked_by,
        "question": inquiry.question,
        "asked_at": to_text(inquiry.asked_at),
        "answered_by": inquiry.answered_by,
        "answer": inquiry.answer,
        "answered_at": plain(inquiry.answered_at),
    }


def referral_of(referral: Referral) -> dict[str, Plain]:
    return {
        "number": referral.number,
        "question": referral.question,
        "role": referral.role,
        "instead_of": referral.instead_of,
        "asked_at": to_text(referral.asked_at),
        "state": referral.state,
        "by": referral.by,
        "closed_at": plain(referral.closed_at),
    }


def assignment_of(assignment: Assignment) -> dict[str, Plain]:
    return {
        "kind": assignment.kind,
        "person_id": assignment.person,
        "by": assignment.by,
        "at": to_text(assignment.at),
        "reason": assignment.reason,
    }


def step_of(step: ConditionStep) -> dict[str, Plain]:
    return {
        "condition_id": f"{step.decision}:{step.number:03}",
        "kind": step.kind,
        "by": step.by or None,
        "at": to_text(step.at),
        "link": step.link,
        "words": step.words,
    }


def deployment_of(joined: Deployment) -> dict[str, Plain]:
    return {
        "unit": joined.unit or None,
        "place": None,
        "since": joined.joined_at.date().isoformat(),
        "owner_id": joined.owner,
        "joined_at": to_text(joined.joined_at),
        "accepted": joined.accepted or None,
        "terms_acknowledged_at": plain(joined.accepted_at),
        "left_at": plain(joined.left_at),
    }


def result_of(verdict: Plain, digest: str, policies: Plain) -> str:
    """A verdict is long, and all of it follows from facts and rules: its digest is enough."""
    return sha256(canonical([verdict, digest, policies]))


def plain(value: Any) -> Plain:
    return to_text(value) if isinstance(value, datetime) else value


PARTS = {
    "reports": dict,
    **dict.fromkeys(
        ("decisions", "inquiries", "referrals", "assignments", "deployments", "condition_steps"), dict
    ),
    **dict.fromkeys(("patterns", "pattern_steps"), dict),
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


def canonical(value: Plain) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
