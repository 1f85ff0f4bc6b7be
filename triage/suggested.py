"""A person's press on what a model suggested: their answer like any other, and the record says who had read it."""

from __future__ import annotations

from triage.case import Case, Source
from triage.outcome import Happened, Outcome
from triage.talking import Choose

CONFIRMED = {"question.answered": "suggestion.confirmed"}


def marked(before: Case, outcome: Outcome, command: Choose) -> Outcome:
    """Where the press counted, and only of the question that it was about."""
    fact = outcome.case.facts.get(command.question)
    if not command.suggested or fact is None or fact is before.facts.get(command.question):
        return outcome
    facts = {**outcome.case.facts, command.question: fact.model_copy(update={"source": Source.model})}
    told = tuple(_told(each, command.suggested) for each in outcome.happened)
    case = outcome.case.model_copy(update={"facts": facts})
    return outcome.model_copy(update={"case": case, "happened": told})


def _told(line: Happened, consult: str) -> Happened:
    """The trail has the model's own words under the same id."""
    if line.what not in CONFIRMED:
        return line
    detail = {**line.detail, "consult": consult}
    return line.model_copy(update={"what": CONFIRMED[line.what], "detail": detail})
