"""`steward setup`: ten questions on the terminal, then steward.yaml; `--system` goes on with the management system."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.configfile import REGIONS, read_value
from bot.settings import Settings
from intake.source import Damaged

STOPPED = 1
YES = ("yes", "y")
HEAD = """\
# Written by `steward setup`. It is read at the first start; from then on these settings live in the database,
# and a change made there counts, not this file. An empty list means nobody.
"""
SETTLED = {"public body": "organisation.public_body", "works council": "organisation.works_council"}

Ask = Callable[[str], str]
Stated = dict[str, Any]


class Unclear(Exception):
    """What is wrong with an answer, one sentence for each fault."""


class Question(NamedTuple):
    """`read` makes settings of the words; `default` is taken for an empty line."""

    ask: str
    example: str
    read: Callable[[str], Stated]
    default: str = ""


def _parts(words: str) -> list[str]:
    return [part.strip() for part in words.split(",") if part.strip()]


def _channel(words: str) -> Stated:
    return {"channels.governance": words or None}


def _holders(*roles: str) -> Callable[[str], Stated]:
    return lambda words: {f"roles.{role}": _parts(words) for role in roles}


def _regions(words: str) -> Stated:
    return {"organisation.regions": [part.casefold() for part in _parts(words)]}


def _facts(words: str) -> Stated:
    said = [part.casefold() for part in _parts(words)]
    if unknown := [part for part in said if part not in (*SETTLED, "neither")]:
        raise Unclear(f"`{unknown[0][:60]}` is none of these. Write {', '.join(SETTLED)}, or neither.")
    return {key: name in said for name, key in SETTLED.items()}


def _sector(words: str) -> Stated:
    sector, _, units = words.partition(":")
    return {"organisation.sector": sector.strip() or None, "organisation.units": _parts(units)}


def _place(words: str) -> Stated:
    language, zone, country = [*_parts(words), "", "", ""][:3]
    return {"language": language, "timezone": zone or "UTC", "country": country.upper() or None}


PEOPLE = "Member ids, or the id of a user group"
QUESTIONS = (
    Question("In which channel are requests decided? Its id", "C0123456789", _channel),
    Question(
        f"Who decides what is of low or medium risk? {PEOPLE}",
        "U0123456789, U0123456780",
        _holders("reviewer"),
    ),
    Question("Who decides what is of high risk?", "U0123456789, U0123456780", _holders("risk_owner")),
    Question("Who decides what is of very high risk?", "S0123456789", _holders("committee", "executive")),
    Question("Who speaks for legal and for privacy?", "U0123456789", _holders("legal", "privacy")),
    Question(
        "Who looks after the register, security and suppliers?",
        "U0123456789",
        _holders("governance_lead", "security", "vendor_manager", "auditor"),
    ),
    Question(
        f"Where do you work, or where are the people concerned? Of {', '.join(REGIONS)}", "eu, uk", _regions
    ),
    Question(f"What holds for you? {', '.join(SETTLED)}, or neither", "works council", _facts, "neither"),
    Question("Your sector, and the units that ask", "manufacturing: Sales, Engineering", _sector),
    Question("Language, time zone and country", "en, Europe/Berlin, DE", _place, "en, UTC"),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--answers", metavar="FILE", help="one answer a line instead of asking; # begins a remark"
    )
    parser.add_argument(
        "--system",
        nargs="?",
        const="",
        metavar="FILE",
        help="the AI management system instead: asked in the order of an hour, or read from a file; "
        "all of it is put forward as drafts, which people approve in Slack",
    )
    parser.add_argument("--force", action="store_true", help="replace a settings file without asking")


def run(args: argparse.Namespace, settings: Settings) -> int:
    path = settings.config_path
    if args.system is not None:
        return _system(args.system, settings)
    try:
        ask = _from_file(Path(args.answers)) if args.answers else input
        text = to_yaml(_ask_all(ask, again=not args.answers))
        print(f"\n{text}")
        if path.exists() and not args.force and (args.answers or not _replace(path)):
            print(f"{path} was left as it is. Add --force to replace it.", file=sys.stderr)
            return STOPPED
        _write(path, text)
    except (EOFError, KeyboardInterrupt):
        print("\nStopped before the last question. Nothing was written.", file=sys.stderr)
        return STOPPED
    except Unclear as unclear:
        return _not_written(str(unclear))
    except OSError as error:
        return _not_written(f"{error.filename or path}: {error.strerror or error}.")
    except UnicodeDecodeError:
        return _not_written(f"{args.answers} is not text in UTF-8.")
    for line in _packs(text):
        print(line)
    print(
        f"Written to {path}. Next: `steward check`. Once Steward runs and people have met it, `steward setup --system` "
        "asks for the management system: scope, policy, objectives and the rest."
    )
    return 0


def _packs(text: str) -> Iterator[str]:
    """Which sector packs fit what was said; switching one on takes two people, in Slack."""
    from triage.aims.sectors import suggested

    told = yaml.safe_load(text).get("organisation", {})
    for pack in suggested(told.get("sector"), told.get("public_body")):
        yield (
            f"The sector pack `{pack.policy}` fits: `steward policy show {pack.policy}` shows it. It is off; in Slack, "
            "`/steward setup`, somebody proposes it and somebody else says yes."
        )


def _system(file: str, settings: Settings) -> int:
    """Late, as the ten questions need no database."""
    from bot.cli.aimsdraft import put_file_forward
    from bot.cli.starting import open_store, prepare, utc_now
    from bot.cli.system import SAID, set_up
    from bot.library import library
    from bot.office import Office

    store = open_store(settings)
    try:
        prepare(settings, store)
        office = Office(store, library(), utc_now)
        return (
            put_file_forward(office, Path(file))
            if file
            else set_up(office, settings.config_path.with_name(SAID))
        )
    finally:
        store.close()


def _not_written(why: str) -> int:
    print(f"{why}\nNothing was written.", file=sys.stderr)
    return 2


def to_yaml(stated: Mapping[str, Any]) -> str:
    """A file that reads back as exactly these settings."""
    tree: dict[str, Any] = {}
    for key, value in stated.items():
        folder, _, name = key.rpartition(".")
        below = tree.setdefault(folder, {}) if folder else tree
        below[name] = list(value) if isinstance(value, tuple) else value
    return HEAD + yaml.safe_dump(
        tree, sort_keys=False, allow_unicode=True, default_flow_style=None, width=110
    )


def _ask_all(ask: Ask, *, again: bool) -> Stated:
    stated: Stated = {}
    for number, question in enumerate(QUESTIONS, 1):
        stated |= _answer(question, ask, number, again=again)
    return stated


def _answer(question: Question, ask: Ask, number: int, *, again: bool) -> Stated:
    """Asks until the answer can be read; a file is asked only once."""
    default = f", empty: {question.default}" if question.default else ""
    while True:
        words = ask(f"{number}/{len(QUESTIONS)} {question.ask} (e.g. {question.example}{default}): ").strip()
        try:
            return _checked(question.read(words or question.default))
        except Unclear as unclear:
            if not again:
                raise Unclear(f"Answer {number}: {unclear}") from unclear
            print(f"  {unclear}", file=sys.stderr)


def _checked(stated: Stated) -> Stated:
    faults: dict[str, None] = {}
    for key, value in stated.items():
        try:
            stated[key] = read_value(key, value)
        except Damaged as damaged:
            faults |= dict.fromkeys(f"{fault.problem}. {fault.mend}" for fault in damaged.faults)
    if faults:
        raise Unclear(" ".join(faults))
    return stated


def _from_file(path: Path) -> Ask:
    lines = iter([line.partition("#")[0] for line in path.read_text(encoding="utf-8").splitlines()])

    def ask(prompt: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    return ask


def _replace(path: Path) -> bool:
    return input(f"{path} is there already. Replace it? (yes or no, empty: no): ").strip().casefold() in YES


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    partial = path.with_name(f"{path.name}.partial")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)
