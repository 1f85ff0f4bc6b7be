"""What a pack takes from other parts: coverage, applicability, the wordings in every version."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

from bot import applied, serving
from bot import portfolio as beside
from bot.config import current
from bot.library import library
from bot.pack import index
from bot.pack.container import Container
from bot.pack.gathered import Told, Wording
from bot.pack.papers import Papers
from bot.pack.scope import Marks
from bot.pack.sections import Cell, Sheet
from bot.pack.standing import Stated
from bot.pack.using import SHORT
from bot.scoping import COLUMNS
from bot.words import Words
from store import coverage, extract, portfolio, tagged
from store import draws as drawn
from store.sessions import Session
from store.tagged import Tagged
from triage import aims
from triage.aims.covered import Covered
from triage.aims.entry import Entry
from triage.aims.scoped import KIND as SCOPE
from triage.aims.scoped import scope_of

UNUSUAL = re.compile(r"[^A-Za-z0-9._-]+")
ALL = 1_000_000
AIMS = Path(aims.__file__).parent
PLANS = tuple(AIMS / name for name in ("applicability.yaml", "certification.yaml", "evidence.yaml"))
"""By which coverage was counted, the statement of applicability suggested, and said what has to be ready when."""


def covered(session: Session, at: datetime, zone: str) -> tuple[Covered, ...]:
    """As it stood at the pack's moment."""
    return coverage.covered(session, zone, at)


def statement(
    session: Session,
    covered: Iterable[Covered],
    until: datetime | None,
    people: Mapping[str, str],
    words: Words,
) -> Stated | None:
    """None where nobody decided about any control yet."""
    made = applied.found(session, covered, until)
    if not any(row.decided is not None for row in made.rows):
        return None
    judged = applied.judged(session, words) if until is not None else ""
    return Stated(made, applied.named(session, made, people), judged)


def put_draws(
    papers: Papers, session: Session, entries: Iterable[Entry], until: datetime | None, *, whole: bool
) -> None:
    """Each draw with all that it takes to draw it again; not where some of it became confidential since."""
    hidden = frozenset[str]() if whole else drawn.closed_refs(session)
    with papers.table("draws", drawn.Draw._fields) as put:
        for each in drawn.draws(session, entries, until):
            papers.tick()  # each reads the trail once more
            closed = any(one.ref in hidden for one in each.population)
            population = [] if closed else [[one.ref, one.weight] for one in each.population]
            put({**each._asdict(), "population": population, "drawn": [] if closed else list(each.drawn)})


def wordings(session: Session, container: Container, until: datetime | None) -> tuple[Wording, ...]:
    """The files of each, under its digest: two versions that are called alike stay two."""
    for plan in PLANS:
        container.put(f"wordings/aims/{plan.name}", plan.read_bytes())
    found = []
    for digest, kind, name, version, seen, body in extract.wordings(session, until):
        folder = f"wordings/{_plain(kind)}/{_plain(name)}-{_plain(version)}-{_plain(digest)[:12]}"
        files = _files(body)
        for number, (called, text) in enumerate(sorted(files.items()), 1):
            container.put(f"{folder}/{number:02}-{_plain(called)}", text.encode("utf-8", "replace"))
        first = f"{folder}/01-{_plain(min(files))}"
        found.append(Wording(kind, name, version, seen, digest, first))
    return tuple(found)


def linked(wordings: Iterable[Wording]) -> Mapping[str, Cell]:
    """By digest, as a page in a folder of its own points at them."""
    return {
        each.digest: Cell(f"{each.name} {each.version} ({each.digest[:SHORT]})", f"../{each.href}")
        for each in wordings
    }


def _files(body: str) -> Mapping[str, str]:
    """What was kept as an object of files by name, or as one file."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = None
    if isinstance(told, dict) and told and all(isinstance(text, str) for text in told.values()):
        return told
    return {"file.yaml": body}


def _plain(name: str) -> str:
    return UNUSUAL.sub("-", name).strip(".-")[:80] or "x"


def portfolio_sheet(session: Session, day: date, words: Words) -> Sheet:
    """All uses beside each other, which names nothing that is confidential."""
    links = (Cell(words.label("pack.index"), "index.html"),)
    found = portfolio.portfolio(session, day, words.zone)
    return beside.sheet(words, found)._replace(links=links)


def marks(
    session: Session, entries: Iterable[Entry], people: Mapping[str, str], papers: Papers, stack: ExitStack
) -> Marks | None:
    """Of the scope among the entries of the pack's moment, each row in a table of its own."""
    entry = next((each for each in entries if each.kind == SCOPE), None)
    units, shelf = current(session).organisation.units, library()
    scope = scope_of(entry, shelf.form, shelf.wording, units)
    if entry is None or scope is None:
        return None
    return Marks(entry, scope, people, stack.enter_context(papers.table("scope", COLUMNS)))


def frameworks(
    session: Session, until: datetime | None, people: Mapping[str, str], papers: Papers
) -> tuple[Tagged, ...]:
    """What serves other management systems, too, at the pack's moment."""
    found = tuple(tagged.every(session, until))
    with papers.table("frameworks", serving.OF_ALL) as put:
        for row in serving.rows(found, people):
            put(row)
    return found


def trail_sheet(told: Told, words: Words) -> Sheet:
    links = (Cell(words.label("pack.index"), "index.html"),)
    return Sheet("trail.html", words.label("pack.trail.title"), (), (index.trail(told, words, ALL),), links)
