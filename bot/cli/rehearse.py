"""`steward policy rehearse`: the register judged by the rules in force and by other ones, side by side."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TextIO

from bot.cli.ownfile import name_of, naming, read
from bot.cli.starting import utc_now
from bot.extract import to_row
from bot.faulty import named
from bot.settings import Settings
from intake.source import printable
from store.engine import Store
from triage.rehearsing import Move, Registered
from triage.rules import RuleBook
from triage.verdict import Bounds

Make = Callable[[tuple[str, ...], str], RuleBook]
"""From the optional policies that would be on, and the organisation's own rules in force, to what is tried."""
SHOWN = 20
"""Uses named one by one; the rest stands in the file of --csv."""
SHOWN_AFTER_SECONDS = 2
COLUMNS = ("use", "title", "state", "way", "approval lapses", "results", "flags", "because", "no longer")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "new",
        help="the policies as they would be (a folder), or a file of rules of your own; - for standard input",
    )
    parser.add_argument(
        "--switch-on",
        action="append",
        default=[],
        metavar="NAME",
        help="an optional policy that would be on too (without it those that are on now)",
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="every use that moves, a row each")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Damaged goes up to the command line, which prints all faults."""
    from bot.config import current
    from intake.forms import ai_use
    from store import own
    from store.registered import count, registered
    from triage.loosened import loosened
    from triage.policies import OPTIONAL, book_with
    from triage.rehearsing import rehearse

    with_theirs = not Path(args.new).is_dir()
    make = _of_own(args) if with_theirs else _of_folder(args)
    if make is None:
        return 2
    unread: list[str] = []
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            on, theirs = current(session).policies, own.text_of(session, own.in_force(session))
            new = make(tuple(name for name in OPTIONAL if name in (*on, *args.switch_on)), theirs)
            old, total = book_with(on, theirs), count(session)
            report = Report(total, args.csv, old, new)
            report.of(
                rehearse(ai_use(), old, new, shown(registered(session, unreadable=unread.append), total))
            )
    except OSError as error:
        if args.csv is None:
            raise
        print(printable(f"{args.csv} cannot be written anew: {error.strerror}."), file=sys.stderr)
        return 2
    finally:
        store.close()
    looser = [f"looser: {each.rule} ({each.how})" for each in loosened(old, new)] if with_theirs else []
    for line in (*looser, *report.lines()):
        print(printable(line))
    return tell_unread(unread)


def _of_folder(args: argparse.Namespace) -> Make | None:
    """The policies of a folder, and the organisation's own rules as they are in force; None once it is told why not."""
    from intake.forms import ai_use
    from triage.examples import load_examples
    from triage.policies import OPTIONAL, load_book, names_in
    from triage.proving import prove

    form, folder = ai_use(), Path(args.new)
    every = names_in(folder)
    if missing := [name for name in args.switch_on if name not in OPTIONAL or name not in every]:
        told = ", ".join(name for name in OPTIONAL if name in every) or "none"
        sentence = f"There is no optional policy {missing[0][:60]!r} there. There are: {told}."
        print(printable(sentence), file=sys.stderr)
        return None
    whole = load_book(form, every, folder)
    if failures := prove(form, whole, load_examples(form, whole, folder)).failures:
        _tell_failing(map(str, failures))
        return None
    off = set(OPTIONAL)
    return lambda on, theirs: load_book(
        form, [name for name in every if name in on or name not in off], folder, theirs
    )


def _of_own(args: argparse.Namespace) -> Make | None:
    """The policies that are on, and the rules of a file in place of the organisation's own."""
    from bot.enacting import examine, readable
    from triage.policies import book_with

    text = read(args.new)
    with naming(args.new):
        readable(text)
    if problems := examine(text, "", lambda fault: str(named(fault, name_of(args.new)))).problems:
        _tell_failing(problems)
        return None
    return lambda on, theirs: book_with(on, text)


def _tell_failing(problems: Iterable[str]) -> None:
    for problem in problems:
        print(printable(problem))
    print("These rules do not do what their examples say; nothing was rehearsed.", file=sys.stderr)


def shown(uses: Iterable[Registered], total: int) -> Iterable[Registered]:
    """With a bar, where it takes longer than people wait without one."""
    from tqdm import tqdm

    bar: Iterable[Registered] = tqdm(
        uses, total=total, unit="use", delay=SHOWN_AFTER_SECONDS, disable=None, leave=False
    )
    return bar


def tell_unread(names: list[str]) -> int:
    """The exit code: what could not be read is told, and the rest stands."""
    if names:
        left = f"{len(names)} uses could not be read and were left out; `steward verify` names them."
        print(left, file=sys.stderr)
    return 1 if names else 0


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
            if len(self._shown) < SHOWN:
                self._shown.append(move)

    def lines(self) -> Iterator[str]:
        for (result, change), count in sorted(self._kinds.items(), key=lambda each: (each[0][0], -each[1])):
            yield f"{count:>7}  {result:<12} {change}"
        if self._shown:
            yield ""
        for move in self._shown:
            lapses = "; its approval would lapse" if move.lapses else ""
            yield f"{move.name}  {move.title}: {changes(move)} ({way(move)}{lapses})"
            for rule in move.because:
                yield f"    + {rule}: {self._new.sentence(rule)}"
            for rule in (rule for rule in move.no_longer if rule not in move.because):
                yield f"    - {rule}: {self._old.sentence(rule)}"
        if self._moved > len(self._shown):
            yield f"and {self._moved - len(self._shown)} more" + (
                "" if self._file else "; --csv FILE names all"
            )
        up, down, both = (self._ways[each] for each in ("stricter", "looser", "both ways"))
        yield (
            f"{self._total} uses: {self._moved} would move ({up} stricter, {down} looser, {both} both ways), "
            f"{self._lapsing} approvals would lapse. Nothing was changed."
        )


def _for_its_owner(path: str, flags: int) -> int:
    """Titles of uses are for those who may read the register."""
    return os.open(path, flags, 0o600)


def way(move: Move) -> str:
    return "both ways" if move.up and move.down else "stricter" if move.up else "looser"


def changes(move: Move) -> str:
    parts = [f"{name} {told(old)} -> {told(new)}" for name, (old, new) in move.results.items()]
    return ", ".join(
        [*parts, *(f"+{flag}" for flag in move.flags_gained), *(f"-{f}" for f in move.flags_lost)]
    )


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
        cells = (*row, results, flags, " ".join(move.because), " ".join(move.no_longer))
        stream.write(to_row(dict(zip(COLUMNS, cells, strict=True)), COLUMNS))
        yield move
