"""What other rules would do to the register, summed up so that it fits a phone and can be kept beside a proposal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from intake.value import Value
from triage.rehearsing import Move
from triage.rules import RuleBook
from triage.verdict import Bounds

NAMED, TITLE = 5, 80
"""Uses named one by one; `steward policy rehearse` names all."""
FIELDS = 8


class Named(NamedTuple):
    """One use that would move: `result` from and to, and the sentence of a rule that does it."""

    name: str
    title: str
    result: str
    before: Bounds
    after: Bounds
    because: str


class Foreseen(Value):
    """Counts of uses; `first` are tab-separated, as they are kept."""

    total: int
    moved: int
    stricter: int
    looser: int
    both: int
    lapsing: int
    first: tuple[str, ...]

    def kept(self) -> tuple[str, ...]:
        counts = (self.total, self.moved, self.stricter, self.looser, self.both, self.lapsing)
        return (" ".join(map(str, counts)), *self.first)

    def named(self) -> Iterator[Named]:
        for line in self.first:
            name, title, result, *levels, because = line.split("\t", FIELDS - 1)
            was, might, now, may = levels
            before, after = Bounds(floor=was, ceiling=might), Bounds(floor=now, ceiling=may)
            yield Named(name, title, result, before, after, because)


def of_kept(texts: Iterable[str]) -> Foreseen:
    counts, *first = texts
    names = ("total", "moved", "stricter", "looser", "both", "lapsing")
    told = dict(zip(names, map(int, counts.split()), strict=True))
    return Foreseen(**told, first=tuple(first))


def summed(moves: Iterable[Move], total: int, old: RuleBook, new: RuleBook) -> Foreseen:
    """Of `total` uses these move; the first of them are named."""
    ways = {(True, False): 0, (False, True): 0, (True, True): 0}
    lapsing, first = 0, list[str]()
    for move in moves:
        ways[move.up, move.down] += 1
        lapsing += move.lapses
        if len(first) < NAMED:
            first.append(line_of(move, old, new))
    return Foreseen(
        total=total,
        moved=sum(ways.values()),
        stricter=ways[True, False],
        looser=ways[False, True],
        both=ways[True, True],
        lapsing=lapsing,
        first=tuple(first),
    )


def line_of(move: Move, old: RuleBook, new: RuleBook) -> str:
    """The result that people know best; a use of which only flags move has none."""
    result = next((name for name in ("tier", *sorted(move.results)) if name in move.results), "")
    nothing = Bounds(floor="", ceiling="")
    before, after = move.results.get(result, (nothing, nothing))
    levels = (before.floor, before.ceiling, after.floor, after.ceiling)
    told = next(_sentences(move, result, old, new), "")
    parts = (move.name, move.title[:TITLE], result, *levels, told)
    return "\t".join(" ".join(str(part).split()) for part in parts)


def _sentences(move: Move, result: str, old: RuleBook, new: RuleBook) -> Iterator[str]:
    """Of the rules that move it: first those that lift this very result, then those that only follow from it."""
    sides = [(new, rule) for rule in move.because] + [(old, rule) for rule in move.no_longer]
    lifts = {rule.id: rule.result for book in (old, new) for rule in book.rules()}
    for book, rule in sorted(sides, key=lambda side: lifts.get(side[1], "") != result):
        yield book.sentence(rule)
