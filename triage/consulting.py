"""What a model may be asked, and the only three things that its answer can be: none of them decides anything.

An answer is a wish like anybody's, only that the door behind it opens onto one box (store.consults) and no further.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

from intake.answers import Answer, State, answered
from intake.value import Value
from triage.case import Case, Source, Status
from triage.desk import Desk
from triage.incidents.incident import OVER as INCIDENT_OVER
from triage.incidents.incident import Incident
from triage.lifecycle import WAITING
from triage.outcome import Refused
from triage.review import check_may_decide

LONGEST, LONGEST_QUESTION = 3000, 300
ENDED = frozenset({Status.declined, Status.withdrawn, Status.retired})


class About(StrEnum):
    """What is asked of the model."""

    reading = "reading"
    follow_up = "follow_up"
    summary = "summary"
    difference = "difference"
    condition = "condition"
    decline = "decline"
    incident_summary = "incident_summary"
    notification = "notification"


OF_A_USE = (About.summary, About.difference, About.condition, About.decline)
OF_AN_INCIDENT = (About.incident_summary, About.notification)
"""Drafts that people ask for; the other two are asked when somebody has written something."""


class Suggestion(Value):
    """A choice that a model read out of somebody's words; it counts as not asked until they press it."""

    question: str
    choices: tuple[str, ...]
    because: str

    @property
    def answer(self) -> Answer:
        return answered(*self.choices)


class Suggest(Value):
    """Answers that a text may hold, each with the very words it rests on."""

    do: Literal["suggest"] = "suggest"
    suggestions: tuple[Suggestion, ...]


class Draft(Value):
    """Words for somebody to read, to change, and to use or not."""

    do: Literal["draft"] = "draft"
    text: str


class FollowUp(Value):
    """The open question once more, put so that an unclear answer can be cleared."""

    do: Literal["follow_up"] = "follow_up"
    text: str


OfTheModel = Suggest | Draft | FollowUp


def waits_for(about: About, case: Case, turn: int) -> bool:
    """Whether anybody still waits for it: else it is not asked, and what comes late is not shown."""
    if about is About.follow_up:
        return case.talk is not None and case.talk.current is not None and case.talk.current.turn == turn
    if about is About.reading:
        return case.status is Status.draft
    return case.status not in ENDED


def check_may_ask(case: Case, actor: str, desk: Desk) -> None:
    """For a draft about a use: whoever decides about it, while it waits for them."""
    check_may_decide(case, actor, desk)
    if case.status not in WAITING:
        raise Refused("not_now", case=case.id)


def waits_for_incident(incident: Incident) -> bool:
    return incident.status not in INCIDENT_OVER


def made_of(suggestions: tuple[Suggestion, ...], case: Case) -> Iterator[tuple[str, str]]:
    """What the person made of each: kept, changed, or dropped; nothing while it is open."""
    for each in suggestions:
        fact = case.facts.get(each.question)
        if fact is not None and fact.source is Source.model and fact.answer == each.answer:
            yield each.question, "kept"
        elif fact is not None and fact.answer.state is State.answered:
            yield each.question, "kept" if fact.answer == each.answer else "changed"
        elif fact is not None or case.status is not Status.draft:
            yield each.question, "dropped"


def made_of_draft(about: About, text: str, case: Case, asked_by: str, number: int) -> str:
    """The same for words that were drafted for a decision: those in it of whoever asked for them."""
    later = [each for each in case.decisions[number:] if any(s.person == asked_by for s in each.signatures)]
    if about not in (About.condition, About.decline) or not later:
        return ""
    said = later[0].conditions if about is About.condition else (later[0].reason,)
    if any(text.strip() == each.strip() for each in said):
        return "kept"
    return "changed" if said and any(each.strip() for each in said) else "dropped"
