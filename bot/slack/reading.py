"""A form's window read as answers; what somebody typed for a tool is matched with the tools we know."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from intake.answers import Answer, State, answered
from intake.catalogue import Catalogue
from intake.check import Problem, problems
from intake.check import to_answers as plain_answers
from intake.form import Form, Kind
from triage.hearing import tool_answer

_BULLETS = " -–—*•\t"
_NUMBERED = re.compile(r"\(?([0-9]{1,2})[.)]{1,2}(?![0-9])")
"""“2)”, “2.” or “(2)”; a number that counts something, or has decimals, is part of what was said."""


def to_answers(
    form: Form,
    fields: Mapping[str, tuple[str, ...]],
    catalogue: Catalogue,
    to_person: Callable[[str], str],
) -> tuple[dict[str, Answer], dict[str, Problem]]:
    """Answers by question, and the problem of each field that does not fit."""
    raw: dict[str, object] = {question: list(picked) for question, picked in fields.items()}
    answers, refused = plain_answers(form, raw)
    wrong = {problem.question: problem for problem in refused}
    wrong |= {
        question: problem for question, problem in problems(form, answers).items() if question not in wrong
    }
    wrong |= {
        q: problem for q, a in answers.items() if q not in wrong and (problem := _in_two_minds(form, q, a))
    }
    return {q: _known(form, q, a, catalogue, to_person) for q, a in answers.items()}, wrong


def to_conditions(text: str) -> tuple[str, ...]:
    """One for each line, without the number or bullet that somebody typed in front of it: we number them."""
    lines = [bare for line in text.splitlines() if (bare := line.strip(_BULLETS))]
    unnumbered = (_unnumbered(line, len(lines)) for line in lines)
    return tuple(line for line in unnumbered if line)


def _unnumbered(line: str, count: int) -> str:
    """A higher number than there are lines is no numbering, but a day or the like."""
    found = _NUMBERED.match(line)
    return line[found.end() :].strip(_BULLETS) if found and int(found[1]) <= count else line


def _in_two_minds(form: Form, question: str, answer: Answer) -> Problem | None:
    """Somebody who ticks "none of these" and "not sure" has said two things; they say which, not we."""
    alone = {choice.id for choice in form.by_id[question].choices if choice.alone}
    both = answer.state is State.unsure and not alone.isdisjoint(answer.picked)
    return Problem(question=question, key="sure_and_unsure") if both else None


def _known(
    form: Form, question: str, answer: Answer, catalogue: Catalogue, to_person: Callable[[str], str]
) -> Answer:
    if answer.state is not State.answered:
        return answer
    kind = form.by_id[question].kind
    if kind is Kind.person:
        return answered(*(to_person(user) for user in answer.picked))
    if kind is Kind.tool:
        return tool_answer(answer, catalogue)
    return answer
