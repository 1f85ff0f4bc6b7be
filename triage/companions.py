"""Which questions may share a message with another, so that one press says that nothing of all that applies."""

from __future__ import annotations

from collections.abc import Set

from intake.answers import Answers, answered
from intake.condition import View
from intake.form import Form, Question
from triage.lanes import Settings
from triage.program import compiled
from triage.relevance import Outlook
from triage.rules import RuleBook

MOST = 3
"""Lists in one message; more is not read."""


def companions(
    form: Form, book: RuleBook, answers: Answers, settings: Settings, asked: Set[str], question: Question
) -> tuple[str, ...]:
    """Those of its word that are worth asking even if nothing applies of it, and of each other before them."""
    found: list[str] = []
    put, denied = question, answers
    while len(found) < MOST - 1 and _can_be_denied(form, put, denied, settings):
        denied = {**denied, put.id: answered(put.none)}
        asked = {*asked, put.id}
        worth = Outlook(compiled(form, book), denied, settings, asked).worth_asking()
        next_ = next((form.by_id[each] for each in worth if form.by_id[each].together == put.together), None)
        if next_ is None or not _can_be_denied(form, next_, denied, settings):
            break
        found.append(next_.id)
        put = next_
    return tuple(found)


def _can_be_denied(form: Form, question: Question, answers: Answers, settings: Settings) -> bool:
    view = View(form.gates, answers, settings)
    offered = {choice.id for choice in question.choices if choice.when.truth(view) is not False}
    return bool(question.together) and question.none in offered
