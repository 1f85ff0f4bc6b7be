"""What a model is told of a use or an incident beside people's words: by the names people use, and of no person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intake.answers import Answer, State
from intake.form import Kind, Question
from triage.case import Case
from triage.consulting import About
from triage.desk import Desk
from triage.incidents.incident import Incident

Told = list[tuple[str, str]]
SILENT = frozenset({"title", "owner"})


def text_of(case: Case) -> str:
    """What the requester wrote, in their own words."""
    spoken = [case.words, case.answers["purpose"].text if "purpose" in case.answers else ""]
    asked = [f"{each.question}\n{each.answer}" for each in case.inquiries if each.answer]
    return "\n\n".join(dict.fromkeys(each for each in (*spoken, *asked) if each))


def open_questions(case: Case, desk: Desk) -> list[dict[str, Any]]:
    """Those to which an answer may be suggested: with choices, and open."""
    found = []
    for question in desk.form.questions():
        known = case.answers.get(question.id)
        is_open = known is None or known.state is State.not_asked
        if question.kind in (Kind.one, Kind.many) and is_open and not (question.after or question.claim):
            found.append(_put(question, desk))
    return found


def _put(question: Question, desk: Desk) -> dict[str, Any]:
    wording = desk.wording
    choices = [
        {"id": choice.id, "label": wording.label(question.id, choice.id)}
        for choice in question.choices
        if choice.id != question.none
    ]
    several = question.kind is Kind.many
    return {"id": question.id, "ask": wording.ask(question.id), "several": several, "choices": choices}


def asked_again(case: Case, desk: Desk) -> dict[str, Any]:
    """The open question, with what can be chosen."""
    current = case.talk.current if case.talk else None
    question = desk.form.by_id.get(current.question) if current else None
    if question is None:
        return {"ask": "", "choices": []}
    labels = [desk.wording.label(question.id, each.id) for each in question.choices]
    return {"ask": desk.wording.ask(question.id), "choices": labels}


def of_use(case: Case, desk: Desk) -> Told:
    """Its answers and what the rules found, in words."""
    told = [("Tool", case.tool_name), ("Unit", case.unit)]
    told += [(desk.wording.short(q), said) for q, said in _answers(case, desk)]
    if case.verdict is not None:
        tier = case.verdict.tier
        told.append(
            ("Tier of risk, at least and at most, by the rules", f"{tier.floor} to {tier.ceiling} of 4")
        )
        told += [("A rule that holds", each.because) for each in case.verdict.reasons[:12]]
        told += [("Still open", desk.wording.short(each.question)) for each in case.verdict.gaps[:12]]
    if case.decision is not None:
        told.append(("Decided before", f"{case.decision.kind.value}: {case.decision.reason}"))
        told += [("On this condition", each) for each in case.decision.conditions]
    return [(what, said) for what, said in told if said]


def _answers(case: Case, desk: Desk) -> Iterator[tuple[str, str]]:
    for question in desk.form.questions():
        answer = case.answers.get(question.id)
        if answer is not None and question.id not in SILENT and question.kind is not Kind.person:
            yield question.id, _said(question, answer, desk)


def _said(question: Question, answer: Answer, desk: Desk) -> str:
    if answer.state is State.unsure:
        return "not sure"
    if question.kind in (Kind.one, Kind.many):
        known = [each for each in answer.picked if each in question.choice_ids]
        return "; ".join(desk.wording.label(question.id, each) for each in known)
    tool = desk.catalogue.get(answer.text) if question.kind is Kind.tool else None
    return tool.name if tool else answer.text


def of_incident(incident: Incident, case: Case | None) -> Told:
    now = incident.now
    told = [
        ("Reference", incident.ref),
        ("Kind", now.kind.value),
        ("Status", incident.status.value),
        ("Occurred", now.occurred),
        ("System", (case.tool_name or case.title) if case is not None else ""),
        ("Contained", now.contained),
        ("Cause", now.cause),
    ]
    told += [(name, ", ".join(answer.picked)) for name, answer in now.answers.items()]
    told += [("Action", each.words) for each in now.actions]
    told += [("Told", each.whom) for each in now.told]
    return [(what, str(said)) for what, said in told if said]


def facts_for(about: About, case: Case | None, desk: Desk) -> dict[str, Any]:
    """What the template of that name is filled with, beside earlier decisions and incidents."""
    if case is None:
        return {}
    if about is About.reading:
        return {"questions": open_questions(case, desk)}
    if about is About.follow_up:
        return asked_again(case, desk)
    return {"facts": of_use(case, desk)}
