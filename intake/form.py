"""A questionnaire as data: pages of questions, when each is asked, and what may be answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Literal

from intake.condition import Always, Condition, Every
from intake.value import Value


class Kind(StrEnum):
    one = "one"
    many = "many"
    text = "text"
    person = "person"
    tool = "tool"
    date = "date"
    number = "number"


class Choice(Value):
    """`alone`: cannot stand beside another choice (none of these, only my team)."""

    id: str
    when: Condition = Always()
    alone: bool = False


class Column(Value):
    """One part of a line; `limit`: at least or at most a number; `result`: what is held to it."""

    id: str
    kind: Literal["words", "limit", "result"] = "words"


class Question(Value):
    """`record`: asked because the register itself needs it, whatever the rules say.

    `claim`: asked only when somebody wants to make the claim, never of itself.
    `after`: asked after triage, of the owner or of `settled_by`, when a result calls for it.
    `defaulted`: filled in by default and only changed in the summary; no rule may look at it.
    `in_full`: its choices are printed in full above the buttons, because they protect people.
    `changeable`: what it asks can be done otherwise without another purpose (another account, somebody who checks).
    `given`: answered by what the rules say of the use; nobody is asked.
    `needed`: where the whole is not complete while nobody says it; that nobody knows it is no answer then.
    `together`: those of one such word may be put in one message, where one press says that nothing of it applies.
    `settled_by`: the role that can end a "not sure".
    `row`: there are several, one a line, and each line has these parts.
    `worked_out`: the question whose lines say by their figures whether all of them are within their limits.
    """

    id: str
    kind: Kind
    when: Condition = Always()
    choices: tuple[Choice, ...] = ()
    may_be_unsure: bool = True
    record: bool = False
    claim: bool = False
    after: bool = False
    defaulted: bool = False
    in_full: bool = False
    changeable: bool = False
    given: bool = False
    needed: Condition | None = None
    together: str = ""
    settled_by: str = "governance_lead"
    longest: int = 3000
    row: tuple[Column, ...] = ()
    worked_out: str = ""

    @property
    def none(self) -> str:
        """The choice that says nothing of it applies, if there is one: alone in a list, or a plain no."""
        alone = next((choice.id for choice in self.choices if choice.alone), "")
        return alone or ("no" if "no" in self.choice_ids else "")

    @cached_property
    def choice_ids(self) -> frozenset[str]:
        return frozenset(choice.id for choice in self.choices)


class Page(Value):
    id: str
    when: Condition = Always()
    questions: tuple[Question, ...]


class Form(Value):
    """`digest` names exactly this content; `version` is the number its authors gave it.

    `terms` are its named conditions, so that rules can mean the same by the same word. `source`: whose it is, where
    others published it.
    """

    id: str
    version: str
    digest: str
    source: str = ""
    pages: tuple[Page, ...]
    terms: Mapping[str, Condition] = {}

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions()}

    @cached_property
    def gates(self) -> Mapping[str, Condition]:
        """Each question's whole condition, its page's included, in the order of asking."""
        return {q.id: _both(page.when, q.when) for page in self.pages for q in page.questions}

    def questions(self) -> Iterator[Question]:
        for page in self.pages:
            yield from page.questions


def _both(page: Condition, question: Condition) -> Condition:
    if isinstance(page, Always):
        return question
    if isinstance(question, Always):
        return page
    return Every(of=(page, question))
