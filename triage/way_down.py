"""The way down: the smallest changes of what people could do otherwise that would lower a result.

Only what can be changed without changing the purpose is tried (`changeable` in the form): another account, one kind of
data less, somebody who checks. Nothing here says that an answer was wrong, or that another one would be true.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from intake.answers import NOT_ASKED, Answer, Answers, State, answered
from intake.form import Form, Kind, Question
from intake.value import Value
from triage.current import current
from triage.lanes import Settings, side_by_side
from triage.program import Program, compiled
from triage.rules import Level, Result, RuleBook

MOST_CHANGES = 3
"""More at once is no small change any more."""


class Way(Value):
    """`changes`: the answers to give instead; `level`: where the result would then stand at most."""

    changes: Mapping[str, Answer]
    level: Level


def ways_down(
    form: Form,
    book: RuleBook,
    answers: Answers,
    settings: Settings,
    result: str = "tier",
    *,
    most_changes: int = MOST_CHANGES,
) -> tuple[Way, ...]:
    """The fewest changes first, and of those the lowest level first; none that a smaller one makes needless."""
    program, known = compiled(form, book), current(form, answers)
    (scale,) = (each for each in book.results if each.name == result)
    (now,) = _ceilings(program, scale, [(known, settings)])
    options = {
        question.id: tuple(_otherwise(question, known[question.id]))
        for question in form.questions()
        if question.changeable and known.get(question.id, NOT_ASKED).state is State.answered
    }
    found: list[Way] = []
    for count in range(1, most_changes + 1):
        tried = [
            dict(zip(names, picked, strict=True))
            for names in combinations(options, count)
            for picked in product(*(options[name] for name in names))
        ]
        ceilings = _ceilings(program, scale, [(known | changes, settings) for changes in tried])
        better = [
            Way(changes=changes, level=level)
            for changes, level in zip(tried, ceilings, strict=True)
            if _rank(scale, level) < _rank(scale, now) and not _needless(found, changes, level, scale)
        ]
        found += sorted(better, key=lambda way: (_rank(scale, way.level), _size(way, known)))
    return tuple(found)


def _otherwise(question: Question, answer: Answer) -> Iterator[Answer]:
    """What else could be answered: another choice; one tick less, or one put in the place of another."""
    others = [choice.id for choice in question.choices if choice.id not in answer.picked]
    if question.kind is Kind.one:
        yield from (answered(other) for other in others)
        return
    alone = {choice.id for choice in question.choices if choice.alone}
    for gone in answer.picked:
        left = tuple(choice for choice in answer.picked if choice != gone)
        if left:
            yield answered(*left)
        yield from (answered(*left, other) for other in others if not left or other not in alone)


def _ceilings(program: Program, scale: Result, cases: Sequence[tuple[Answers, Settings]]) -> list[Level]:
    """The strictest level that is not excluded, for each case; all cases in one pass over the rules."""
    everywhere = (1 << len(cases)) - 1
    possible = program.run(side_by_side(program.leaves, cases), everywhere).possible
    found: list[Level] = [scale.mildest] * len(cases)
    rest = everywhere
    for level, node in program.thresholds[scale.name]:
        reached, rest = rest & possible[node], rest & ~possible[node]
        while reached:
            lane = reached.bit_length() - 1
            found[lane] = level
            reached ^= 1 << lane
    return found


def _needless(found: Sequence[Way], changes: Mapping[str, Answer], level: Level, scale: Result) -> bool:
    """Whether part of these changes already leads as far down."""
    return any(
        way.changes.items() <= changes.items() and _rank(scale, way.level) <= _rank(scale, level)
        for way in found
    )


def _rank(scale: Result, level: Level) -> int:
    return scale.levels.index(level)


def _size(way: Way, known: Answers) -> int:
    """How many ticks differ: one kind of data less comes before another kind in its place."""
    return sum(len(set(answer.picked) ^ set(known[name].picked)) for name, answer in way.changes.items())
