"""Records as they are written to files: plain values, opaque ids, cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from unicodedata import category, normalize

from bot.cli.judge import to_line
from intake.answers import State
from intake.check import UNSURE_WORD
from intake.form import Form, Kind
from intake.steering import STEERING, to_json
from store.extract import Worded
from triage.case import Assignment, Case, Decision, Deployment, Fact, Inquiry, Referral, Report
from triage.own import OWN
from triage.plan import Measurement, Plan
from triage.policies import OPTIONAL
from triage.rules import NOT_DECIDED, PRACTICE_EXCEPTED, TIER_DECIDED
from triage.succeeding import next_after

Plain = dict[str, Any]

END_OF_ROW = "\r\n"  # as RFC 4180 has it; with it, a cell that holds either is put in quotation marks
AFTER_A_SEPARATOR = re.compile(r"([;\t]\s*)(?=[=+\-@])")
"""Where a spreadsheet of another country splits at semicolons or tabs, what follows them begins a cell."""
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")
UNSEEN = "CZM"  # control and format characters, spaces, marks: a spreadsheet may pass over them
USE_COLUMNS = (
    "ref",
    "source_map",
    "source_id",
    "title",
    "state",
    "unit",
    "tool",
    "owner",
    "requester",
    "discovered_via",
    "confidential",
    "created_at",
    "submitted_at",
    "due_at",
    "summary",
    "form_digest",
    "texts_digest",
    "eu",
    "tier",
    "dpia",
    "iso_impact",
    "facts",
    "results",
    "decisions",
)
DECISION_COLUMNS = (
    "id",
    "ref",
    "kind",
    "reason",
    "conditions",
    "would_change",
    "signatures",
    "facts_digest",
    "policies",
    "at",
    "basis",
    "valid_until",
    "superseded_by",
    *("terms", "seat", "rests_on", "result", "under", "delegated"),
)
PERSON_COLUMNS = ("id", "team", "slack_user", "name")
INQUIRY_COLUMNS = (
    "ref",
    "id",
    "asked_by",
    "question",
    "asked_at",
    "answered_by",
    "answer",
    "files",
    "answered_at",
)
REFERRAL_COLUMNS = (
    *("ref", "number", "question", "role", "instead_of", "asked_at", "state", "by", "closed_at"),
)
ASSIGNMENT_COLUMNS = ("ref", "id", "kind", "person", "by", "at", "reason")
REPORT_COLUMNS = ("ref", "id", "by", "at", "words")
PLAN_COLUMNS = ("ref", "id", "by", "at", "measures", "every", "monitor")
READING_COLUMNS = (
    "ref",
    "id",
    "plan",
    "by",
    "at",
    "measure",
    "name",
    "unit",
    "side",
    "limit",
    "value",
    "reason",
)
DEPLOYMENT_COLUMNS = ("ref", "id", "unit", "owner", "joined_at", "accepted", "accepted_at", "left_at")
HISTORY_COLUMNS = ("ref", "source_id", "question", "state", "value", "by", "at", "from", "recorded_at")
SETTING_COLUMNS = ("key", "value", "changed_by", "changed_at")
SETTING_HISTORY_COLUMNS = ("line", "at", "key", "value", "changed_by")
CONDITION_COLUMNS = (
    *("ref", "decision", "id", "text", "state", "owner", "due_on", "check", "otherwise"),
    *("evidence", "shows", "handed_in_by", "handed_in_at", "looked_at_by"),
)
SHEET_COLUMNS = (
    "ref",
    "form",
    "form_digest",
    "policies",
    "version",
    "judged_at",
    "facts_digest",
    "result",
)
SHEET_HISTORY_COLUMNS = ("ref", "form", "question", "state", "value", "by", "at", "from", "recorded_at")
WORDING_COLUMNS = ("digest", "kind", "name", "version", "first_seen", "body")

SETTLED = (TIER_DECIDED, PRACTICE_EXCEPTED)


def veiled(use: Plain) -> Plain:
    """Of a confidential one its reference and its tier, and that it is one."""
    results = {"tier": use["results"]["tier"]} if use["results"] else None
    return dict.fromkeys(use) | {"ref": use["ref"], "confidential": True, "results": results}


def to_use(case: Case, form: Form, worded: Worded) -> Plain:
    """`by`, `owner` and `requester` are opaque ids; `from` says where a fact came from."""
    return {
        "ref": case.ref,
        "source_map": case.source_map,
        "source_id": case.source_id,
        "title": case.title,
        "state": case.status.value,
        "unit": case.unit or None,
        "tool": {"id": case.tool_id, "name": case.tool_name} if case.tool_name else None,
        "owner": case.owner,
        "requester": case.requester or None,
        "discovered_via": case.discovered_via,
        "confidential": case.confidential,
        "created_at": case.created_at.isoformat(),
        "submitted_at": case.submitted_at.isoformat() if case.submitted_at else None,
        "due_at": case.due_at.isoformat() if case.due_at else None,
        "summary": case.words,
        "form_digest": worded.form,
        "texts_digest": worded.texts,
        "facts": {question: _fact(fact, form) for question, fact in sorted(case.facts.items())},
        "results": to_line(case.verdict) if case.verdict else None,
        "decisions": [to_decision(decision, case) for decision in case.decisions],
    }


def to_question(case: Case, form: Form) -> Plain | None:
    """What `steward judge` was asked for the latest result: the same rules give the same result again."""
    verdict = case.verdict
    if verdict is None or not verdict.stated:
        return None
    told = verdict.stated
    organisation: Plain = {"regions": list(told.get("regions", ()))}
    organisation |= {
        name: told[name][0] == "yes" for name in ("public_body", "works_council") if name in told
    }
    optional = [used.name for used in verdict.policies if used.name in OPTIONAL]
    if "sector" in told:
        organisation["sector"] = told["sector"][0]
    return {
        "id": case.ref or case.source_id or case.id,
        "answers": {q: _asked(fact, form) for q, fact in sorted(case.facts.items()) if _counts(fact, form)},
        "day": verdict.day.isoformat(),
        "organisation": organisation,
        "tool_in_catalogue": told.get("tool_in_catalogue") == ("yes",),
        "rebuttal_signatures": int(told.get("signatures", ("0",))[0]),
        **{name: list(told[name]) for name in SETTLED if told.get(name, NOT_DECIDED) != NOT_DECIDED},
        **({"optional_policies": optional} if optional else {}),
        "own_rules": next((used.digest for used in verdict.policies if used.name == OWN), None),
    }


def _counts(fact: Fact, form: Form) -> bool:
    return fact.question in form.by_id and fact.answer.state in (State.answered, State.unsure)


def _asked(fact: Fact, form: Form) -> list[str] | str:
    picked = [*fact.answer.picked, *([UNSURE_WORD] if fact.answer.state is State.unsure else [])]
    return picked if form.by_id[fact.question].kind is Kind.many else picked[-1]


def _fact(fact: Fact, form: Form) -> Plain:
    question, picked = form.by_id.get(fact.question), fact.answer.picked
    several = len(picked) > 1 or (question is not None and question.kind is Kind.many)
    value: list[str] | str | None = list(picked) if several else fact.answer.text or None
    return {
        "state": fact.answer.state.value,
        "value": value or None,
        "by": fact.by,
        "at": fact.at.isoformat(),
        "from": fact.source.value,
    }


def to_decision(decision: Decision, case: Case) -> Plain:
    """`basis`: what signatures under an exception rest on; `superseded_by`: what decided about the use next."""
    later = next_after(decision, case.decisions)
    told: Plain = {"ref": case.ref, **decision.model_dump(mode="json"), "superseded_by": later}
    only = {"basis": decision.basis, "under": decision.under}
    return {name: value for name, value in told.items() if name not in only or only[name] is not None}


def to_inquiry(inquiry: Inquiry, case: Case) -> Plain:
    return {"ref": case.ref, **inquiry.model_dump(mode="json")}


def to_referral(referral: Referral, case: Case) -> Plain:
    """An open question and the role it was put to; `by` answered it, or was not sure either."""
    return {"ref": case.ref, **referral.model_dump(mode="json")}


def to_report(made: Report, case: Case) -> Plain:
    """Somebody said that an answer was wrong."""
    return {"ref": case.ref, **made.model_dump(mode="json")}


def to_plan(plan: Plan, case: Case) -> Plain:
    """One version of by what it is watched."""
    return {"ref": case.ref, **plan.model_dump(mode="json")}


def to_readings(made: Measurement, case: Case) -> list[Plain]:
    """Each value with the measure and the limit that held for it."""
    plan = next(plan for plan in case.plans if plan.id == made.plan)
    about = {"ref": case.ref, **made.model_dump(mode="json", exclude={"readings"})}
    return [
        about
        | {"measure": each.number, "value": each.value, "reason": each.reason}
        | plan.measures[each.number - 1].model_dump(mode="json")
        for each in made.readings
    ]


def to_assignment(assignment: Assignment, case: Case) -> Plain:
    """Who took it, to whom it was passed on, or who stays out of it."""
    return {"ref": case.ref, **assignment.model_dump(mode="json")}


def to_deployment(joined: Deployment, case: Case) -> Plain:
    """A team that uses what was approved for another; `accepted`: the decision whose conditions it accepted last."""
    return {"ref": case.ref, **joined.model_dump(mode="json")}


def to_past(fact: Fact, recorded_at: datetime, case: Case, form: Form) -> Plain:
    """One answer as it was given; the last of a question is the one that counts."""
    told = {"ref": case.ref, "source_id": case.source_id, "question": fact.question, **_fact(fact, form)}
    return told | {"recorded_at": recorded_at.isoformat()}


def to_row(record: Mapping[str, Any], columns: Iterable[str]) -> str:
    """One line of CSV."""
    text, cells = io.StringIO(), (_powerless(cell) for cell in to_cells(record, columns))
    csv.writer(text, lineterminator=END_OF_ROW).writerow(cells)
    return text.getvalue()


def to_cells(record: Mapping[str, Any], columns: Iterable[str]) -> list[str]:
    """Plain text; lists and objects as JSON, bounds as `floor..ceiling`; nobody in a row of ours as nothing."""
    results = record.get("results") or {}
    return [_cell(record[name] if name in record else _bounds(results.get(name))) for name in columns]


def _bounds(found: Mapping[str, Any] | None) -> str:
    if found is None:
        return ""
    floor, ceiling = found["floor"], found["ceiling"]
    return str(floor) if floor == ceiling else f"{floor}..{ceiling}"


def _cell(value: object) -> str:
    if isinstance(value, list | tuple | dict | bool) and value != ():
        return to_json(value, sort_keys=True)
    return "" if value is None or value == () else STEERING.sub("\ufffd", str(value))


def _powerless(plain: str) -> str:
    text = AFTER_A_SEPARATOR.sub(r"\1'", plain)
    return f"'{text}" if would_run(text) else text


def would_run(text: str) -> bool:
    """Also where the sign is full-width, or something unseen stands before it."""
    first = next((sign for sign in text if category(sign)[0] not in UNSEEN), "")
    return text.startswith(RUN_BY_SPREADSHEETS) or normalize("NFKC", first).startswith(RUN_BY_SPREADSHEETS)
