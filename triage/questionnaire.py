"""Another form about a use, answered page by page by several people, and what comes of it: pure.

The form of AI uses is talked through; every other form is a questionnaire. How one is scored is for its scheme.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from intake.answers import NOT_ASKED, Answer, Answers, State, answered
from intake.check import UNSURE_WORD
from intake.condition import View
from intake.form import Form, Kind, Page, Question
from intake.rows import all_met
from intake.value import Value
from triage.case import Fact
from triage.guide import TOUCHED, Guide, Weighed, weighed
from triage.scoring import Given, Scheme, score_completed
from triage.verdict import PolicyUsed

ANSWERED = (State.answered, State.not_applicable)


@dataclass(frozen=True)
class Questionnaire:
    """`name` is that of the policy that switches it on."""

    name: str
    form: Form
    scheme: Scheme | Guide

    @property
    def used(self) -> PolicyUsed:
        return PolicyUsed(name=self.scheme.name, version=self.scheme.version, digest=self.scheme.digest)


class Finding(Value):
    """What the answers come to; complete once everything that is asked by choices has an answer."""

    raw_impact_score: int | float
    mitigation_score: int | float
    current_score: int | float
    impact_level: int
    complete: bool
    answered: int
    asked: int


class Sheet(Value):
    """The newest answer to each question about one use; `version` counts how often it was written."""

    case: str
    facts: Mapping[str, Fact] = {}
    finding: Finding | Weighed | None = None
    version: int = 0

    @property
    def answers(self) -> dict[str, Answer]:
        return {question: fact.answer for question, fact in self.facts.items()}


class Progress(Value):
    page: str
    answered: int
    asked: int


def pages(form: Form, answers: Answers) -> tuple[Page, ...]:
    """Those that apply for sure; one whose condition is open comes once it is known."""
    return tuple(page for page in form.pages if any(True for _ in fields(form, page, answers)))


def fields(form: Form, page: Page, answers: Answers) -> Iterator[Question]:
    views = View(form.gates, answers), View(form.gates, _widest(form, answers))
    shown = (q for q in page.questions if any(view.shown(q.id) is True for view in views))
    return (question for question in shown if not question.given)


def _widest(form: Form, answers: Answers) -> Answers:
    """Who is unsure is asked whatever may follow from any choice."""
    return {
        id: answered(*(choice.id for choice in form.by_id[id].choices))
        if answer.state is State.unsure and id in form.by_id and form.by_id[id].choices
        else answer
        for id, answer in answers.items()
    }


def progress(form: Form, answers: Answers) -> tuple[Progress, ...]:
    """How far each page is that applies now."""
    found, view = [], View(form.gates, answers)
    for page in pages(form, answers):
        asked = [question.id for question in fields(form, page, answers)]
        done = sum(_counts(form.by_id[question], answers, view) for question in asked)
        found.append(Progress(page=page.id, answered=done, asked=len(asked)))
    return tuple(found)


def after(form: Form, answers: Answers, page: str, shown: frozenset[str]) -> str:
    """The page to show next: the same one while an answer on it has opened more, empty after the last."""
    applying = pages(form, answers)
    same = next((each for each in applying if each.id == page), None)
    if same is not None and any(q.id not in shown for q in fields(form, same, answers)):
        return page
    order = [each.id for each in form.pages]
    later = order[order.index(page) + 1 :] if page in order else order
    return next((each.id for each in applying if each.id in later), "")


def unfinished(form: Form, answers: Answers) -> str:
    """The first page with something left; the first of all where nothing is."""
    found = progress(form, answers)
    return next((each.page for each in found if each.answered < each.asked), found[0].page)


def worked_out(form: Form, answers: Answers) -> dict[str, Answer]:
    """What follows from figures is never anybody's word."""
    return {
        question.id: all_met(form.by_id[question.worked_out], answers.get(question.worked_out, NOT_ASKED))
        for question in form.questions()
        if question.worked_out
    }


def is_needed(question: Question, view: View) -> bool:
    """Also where it is not known yet whether it is."""
    return question.needed is not None and question.needed.truth(view) is not False


def _counts(question: Question, answers: Answers, view: View) -> bool:
    """What is needed is said, in words where words are asked for; elsewhere that nobody knows is an answer, too."""
    answer = answers.get(question.id, NOT_ASKED)
    if not is_needed(question, view):
        return answer.state in TOUCHED
    return answer.state is State.answered and (bool(question.choices) or is_said(answer.text))


def is_said(text: str) -> bool:
    """Whether there is a word in it that says something."""
    return any(sign.isalpha() for sign in text) and text.strip().casefold() != UNSURE_WORD


def found_of(questionnaire: Questionnaire, answers: Answers) -> Finding | Weighed:
    form, scheme = questionnaire.form, questionnaire.scheme
    answers = {**answers, **worked_out(form, answers)}
    if isinstance(scheme, Guide):
        asked = [question for page in pages(form, answers) for question in fields(form, page, answers)]
        view = View(form.gates, answers)
        wanted = frozenset(each.id for each in asked if each.choices or scheme.task or is_needed(each, view))
        told = frozenset(each.id for each in asked if _counts(each, answers, view))
        return weighed(form, scheme, answers, tuple(question.id for question in asked), wanted, told)
    score = score_completed(form, scheme, to_given(form, answers))
    counted = progress(form, answers)
    chosen = [q for page in pages(form, answers) for q in fields(form, page, answers) if q.choices]
    return Finding(
        raw_impact_score=score.raw_impact_score,
        mitigation_score=score.mitigation_score,
        current_score=score.current_score,
        impact_level=score.impact_level,
        complete=all(_has_answer(answers, question.id) for question in chosen),
        answered=sum(each.answered for each in counted),
        asked=sum(each.asked for each in counted),
    )


def to_given(form: Form, answers: Answers) -> Given:
    """As scores take them: a list where several can be chosen."""
    return {
        question: list(answer.picked) if form.by_id[question].kind is Kind.many else answer.text
        for question, answer in answers.items()
        if question in form.by_id and answer.state is State.answered
    }


def digest_of(facts: Mapping[str, Fact]) -> str:
    """Names exactly these answers."""
    said = {q: [f.answer.state.value, list(f.answer.picked)] for q, f in sorted(facts.items())}
    plain = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _has_answer(answers: Answers, question: str) -> bool:
    return question in answers and answers[question].state in ANSWERED
