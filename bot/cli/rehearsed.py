"""What a rehearsal comes to: counted as it goes, told line by line, and written as a table."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from bot.extract import to_row
from triage.foreseen import NAMED, Foreseen, line_of
from triage.rehearsing import Move
from triage.rules import RuleBook
from triage.verdict import Bounds

SHOWN = 20
"""Uses named one by one; the rest stands in the file of --csv."""
WAYS = ("stricter", "looser", "both ways")
COLUMNS = (
    "use",
    "title",
    "state",
    "way",
    "approval lapses",
    "results",
    "flags",
    "seats",
    "because",
    "no longer",
)


class Report:
    """Counts what moves as it comes, and keeps only what is shown."""

    def __init__(self, total: int, file: Path | None, old: RuleBook, new: RuleBook) -> None:
        self._total, self._file, self._old, self._new = total, file, old, new
        self._moved = self._lapsing = 0
        self._ways: Counter[str] = Counter()
        self._kinds: Counter[tuple[str, str]] = Counter()
        self._shown: list[Move] = []

    def of(self, moves: Iterable[Move]) -> None:
        if self._file is None:
            self._count(moves)
            return
        with open(self._file, "x", newline="", encoding="utf-8", opener=_for_its_owner) as stream:
            self._count(_written(moves, stream))

    def _count(self, moves: Iterable[Move]) -> None:
        for move in moves:
            self._moved += 1
            self._lapsing += move.lapses
            self._ways[way(move)] += 1
            for name, (old, new) in move.results.items():
                self._kinds[name, f"{told(old)} -> {told(new)}"] += 1
            for flag in move.flags_gained:
                self._kinds["flag", f"+ {flag}"] += 1
            for flag in move.flags_lost:
                self._kinds["flag", f"- {flag}"] += 1
            for sign, seats in (("+", move.seats_gained), ("-", move.seats_lost)):
                for seat in seats:
                    self._kinds["seat", f"{sign} {seat}"] += 1
            if len(self._shown) < SHOWN:
                self._shown.append(move)

    def lines(self) -> Iterator[str]:
        for (result, change), count in sorted(self._kinds.items(), key=lambda each: (each[0][0], -each[1])):
            yield f"{count:>7}  {result:<12} {change}"
        if self._shown:
            yield ""
        for move in self._shown:
            lapses = "; its approval would lapse" if move.lapses else ""
            named = "  ".join(filter(None, (move.name, move.title)))
            yield f"{named}: {changes(move)} ({way(move)}{lapses})"
            for rule in move.because:
                yield f"    + {rule}: {self._new.sentence(rule)}"
            for rule in (rule for rule in move.no_longer if rule not in move.because):
                yield f"    - {rule}: {self._old.sentence(rule)}"
        if self._moved > len(self._shown):
            yield f"and {self._moved - len(self._shown)} more" + (
                "" if self._file else "; --csv FILE names all"
            )
        if not self._total:
            yield "The register holds no use yet that rules could move. Nothing was changed."
            return
        up, down, both = (self._ways[each] for each in WAYS)
        yield (
            f"{self._total} uses: {self._moved} would move ({up} stricter, {down} looser, {both} both ways), "
            f"{self._lapsing} approvals would lapse. Nothing was changed."
        )

    def foreseen(self) -> Foreseen:
        """The same, short enough for a message."""
        up, down, both = (self._ways[each] for each in WAYS)
        return Foreseen(
            total=self._total,
            moved=self._moved,
            stricter=up,
            looser=down,
            both=both,
            lapsing=self._lapsing,
            first=tuple(line_of(move, self._old, self._new) for move in self._shown[:NAMED]),
        )


def _for_its_owner(path: str, flags: int) -> int:
    """Titles of uses are for those who may read the register."""
    return os.open(path, flags, 0o600)


def way(move: Move) -> str:
    stricter, looser, both = WAYS
    return both if move.up and move.down else stricter if move.up else looser


def changes(move: Move) -> str:
    parts = [f"{name} {told(old)} -> {told(new)}" for name, (old, new) in move.results.items()]
    flags = [*(f"+{flag}" for flag in move.flags_gained), *(f"-{flag}" for flag in move.flags_lost)]
    return ", ".join([*parts, *flags, *_seats(move)])


def _seats(move: Move) -> list[str]:
    return [
        *(f"+yes of {seat}" for seat in move.seats_gained),
        *(f"-yes of {seat}" for seat in move.seats_lost),
    ]


def told(bounds: Bounds) -> str:
    return str(bounds.floor) if bounds.settled else f"{bounds.floor}..{bounds.ceiling}"


def _written(moves: Iterable[Move], stream: TextIO) -> Iterator[Move]:
    stream.write(to_row(dict(zip(COLUMNS, COLUMNS, strict=True)), COLUMNS))
    for move in moves:
        results = "; ".join(f"{name} {told(old)} -> {told(new)}" for name, (old, new) in move.results.items())
        flags = " ".join(
            [*(f"+{flag}" for flag in move.flags_gained), *(f"-{flag}" for flag in move.flags_lost)]
        )
        row = (move.name, move.title, move.status.value, way(move), "yes" if move.lapses else "no")
        cells = (
            *row,
            results,
            flags,
            "; ".join(_seats(move)),
            " ".join(move.because),
            " ".join(move.no_longer),
        )
        stream.write(to_row(dict(zip(COLUMNS, cells, strict=True)), COLUMNS))
        yield move
