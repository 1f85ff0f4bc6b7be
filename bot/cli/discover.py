"""`steward discover`: AI that nobody registered, found in logs and lists of other systems, counted and asked about."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NoReturn
from uuid import uuid4

from tqdm import tqdm

from bot.cli.import_ import REFUSED_SOME, opened, progress
from bot.cli.starting import open_store, prepare, utc_now
from bot.inventory.rows import Unreadable
from bot.library import library
from bot.office import Office
from bot.settings import Settings
from bot.sightings.counting import Counting
from bot.sightings.headings import HEADINGS
from bot.sightings.plan import Plan
from bot.sightings.reading import Block, read_sightings
from bot.sightings.taking import MOST_ASKED, keep, look_up
from bot.sightings.teams import Team, by_team
from intake.applications import Applications
from intake.catalogue import Catalogue
from intake.source import printable
from store.employees import units
from store.engine import Store
from store.errors import Absent
from store.sightings import Reading, taken_before
from store.tables.sightings import KINDS

SHOWN = 40
"""So many lines stand in the terminal; --json has them all."""
TOLD_REFUSED = 20
"""So many damaged lines are told one by one; of the rest, how many."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="CSV or JSON lines in UTF-8; - reads standard input")
    parser.add_argument(
        "--column",
        metavar="FIELD=NAME",
        action="append",
        default=[],
        help=f"which column tells what, where its name does not say so; FIELD is one of {', '.join(HEADINGS)}",
    )
    parser.add_argument("--kind", choices=KINDS, help="what kind of list it is, where it does not show")
    parser.add_argument("--json", action="store_true", help="a JSON line for each tool and team")
    parser.add_argument("--dry-run", action="store_true", help="say the same, write nothing")


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now) if args.dry_run else open_store(settings)
    try:
        if not args.dry_run:
            prepare(settings, store)
        return _discover(args, Office(store, library(), utc_now))
    except Unreadable as unreadable:
        return _stopped(args.file, str(unreadable))
    except BrokenPipeError:
        raise  # whoever read the answer has gone, and all was written
    except OSError as error:
        return _stopped(args.file, f"{error.strerror or error}.")
    finally:
        store.close()


def _discover(args: argparse.Namespace, office: Office) -> int:
    known, digest = Applications(office.library.catalogue), hashlib.sha256()
    with opened(args.file) as stream, progress(stream, "discover") as bar:
        read = read_sightings(_hashed(stream, digest), said=_said(args.column), kind=args.kind)
        counting = Counting(read.plan, known, _units(office), names=_names_people(office))
        refused = _count(read.blocks, counting, bar)
    reading = Reading(
        digest=digest.hexdigest(),
        kind=read.plan.kind,
        format=read.plan.format,
        read=counting.read,
        refused=refused,
        undated=counting.undated,
    )
    teams, before = _looked_up(office, counting), _before(office, reading)
    if not args.dry_run and before is None:
        keep(office, reading, counting, teams, run=uuid4().hex)
    _tell(args, read.plan, reading, teams, office.library.catalogue, before)
    return REFUSED_SOME if refused else 0


def _hashed(stream: Iterable[bytes], digest: hashlib._Hash) -> Iterator[bytes]:
    for line in stream:
        digest.update(line)
        yield line


def _said(columns: Sequence[str]) -> Mapping[str, str]:
    told = {}
    for each in columns:
        field, equals, name = each.partition("=")
        if not equals:
            raise Unreadable(f"`--column {each}` does not say which column. Write it like --column app=NAME.")
        told[field.strip()] = name.strip()
    return told


def _units(office: Office) -> Callable[[str], str]:
    """Who works in which team, as the people file says."""
    try:
        with office.store.read() as session:
            known = units(session)
    except Absent:  # a trial run before there is a database
        known = {}
    return lambda person: known.get(person, "")


def _names_people(office: Office) -> bool:
    try:
        return office.config.names_people
    except Absent:
        return False


def _count(blocks: Iterable[Block], counting: Counting, bar: tqdm[NoReturn]) -> int:
    refused = 0
    for block in blocks:
        counting.add(block.rows)
        for bad in block.refused:
            refused += 1
            if refused <= TOLD_REFUSED:
                tqdm.write(printable(f"line {bad.line}: {bad.problem}"), file=sys.stderr)
        bar.update(block.size)
    if refused > TOLD_REFUSED:
        print(f"… and {refused - TOLD_REFUSED:,} more lines like that.", file=sys.stderr)
    return refused


def _looked_up(office: Office, counting: Counting) -> list[Team]:
    try:
        return look_up(office, counting)
    except Absent:
        return by_team(counting.counts, {})


def _before(office: Office, reading: Reading) -> str | None:
    """The day on which the same file was taken in."""
    try:
        with office.store.read() as session:
            taken = taken_before(session, reading.digest)
    except Absent:
        return None
    return f"{taken.at:%Y-%m-%d}" if taken else None


def _tell(
    args: argparse.Namespace,
    plan: Plan,
    reading: Reading,
    teams: Sequence[Team],
    catalogue: Catalogue,
    before: str | None,
) -> None:
    if args.json:
        for team in teams:
            print(json.dumps(to_plain(team, catalogue)))
    else:
        _table(teams, catalogue)
    columns = ", ".join(f"{field} from `{column}`" for field, column in plan.columns.items())
    _say(f"Read as {plan.format or plan.kind.replace('_', ' ')}: {columns}.")
    if reading.undated:
        _say(f"{reading.undated:,} of these sightings bear no date that can be read in one way only.")
    new = sum(team.stands == "new" for team in teams)
    if before is not None:
        _say(f"This very file was taken in on {before}, so nothing was written.")
    elif args.dry_run:
        _say("Trial run: nothing was written.")
    elif new:
        more = f"; the other {new - MOST_ASKED} once a later list shows them" if new > MOST_ASKED else ""
        _say(
            f"{min(new, MOST_ASKED)} of these are asked about: a few at a time, where each team reads{more}."
        )
    tools, where = len({team.tool for team in teams}), len({team.unit for team in teams})
    counts = {state: sum(team.stands == state for team in teams) for state in STATES}
    said = ", ".join(f"{state} {number}" for state, number in counts.items())
    rows = f"read {reading.read:,}, refused {reading.refused:,}"
    print(f"{rows}; {tools} tools in {where} teams: {said}", file=sys.stderr if args.json else sys.stdout)


STATES = ("new", "asked", "known", "over", "unsure", "general")
MEANING = {
    "new": "not registered",
    "asked": "its team is asked",
    "known": "registered",
    "over": "seen though it ended",
    "unsure": "perhaps",
    "general": "has AI among much else",
}


def to_plain(team: Team, catalogue: Catalogue) -> dict[str, object]:
    tool = catalogue.get(team.tool)
    return {
        "tool": tool.name if tool else team.tool,
        "vendor": (tool.vendor or None) if tool else None,
        "team": team.unit or None,
        "times": team.hits,
        "people": team.people or None,
        "first": team.first.isoformat() if team.first else None,
        "last": team.last.isoformat() if team.last else None,
        "stands": team.stands,
        "uses": list(team.refs),
        **({"who": sorted(team.who)} if team.who else {}),
    }


def _table(teams: Sequence[Team], catalogue: Catalogue) -> None:
    for team in teams[:SHOWN]:
        told = to_plain(team, catalogue)
        dates = f"{told['first']} to {told['last']}" if told["first"] else ""
        people = f"{team.people:,} {'person' if team.people == 1 else 'people'}" if team.people else ""
        times = f"{team.hits:,} {'time' if team.hits == 1 else 'times'}"
        refs = ", ".join(team.refs)
        where = printable(team.unit)[:24] or "no team named"
        stands = f"{MEANING[team.stands]}{f' ({refs})' if refs else ''}"
        print(f"{str(told['tool'])[:28]:28} {where:24} {times:>15} {people:>14}  {dates:24}  {stands}")
    if len(teams) > SHOWN:
        print(f"… and {len(teams) - SHOWN} more; --json has them all.")


def _say(remark: str) -> None:
    print(printable(remark), file=sys.stderr)


def _stopped(name: str, why: str) -> int:
    print(printable(f"{name} cannot be read: {why} Nothing was written."), file=sys.stderr)
    return 2
