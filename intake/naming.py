"""Which option of an answered question words plainly name: "sorry, we have a paid team plan"; only a proposal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from intake.correcting import AFTER, NO, SORRY, row_of, without_lead
from intake.form import Kind, Question
from intake.sentence import hints
from intake.texts import Wording
from intake.vocabulary import normal, speech

LONGEST = 12
"""Words in which an option is named; a longer text tells a story, and what it mentions changes nothing."""
SHORT = 6
"""Words beside which a single word such as "customers" can only be the answer itself."""
LONG_WORD = 5
CLAUSE = re.compile(r"[,;:.!()–]|\bbut\b|\band\b|\bso\b", re.IGNORECASE)
DENIAL = re.compile(rf"\s*(?:(?:{SORRY})\b{AFTER})*(?:{NO})\b(?!\s*[,.;:!–-])", re.IGNORECASE)
"""A no to what follows at once, also behind "sorry"; with a comma behind it, it says that something was wrong."""
DOUBT = re.compile(
    r"\b(?:anything but|far from|used to|hardly|barely|lacks?|without|instead of|no longer|except)\b",
    re.IGNORECASE,
)
"""What turns round, or takes back, what stands beside it."""
ONLY = frozenset({"only", "just", "instead", "rather", "solely", "merely", "exclusively"})


class Named(NamedTuple):
    """`whole`: it takes the place of what was picked before; else it comes on top."""

    question: str
    choices: tuple[str, ...]
    whole: bool


def named(
    text: str, rows: Mapping[str, str], asked: Iterable[Question], wording: Wording, *, in_rows: bool = False
) -> Named | None:
    """`rows`: by what a row is called, its question; `asked`: those that may be meant. None where it is in doubt.

    `in_rows`: only where the row is named, as the words may mean something else.
    """
    said, led = without_lead(text)
    if DENIAL.match(text):  # "no company account" denies, "no, the company account" corrects
        said, led = " ".join(text.split()), False
    if not said or said.endswith("?") or DOUBT.search(said):
        return None
    known = {question.id: question for question in asked if question.kind in (Kind.one, Kind.many)}
    if (row := row_of(said, rows)) is not None:
        return _in_row(row.value, known.get(row.question), wording)
    if in_rows or len(said.split()) > LONGEST:
        return None
    for find in (_by_name, _by_hint):  # what an option is called weighs more than what only speaks of it
        found = [each for question in known.values() if (each := find(said, question, wording, led))]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def is_meant_so(text: str) -> bool:
    """Whether it begins as people begin who correct what they said: "sorry, …", "actually …"."""
    return without_lead(text)[1]


def _in_row(value: str, question: Question | None, wording: Wording) -> Named | None:
    """Behind "the data is …" also a single word names its option, in the clauses that deny nothing."""
    if question is None:
        return None
    affirmed = " ".join(each for each in CLAUSE.split(value) if not _denies(each))
    choices = _called(affirmed, question, wording, shortest=1, ids=True)
    return _named(question, choices, whole=True)


def _by_name(said: str, question: Question, wording: Wording, led: bool) -> Named | None:
    alone = led and len(said.split()) <= SHORT
    choices = _called(said, question, wording, shortest=1 if alone else 2, ids=False)
    if choices and _denies(said, but=[wording.label(question.id, each) for each in choices]):
        return None
    return _named(question, choices, whole=_is_all(said))


def _by_hint(said: str, question: Question, wording: Wording, led: bool) -> Named | None:
    if _denies(said):
        return None
    hinted = {p.value for p in hints().proposals(said) if p.question == question.id}
    choices = tuple(choice.id for choice in question.choices if choice.id in hinted)
    return _named(question, choices, whole=_is_all(said))


def _is_all(said: str) -> bool:
    return not ONLY.isdisjoint(normal(said).split())


def _named(question: Question, choices: tuple[str, ...], *, whole: bool) -> Named | None:
    """Two options of a question that takes one name none, and neither does "none of these" beside another."""
    if not choices or (len(choices) > 1 and question.kind is Kind.one):
        return None
    if len(choices) > 1 and any(choice.alone for choice in question.choices if choice.id in choices):
        return None
    return Named(question.id, choices, whole)


def _called(said: str, question: Question, wording: Wording, *, shortest: int, ids: bool) -> tuple[str, ...]:
    """The options of which a name stands in the text; one within a longer name of another is not meant."""
    words = f" {normal(said)} "
    found = {
        choice.id: name
        for choice in question.choices
        for name in _names(wording.label(question.id, choice.id), choice.id if ids else "")
        if _counts(name, shortest) and f" {name} " in words
    }
    return tuple(
        id_
        for id_, name in found.items()
        if not any(name != other and f" {name} " in f" {other} " for other in found.values())
    )


def _counts(name: str, shortest: int) -> bool:
    many = len(name.split())
    return many >= 2 if shortest > 1 else many >= 2 or len(name) >= LONG_WORD


def _names(label: str, id_: str) -> list[str]:
    """The longest last, as that is what is kept of an option."""
    lead = re.split(r",(?!\d)|\(", label, maxsplit=1)[0]
    names = {normal(label), normal(lead), normal(id_.rpartition(".")[2].replace("_", " "))}
    return sorted(names - {""}, key=len)


def _denies(text: str, but: Iterable[str] = ()) -> bool:
    """Whether it says no to something, apart from what an option is called."""
    words = f" {normal(text)} "
    for label in but:
        words = words.replace(f" {normal(label)} ", " ")
    return not speech().negation.isdisjoint(words.split())
