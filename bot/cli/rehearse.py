"""`steward policy rehearse`: the register judged by the rules in force and by other ones, side by side."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import uuid4

from bot.cli.own import who_decides
from bot.cli.ownfile import name_of, naming, read
from bot.cli.rehearsed import Report
from bot.cli.starting import utc_now
from bot.faulty import named
from bot.settings import Settings
from intake.source import printable
from store.engine import Store
from triage.amending import amended
from triage.loosened import loosened
from triage.rehearsing import Registered
from triage.rules import RuleBook

Make = Callable[[tuple[str, ...], str], RuleBook]
"""From the optional policies that would be on, and the organisation's own rules in force, to what is tried."""
SHOWN_AFTER_SECONDS = 2


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
    parser.add_argument(
        "--post", action="store_true", help="tell it in Slack too, in the channel in which is decided"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Damaged goes up to the command line, which prints all faults."""
    from bot.config import current
    from bot.enacting import tell_tried
    from intake.forms import ai_use
    from store import own
    from store.registered import count, registered
    from triage.policies import OPTIONAL, book_with
    from triage.rehearsing import rehearse
    from triage.rejudging import UNJUDGED

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
            old, total = book_with(on, theirs), count(session, without=UNJUDGED)
            report = Report(total, args.csv, old, new)
            uses = registered(session, without=UNJUDGED, unreadable=unread.append)
            report.of(rehearse(ai_use(), old, new, shown(uses, total)))
        if args.post:
            name = name_of(args.new)
            tell_tried(store, report.foreseen(), name, args.switch_on, key=f"operator:{uuid4().hex}")
    except OSError as error:
        if args.csv is None:
            raise
        print(printable(f"{args.csv} cannot be written anew: {error.strerror}."), file=sys.stderr)
        return 2
    finally:
        store.close()
    for line in (*(_deciding(old, new) if with_theirs else ()), *report.lines()):
        print(printable(line))
    if args.post:
        print("It is told in Slack, in the channel in which is decided, once Steward runs there.")
    return tell_unread(unread)


def _deciding(old: RuleBook, new: RuleBook) -> list[str]:
    """What becomes looser, and who could put it into force."""
    looser = loosened(old, new)
    told = [f"looser: {each.rule} ({each.how})" for each in looser]
    return [*told, f"{who_decides(bool(looser))}, in Slack."] if amended(old, new) else told


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
