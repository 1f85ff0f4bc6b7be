"""What judgement promises of any answers; each yields the sets that break it, so mutants can be tried."""

from collections import Counter
from collections.abc import Iterator
from random import Random

from intake.answers import Answer
from tests.triage.drawing import Drawn, blur, draw
from tests.triage.reading import FORM
from triage import judge
from triage.lanes import side_by_side
from triage.policies import book_with
from triage.program import Truths, compiled
from triage.relevance import next_question
from triage.rules import Level, ResultKind

BOOK = book_with()
"""All policies together, the optional ones included."""
PROGRAM = compiled(FORM, BOOK)
SCALES = {result.name: result for result in BOOK.results if result.kind is ResultKind.scale}


def drawn(count: int, seed: int) -> list[Drawn]:
    random = Random(seed)
    return [draw(FORM, random) for _ in range(count)]


def truths_of(sets: list[Drawn]) -> Truths:
    return PROGRAM.run(side_by_side(PROGRAM.leaves, sets), (1 << len(sets)) - 1)


def ranks(truths: Truths, lane: int) -> dict[str, tuple[int, int]]:
    """Floor and ceiling of everything that a judgement says; a flag or duty has two levels."""
    found = {}
    for name, bounds in judge.bounds(PROGRAM, truths, lane).items():
        levels = SCALES[name].levels
        found[name] = levels.index(bounds.floor), levels.index(bounds.ceiling)
    for name, thresholds in PROGRAM.thresholds.items():
        if name not in SCALES:
            node = thresholds[0].node
            found[name] = truths.sure[node] >> lane & 1, truths.possible[node] >> lane & 1
    return found


def shares(sets: list[Drawn]) -> dict[str, dict[Level | None, float]]:
    """For each scale how often each level was reached for certain; None where floor and ceiling differ."""
    truths = truths_of(sets)
    counts: dict[str, Counter] = {name: Counter() for name in SCALES}
    for lane in range(len(sets)):
        for name, bounds in judge.bounds(PROGRAM, truths, lane).items():
            counts[name][bounds.floor if bounds.settled else None] += 1
    return {name: {level: n / len(sets) for level, n in count.items()} for name, count in counts.items()}


def broken_by_withholding(sets: list[Drawn], seed: int) -> Iterator[tuple[Drawn, Drawn, str]]:
    """Knowing less must neither raise a floor nor lower a ceiling."""
    random = Random(seed)
    less = [blur(FORM, each, random) for each in sets]
    whole, partly = truths_of(sets), truths_of(less)
    for lane, (all_of_it, part) in enumerate(zip(sets, less, strict=True)):
        known, guessed = ranks(whole, lane), ranks(partly, lane)
        for name, (floor, ceiling) in known.items():
            if guessed[name][0] > floor or guessed[name][1] < ceiling:
                yield all_of_it, part, name


def broken_by_asking(sets: list[Drawn], seed: int) -> Iterator[tuple[Drawn, Drawn, str]]:
    """Asking only what still matters must end where asking everything ends; half begin with a draft."""
    random = Random(seed)
    asked = [interviewed(each, random) for each in sets]
    whole, partly = truths_of(sets), truths_of(asked)
    for lane, (all_of_it, part) in enumerate(zip(sets, asked, strict=True)):
        known, found = ranks(whole, lane), ranks(partly, lane)
        yield from ((all_of_it, part, name) for name in known if known[name] != found[name])


def interviewed(each: Drawn, random: Random) -> Drawn:
    """The answers after asking until nothing is left to ask; what the set lacks is passed over."""
    share = random.choice((0.0, 0.0, 0.5, 0.8))
    given: dict[str, Answer] = {q: answer for q, answer in each.answers.items() if random.random() < share}
    asked: set[str] = set(given)
    while question := next_question(FORM, BOOK, given, each.settings, asked):
        assert question.id not in asked, "a question was asked twice"
        asked.add(question.id)
        if question.id in each.answers:
            given[question.id] = each.answers[question.id]
    return Drawn(given, each.settings)
