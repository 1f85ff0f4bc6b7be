"""Whether answers fit their questions, and plain values (JSON lines, imports, modals) read as answers.

A problem is a value; its sentence is `problem.<key>` in the texts for people.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

from intake import rows
from intake.amounts import to_numbers
from intake.answers import UNSURE, Answer, Answers, State, answered, unsure
from intake.form import Form, Kind, Question
from intake.value import Value

UNSURE_WORD = "unsure"


class Problem(Value):
    """`facts` fill the sentence: `choice` (an id, shown by its label), `length` and `longest`, `value`."""

    question: str
    key: str
    facts: Mapping[str, str | int] = {}

    def __str__(self) -> str:
        facts = ", ".join(f"{name} {value}" for name, value in self.facts.items())
        return f"{self.question}: {self.key.replace('_', ' ')}" + (f" ({facts})" if facts else "")


def problems(form: Form, answers: Answers) -> dict[str, Problem]:
    """The first problem of each answer that does not fit; empty if all do."""
    found: dict[str, Problem] = {}
    for id_, answer in answers.items():
        question = form.by_id.get(id_)
        problem = _check(question, answer) if question else Problem(question=id_, key="unknown_question")
        if problem:
            found[id_] = problem
    return found


def to_answers(form: Form, raw: Mapping[str, object]) -> tuple[dict[str, Answer], tuple[Problem, ...]]:
    """Plain values as answers: a value or a list; "unsure" alone or in a list is open, nothing is not asked.

    Choices that contradict each other are let through: the rules judge them by the strictest.
    """
    answers: dict[str, Answer] = {}
    found: list[Problem] = []
    for id_, value in raw.items():
        question = form.by_id.get(id_)
        if question is None:
            found.append(Problem(question=id_, key="unknown_question"))
            continue
        result = _to_answer(question, value)
        if isinstance(result, Problem):
            found.append(result)
        elif result is not None:
            answers[id_] = result
    return answers, tuple(found)


def _to_answer(question: Question, value: object) -> Answer | Problem | None:
    given = [item for item in (value if isinstance(value, list) else [value]) if not _is_nothing(item)]
    picked: list[str] = []
    for item in given:
        text = _to_text(question, item)
        if text is None:
            return Problem(question=question.id, key="wrong_kind", facts={"value": str(item)[:80]})
        if text not in picked:
            picked.append(text)
    if not picked:
        return None
    if UNSURE_WORD in picked and (question.choices or len(picked) == 1):
        certain = [text for text in picked if text != UNSURE_WORD] if question.kind is Kind.many else []
        answer = unsure(*certain) if certain else UNSURE
    else:
        answer = answered(*picked)
    problem = next((p for p in _each(question, answer) if p.key != "alone"), None)
    return problem or answer


def _is_nothing(item: object) -> bool:
    return item is None or (isinstance(item, str) and not item.strip())


def _to_text(question: Question, item: object) -> str | None:
    if isinstance(item, str):
        return unicodedata.normalize("NFC", item)
    if isinstance(item, bool):
        word = "yes" if item else "no"
        return word if word in question.choice_ids else None
    if isinstance(item, int | float) and question.kind is Kind.number:
        return next(iter(to_numbers(str(item))), None)
    return None


def _check(question: Question, answer: Answer) -> Problem | None:
    return next(_each(question, answer), None)


def _each(question: Question, answer: Answer) -> Iterator[Problem]:
    def problem(key: str, **facts: str | int) -> Problem:
        return Problem(question=question.id, key=key, facts=facts)

    if answer.state is State.unsure and not question.may_be_unsure:
        yield problem("cannot_be_unsure")
    if answer.state is State.answered and not answer.picked:
        yield problem("empty")
    if question.kind is not Kind.many and len(answer.picked) > 1:
        yield problem("only_one")
    if question.kind in (Kind.one, Kind.many):
        for picked in answer.picked:
            if picked not in question.choice_ids:
                yield problem("unknown_choice", choice=picked[:80])
        for choice in question.choices:
            if choice.alone and choice.id in answer.picked and len(answer.picked) > 1:
                yield problem("alone", choice=choice.id)
        return
    for text in answer.picked:
        if len(text) > question.longest:
            yield problem("too_long", length=len(text), longest=question.longest)
        elif question.kind is Kind.date and not _is_day(text):
            yield problem("not_a_day", value=text[:80])
        elif question.kind is Kind.number and len(to_numbers(text)) != 1:
            yield problem("not_a_number", value=text[:80])
        elif question.row:
            wrong = next(rows.faults(question, text), None)
            if wrong is not None:
                yield problem(wrong.key, line=wrong.line, parts=len(question.row))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
