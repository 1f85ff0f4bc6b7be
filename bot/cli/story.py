"""`steward story`: what became of a use, in order, told by the sealed lines of the trail and by nothing else."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from bot.cli.recalled import Past
from bot.cli.starting import utc_now
from bot.cli.stating import Stating, moment, shown
from bot.cli.withheld import add_whole, tell, withheld
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import incidents, people, queries, recounted
from store.engine import Store
from store.recounted import Recounted
from store.sessions import Session

NOT_FOUND = 1
TALK = ("draft.", "interview.", "question.", "proposal.", "tool.", "form.", "words.", "answer.")
"""The interview, which is told in one line unless all of it is asked for."""
GOES_ON = "⏎"
"""At the end of a line that somebody broke: what follows is theirs, too."""
BELOW, WRITTEN, WITHIN = 21, 23, 27
"""How far in something stands: only a line of the trail begins at the edge."""


class Told(NamedTuple):
    """The lines of one use, and what people are called now."""

    lines: list[Recounted]
    names: Mapping[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ref", help="for instance AIU-2026-0001, or an incident: AII-2026-0001")
    parser.add_argument("--all", action="store_true", help="also each step of the interview")
    add_whole(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            if sentence := withheld(session, args) or _kept_close(session, args):
                return tell(sentence)
            known = told(session, args.ref)
    finally:
        store.close()
    if not known.lines:
        print(f"The trail tells of no use {printable(args.ref)}.", file=sys.stderr)
        return NOT_FOUND
    for line in story(known, Words(), everything=args.all):
        print(printable(line))
    return 0


def told(session: Session, ref: str) -> Told:
    """The register only says which lines are about it, and what people are called."""
    incident = incidents.by_ref(session, ref)
    id = incident.id if incident is not None else queries.id_of(session, ref) or ""
    return Told(list(recounted.lines(session, id)), people.names(session))


def _kept_close(session: Session, args: argparse.Namespace) -> str:
    """An incident about a confidential use is told whole only where that is asked for."""
    found = incidents.by_ref(session, args.ref)
    if found is None or not found.confidential or args.confidential:
        return ""
    return f"{found.ref} is about a confidential use. With --confidential it is told whole."


def story(known: Told, words: Words, *, everything: bool) -> Iterator[str]:
    """What was said before anybody had to decide is counted, unless `everything` is wanted."""
    lines = known.lines
    begun = [] if everything else list(takewhile(lambda line: line.what.startswith(TALK), lines))
    if begun:
        yield f"{'':{BELOW}}{words.label('trail.steps', count=len(begun))}"
    past = Past()
    for number, line in enumerate(lines):
        past.hear(line)
        if number >= len(begun):
            yield from _line(line, Stating(words, known.names, past), past, words)
        past.keep(line)


def _line(line: Recounted, says: Stating, past: Past, words: Words) -> Iterator[str]:
    if not line.what:
        yield f"{'':{BELOW}}{words.label('story.line_changed', line=line.seq)}"
        return
    yield f"{moment(line.at)}  {says.who(line)}: {says.phrase(line)}{says.more(line)} [{line.seq}]"
    for sentence in says.below(line):
        yield f"{'':{WRITTEN}}{sentence}"
    for name in shown(line):
        called, text = says.text(line, name)
        gone = "story.not_sealed" if name in line.changed else "trail.erased"
        yield from _written(called, words.label(gone) if text is None else text)
    yield from _conditions(line, says, past, words)


def _conditions(line: Recounted, says: Stating, past: Past, words: Words) -> Iterator[str]:
    """What those that it gives are bound to, or what the one that it is about asks for."""
    made = f"{line.detail['decision']}:" if "decision" in line.detail else None
    for id, given in past.conditions.items():
        bound = says.terms(given)
        if made and id.startswith(made) and id.count(":") == made.count(":") and bound:
            yield f"{'':{WRITTEN}}{words.label('story.bound', number=given.number, bound=bound)}"
        elif id == line.detail.get("condition"):
            text = words.label("trail.erased") if given.text is None else given.text
            yield from _written(words.label("story.of_condition", number=given.number), text)
            if bound:
                yield f"{'':{WRITTEN}}{words.label('story.bound', number=given.number, bound=bound)}"
        else:
            continue
        if given.check:
            yield from _written(words.label("story.check", number=given.number), given.check)


def _written(called: str, text: str) -> Iterator[str]:
    """As it was written; each further line of it stands further in, behind a mark that the line before goes on."""
    first, *rest = text.splitlines() or [""]
    pieces = [f"{'':{WRITTEN}}{called}: {first}", *(f"{'':{WITHIN}}{piece}" for piece in rest)]
    last = len(pieces) - 1
    yield from (f"{piece} {GOES_ON}" if number < last else piece for number, piece in enumerate(pieces))
