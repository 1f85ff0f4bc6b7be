"""`steward training`: who did what they need to have learned, and taking in what another system knows of it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot.cli.import_ import opened
from bot.cli.starting import open_store
from bot.extract import to_row
from bot.inventory.lines import Bad, Row
from bot.inventory.rows import Unreadable, read_rows
from bot.library import library
from bot.office import Office
from bot.settings import Settings
from intake.source import printable
from store import aims, competence, people, readers, trained
from store import training as trainings
from store.engine import Store
from store.sessions import Session
from triage.aims.entry import Entry
from triage.aims.matrix import Cell
from triage.aims.training import KIND, trainees
from triage.desk import Desk
from triage.outcome import Refused

REFUSED = 1
CELLS = 30
PART = 100
"""So many are kept at a time."""
COLUMNS = frozenset({"e-mail", "training", "day"})


class Fits(NamedTuple):
    """A row that can be kept."""

    person: str
    training: Entry
    day: date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    wishes = parser.add_subparsers(dest="wish", required=True, metavar="list|matrix|import")
    listed = wishes.add_parser("list", help="each training, and of everybody who needs it how it stands")
    listed.add_argument("--late", action="store_true", help="only who let their day go by")
    listed.add_argument("--json", action="store_true", help="one JSON object a line, each person")
    gaps = wishes.add_parser("matrix", help="what is missing, by unit, role and training or skills, as CSV")
    gaps.add_argument("--json", action="store_true", help="one JSON object a line")
    taken = wishes.add_parser("import", help="take in who did what, CSV with e-mail, training and day")
    taken.add_argument("file", metavar="FILE", help="a path, or - for what comes in")
    taken.add_argument("--dry-run", action="store_true", help="only say what would be kept")


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = open_store(settings)
    try:
        office = Office(store, library(), store.now)
        desk = office.desk({})
        if args.wish == "matrix":
            with store.read() as session:
                _matrix(competence.gaps(session, office.desk(office.holders(session))), as_json=args.json)
            return 0
        if args.wish == "list":
            with store.read() as session:
                _list(session, desk, late=args.late, as_json=args.json)
            return 0
        return _import(store, args.file, desk, dry=args.dry_run)
    except Unreadable as fault:
        print(printable(str(fault)), file=sys.stderr)
        return REFUSED
    finally:
        store.close()


def _list(session: Session, desk: Desk, *, late: bool, as_json: bool) -> None:
    names, found = people.names(session), aims.of_kind(session, KIND, "in_force")
    for training in found:
        held = trainees(training, trained.of(session, training.id))
        shown = [each for each in held if each.late(desk.day) or not late]
        if as_json:
            for each in shown:
                told = each.model_dump(mode="json") | {"training": training.ref, "late": each.late(desk.day)}
                print(json.dumps(told | {"name": names.get(each.person, "")}, ensure_ascii=True))
            continue
        done = sum(each.done is not None and not each.late(desk.day) for each in held)
        full = CELLS * done // len(held) if held else 0
        print(printable(f"{training.ref}  {training.title}"))
        print(f"  {'█' * full}{'░' * (CELLS - full)}  {done} of {len(held)} are up to date")
        for each in shown:
            when = f"done {each.done}" if each.done else "not done yet"
            due = f"{'was due' if each.late(desk.day) else 'due'} {each.due}" if each.due else "for good"
            waits = f", said for {each.waits} and not confirmed yet" if each.waits else ""
            print(printable(f"  {names.get(each.person) or each.person}  {when}, {due}{waits}"))
    if not found and not as_json:
        print("There is no training yet: Home, Management system, Trainings.", file=sys.stderr)


MATRIX = ("unit", "role", "needs", "title", "people", "has", "late", "waits", "gap")


def _matrix(cells: Iterable[Cell], *, as_json: bool) -> None:
    """No cell that a spreadsheet would run."""
    if not as_json:
        print(to_row(dict(zip(MATRIX, MATRIX, strict=True)), MATRIX).strip())
    for each in cells:
        told = each.model_dump(mode="json") | {"gap": each.gap}
        print(json.dumps(told, ensure_ascii=True) if as_json else to_row(told, MATRIX).strip())


def _import(store: Store, name: str, desk: Desk, *, dry: bool) -> int:
    """What fits is kept, each once; what does not is told line by line. Nobody waits while the file is read."""
    with opened(name) as stream:
        rows = list(read_rows(stream, COLUMNS))
    with store.read() as session:
        found = list(_fitting(session, rows, desk))
    fits, refused = [], 0
    for line, each in found:
        if isinstance(each, Fits):
            fits.append((line, each))
        else:
            refused += _refused(line, each)
    kept, over = (len(fits), 0) if dry else _keep(store, fits, desk)
    refused += over
    print(f"read {len(found)}, new {kept}, same {len(found) - kept - refused}, refused {refused}")
    if dry:
        print("A trial run: nothing was written.", file=sys.stderr)
    return REFUSED if refused else 0


def _keep(store: Store, fits: Sequence[tuple[int, Fits]], desk: Desk) -> tuple[int, int]:
    """Part by part, so that others get their turn to write; how many are new, and how many came too late."""
    kept = over = 0
    for start in range(0, len(fits), PART):
        with store.write() as session:
            for line, each in fits[start : start + PART]:
                try:
                    kept += trainings.say_done(session, each.training.id, each.person, each.day, "", desk)
                except Refused:  # before anything of it was written
                    over += _refused(line, f"{each.training.ref} does not count any more.")
    return kept, over


def _refused(line: int, why: str) -> int:
    print(printable(f"line {line}: {why}"), file=sys.stderr)
    return 1


def _fitting(session: Session, rows: Iterable[Row | Bad], desk: Desk) -> Iterator[tuple[int, Fits | str]]:
    tied = readers.by_email(session)
    known = aims.of_kind(session, KIND, "in_force")
    named = {name.casefold(): each for each in known for name in (each.title, each.ref)}
    for row in rows:
        if isinstance(row, Bad):
            yield row.line, row.problem
        else:
            yield row.line, _fits(row.cells, tied, named, desk)


def _fits(
    cells: Mapping[str, str], tied: Mapping[str, str], named: Mapping[str, Entry], desk: Desk
) -> Fits | str:
    email, title, said = (str(cells.get(each) or "").strip() for each in ("e-mail", "training", "day"))
    person, training = tied.get(email.casefold()), named.get(title.casefold())
    if person is None:
        return f"{email[:80] or 'no e-mail'} is nobody of the people file whom Slack knows."
    if training is None:
        return f"{title[:80] or 'no name'} is no training that counts (steward training list)."
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return f"{said[:40] or 'nothing'} is no day such as 2027-03-01."
    if day > desk.day:
        return f"{day} is still to come."
    return Fits(person, training, day)
