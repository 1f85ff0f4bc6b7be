"""Stored answers as today's form reads them: it may have lost questions and choices since they were given."""

from __future__ import annotations

from collections.abc import Mapping

from intake.answers import Answer, State, unsure
from intake.form import Form, Kind, Question


def current(form: Form, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Only what the form asks; where a choice is gone, what is left of the answer is sure and the rest is open."""
    return {id: _known(form.by_id[id], answer) for id, answer in answers.items() if id in form.by_id}


def fitting(form: Form, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """Only what still stands as it was given; everything else is to be asked again."""
    return {id: answer for id, answer in current(form, answers).items() if answer == answers[id]}


def _known(question: Question, answer: Answer) -> Answer:
    given = answer.state in (State.answered, State.unsure)
    if (
        not given
        or question.kind not in (Kind.one, Kind.many)
        or question.choice_ids.issuperset(answer.picked)
    ):
        return answer
    return unsure(*(choice for choice in answer.picked if choice in question.choice_ids))
