"""Coverage by the functions of the NIST framework in words, and what a use calls for of it; the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from bot import covering
from bot.library import library
from bot.words import Words
from triage.aims.covered import Covered, Stage
from triage.aims.functions import Outcome, functions, outcomes
from triage.calls import calls_for
from triage.case import Case
from triage.coverage import load_points
from triage.policies import book_with
from triage.rules import RuleBook

POLICY = "nist-ai-rmf"


@cache
def _book() -> RuleBook:
    return book_with((POLICY,))


@cache
def titles() -> dict[str, str]:
    """What each subcategory is about, in our words."""
    return {each.id: each.title for each in load_points(_book()) if each.policy == POLICY}


def lines(words: Words, found: Sequence[Covered]) -> Iterator[str]:
    """Function by function, each with a bar; below it its gaps first, and what shows the rest."""
    every = outcomes(found)
    yield words.label("functions.about")
    for function in functions().outcomes:
        own = [each for each in every if each.function == function]
        yield ""
        yield f"{_bar(own)} {words.label(f'functions.name.{function}')}: {counted(words, own)}"
        for stage in covering.STAGES:
            for each in (one for one in own if one.stage == stage):
                yield f"{each.id:>13}  {titles()[each.id]}: {words.label(f'coverage.is.{stage}')}"
                yield from (f"               {told}" for told in why(words, each))
    yield ""
    yield words.label("functions.traits")
    yield from (
        f"  {name}: {words.label(f'coverage.is.{stage}')} ({ids})"
        for name, stage, ids in traits(words, every)
    )


def _bar(own: Sequence[Outcome]) -> str:
    return "".join(
        covering.SHADES[each.stage]
        for each in sorted(own, key=lambda o: covering.STAGES.index(o.stage), reverse=True)
    )


def counted(words: Words, own: Sequence[Outcome]) -> str:
    numbers: dict[str, Any] = {stage: sum(each.stage == stage for each in own) for stage in covering.STAGES}
    return words.label(
        "coverage.counted", total=len(own), **{k: v for k, v in numbers.items() if k != "left_out"}
    )


def why(words: Words, each: Outcome) -> Iterator[str]:
    if each.open:
        yield words.label("functions.open", points=", ".join(each.open))
    if each.records and each.shown:
        yield words.label("functions.records", points=", ".join(each.shown), refs=", ".join(each.records))
    elif each.records:
        yield words.label("functions.in_part", refs=", ".join(each.records))
    if each.documents:
        yield words.label("functions.documents", refs=", ".join(each.documents))


def traits(words: Words, every: Iterable[Outcome]) -> Iterator[tuple[str, Stage, str]]:
    """What makes AI worth trusting, each as its least covered outcome."""
    stage = {each.id: each.stage for each in every}
    for trait, ids in functions().traits.items():
        least = min((stage[id] for id in ids), key=covering.STAGES.index)
        yield words.label(f"functions.trait.{trait}"), least, ", ".join(ids)


def row(each: Outcome) -> dict[str, Any]:
    """For machines."""
    return each.model_dump(mode="json") | {"title": titles()[each.id]}


def suggested(case: Case) -> Iterator[str]:
    """What the framework would have done about a use, by its facts: to choose from, and asked of nobody."""
    book, form = _book(), library().form
    stated = case.verdict.stated if case.verdict else {}
    found = calls_for(form, book, case.answers, stated)
    for each in (one for one in found.called if one.kind == "outcome"):
        reasons = " ".join(book.sentence(by) for by in each.by)
        yield f"{each.thing}  {book.sentence(f'outcome.{each.thing}')}. {reasons}{'' if each.sure else ' (?)'}"
