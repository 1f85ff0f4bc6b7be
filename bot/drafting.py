"""Drafts of what others have to be told of an incident, to copy: nobody is told by the machine."""

from __future__ import annotations

from bot.words import Page, Words
from triage.case import Case
from triage.incidents.incident import Incident, Step

WHOM = ("provider", "authority", "privacy_authority", "affected")


def drafted(words: Words, incident: Incident, case: Case | None, whom: str, contact: str) -> Page:
    """`contact`: who sees to it, as they are named where it is read; what is not known stands in brackets."""
    now = incident.now
    purpose = case.facts["purpose"].answer.text if case is not None and "purpose" in case.facts else ""
    done = words.label(f"incident.how.{now.contained}") if now.contained else ""
    return words.page(
        "incident_draft",
        ref=incident.ref,
        whom=whom,
        system=(case.tool_name or case.title) if case is not None else "[the system]",
        version=now.version_then,
        role=_said(words, incident, "our_role"),
        purpose=purpose,
        words=now.words,
        when=now.occurred,
        aware=words.day_at(now.aware_at) if now.aware_at else "[when]",
        harm=_said(words, incident, "harm"),
        extent=_said(words, incident, "extent"),
        people=_said(words, incident, "people"),
        cause=now.cause,
        done=done,
        actions=[each.words for each in now.actions],
        told=words.listed(words.line(f"incident.whom.{each.whom}") for each in now.told),
        contact=contact,
    )


def step_words(step: Step) -> str:
    """The text that says what somebody did."""
    return "incident.step.answered" if step.is_answer else f"incident.step.{step.kind}"


def outside_words(words: Words, incident: Incident) -> str:
    """That it came from outside, and whether whoever reported it has an answer; "" for what came from inside."""
    now = incident.now
    if not now.from_outside:
        return ""
    if now.answered is None:
        return words.label("incident.outside.waits")
    return words.label("incident.outside.answered", day=words.day_at(now.answered.when))


def _said(words: Words, incident: Incident, question: str) -> str:
    """What was answered for certain."""
    answer = incident.now.answers.get(question)
    picked = answer.picked if answer is not None else ()
    return ", ".join(words.label(f"incident.choice.{question}.{each}") for each in picked)
