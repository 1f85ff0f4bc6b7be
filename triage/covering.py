"""Still covered? Whether an approval holds for other answers: it stands, narrows, or lapses, and why.

What the rules find alike stands. What is only less narrows: the approval and its conditions stay as people decided
them, since only people lift them. Anything more, open, or in words that no rule reads, lapses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from intake.answers import NOT_ASKED, Answer
from intake.form import Form, Kind
from intake.value import Value
from triage.calls import Calls, calls_for
from triage.case import Case
from triage.desk import Desk
from triage.interview import verdict_of
from triage.rehearsing import directions
from triage.rules import ResultKind, RuleBook
from triage.verdict import Verdict

CHOSEN = (Kind.one, Kind.many)


class Effect(StrEnum):
    stands = "stands"
    narrows = "narrows"
    lapses = "lapses"


class Extent(Value):
    """What an approval was given on, as far as rules tell."""

    verdict: Verdict
    calls: Calls


class Cover(Value):
    """`more` and `less`: what is new or gone, by short names: a result, `flag:…`, `call:…`, `words:…`, `open:…`."""

    effect: Effect
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()


def extent(case: Case, desk: Desk) -> Extent:
    """Of a case that is judged."""
    return Extent(
        verdict=verdict_of(case), calls=calls_for(desk.form, desk.book, case.answers, desk.settings(case))
    )


def covers(book: RuleBook, before: Extent, after: Extent, reworded: tuple[str, ...] = ()) -> Cover:
    """`reworded`: questions that were answered in other words than those that were approved."""
    more, less = (tuple(sorted(_beyond(book, *pair))) for pair in ((before, after), (after, before)))
    opened = (f"open:{name}" for name in sorted(_open(after.verdict) - _open(before.verdict)))
    more = (*more, *opened, *(f"words:{question}" for question in reworded))
    effect = Effect.lapses if more else Effect.narrows if less else Effect.stands
    return Cover(effect=effect, more=more, less=less)


def changed(form: Form, known: Mapping[str, Answer], told: Mapping[str, Answer]) -> dict[str, Answer]:
    """What is said otherwise now; a list in another order says the same."""
    return {
        question: answer
        for question, answer in told.items()
        if question in form.by_id and _plain(answer) != _plain(known.get(question, NOT_ASKED))
    }


def reworded(form: Form, changes: Mapping[str, Answer]) -> tuple[str, ...]:
    """What only people can weigh: another purpose, another tool. What has a default is for the register alone."""
    asked = (form.by_id[question] for question in changes)
    return tuple(each.id for each in asked if each.kind not in CHOSEN and not each.defaulted)


def _plain(answer: Answer) -> tuple[str, tuple[str, ...]]:
    return answer.state.value, tuple(sorted(answer.picked))


def _beyond(book: RuleBook, before: Extent, after: Extent) -> Iterator[str]:
    """What `after` has and `before` had not."""
    was, now = before.verdict, after.verdict
    scales = {result.name for result in book.results if result.kind is ResultKind.scale}
    for name in now.results.keys() | was.results.keys():
        old, new = was.results.get(name), now.results.get(name)
        if old is None or new is None or name not in scales:
            if old != new:
                yield name
        elif directions(book, name, old, new)[0]:
            yield name
    yield from (f"flag:{flag}" for flag in {*now.flags} - {*was.flags})
    yield from (f"call:{thing}" for thing in _called(after.calls) - _called(before.calls))


def _open(verdict: Verdict) -> set[str]:
    results = {name for name, bounds in verdict.results.items() if not bounds.settled}
    return results | {*verdict.flags_open}


def _called(calls: Calls) -> set[str]:
    return {f"{each.kind}.{each.thing}" for each in calls.called}
