"""`steward story`: what became of a use, in order, told by the sealed lines of the trail and by nothing else."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any, NamedTuple

from bot.cli.starting import utc_now
from bot.cli.withheld import add_whole, tell, withheld
from bot.settings import Settings
from bot.words import Words
from intake.source import printable
from store import audit, people, queries
from store.content import RECORD, WORDS
from store.engine import Store
from store.records import USE
from store.sessions import Session

NOT_FOUND = 1
TALK = ("draft.", "interview.", "question.", "proposal.", "tool.", "form.", "words.", "answer.")
"""The interview, which is told in one line unless all of it is asked for."""
TOLD = ("question", "seat", "valid_until", "ground", "because", "stood", "effect", "matter", "together")
"""What else of a line is worth a word; ids and digests are in the export."""


class Told(NamedTuple):
    """One line of the trail: `who` as they are called here, `texts` what was written, as far as it was not erased."""

    at: str
    what: str
    who: str
    detail: Mapping[str, Any]
    texts: Mapping[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ref", help="for instance AIU-2026-0001")
    parser.add_argument("--all", action="store_true", help="also each step of the interview")
    add_whole(parser)


def run(args: argparse.Namespace, settings: Settings) -> int:
    store = Store(settings.database_url, now=utc_now)
    try:
        with store.read() as session:
            if sentence := withheld(session, args):
                return tell(sentence)
            lines = list(told(session, args.ref))
    finally:
        store.close()
    if not lines:
        print(f"The trail tells of no use {printable(args.ref)}.", file=sys.stderr)
        return NOT_FOUND
    for line in story(lines, Words(), everything=args.all):
        print(printable(line))
    return 0


def told(session: Session, ref: str) -> Iterator[Told]:
    """The register only says which lines are about it."""
    names = people.names(session)
    for line in audit.about(session, USE, queries.id_of(session, ref) or ""):
        kept = audit.texts_of(session, line["seq"])
        texts = {name: kept.get(name, "") for name in sorted(line["texts"], key=_numbered)}
        texts = {name: text for name, text in texts.items() if name not in (RECORD, WORDS)}
        actor, detail = line["actor"], dict(line["detail"])
        if "for" in detail:
            detail["for"] = names.get(str(detail["for"]), detail["for"])
        yield Told(line["at"], line["what"], names.get(actor, actor or ""), detail, texts)


def _numbered(name: str) -> tuple[str, int]:
    """Conditions in the order in which they were given."""
    found = re.fullmatch(r"(.*?)_?(\d*)", name)
    return (found[1], int(found[2] or 0)) if found else (name, 0)


def story(lines: list[Told], words: Words, *, everything: bool) -> Iterator[str]:
    """What was said before anybody had to decide is counted, unless `everything` is wanted."""
    begun = [] if everything else list(takewhile(lambda line: line.what.startswith(TALK), lines))
    if begun:
        yield f"{'':16}  {words.label('trail.steps', count=len(begun))}"
    for line in lines[len(begun) :]:
        yield from _line(line, words)


def _line(line: Told, words: Words) -> Iterator[str]:
    role = str(line.detail.get("role", ""))
    named = f" ({words.label(f'role_name.{role}')})" if words.has(f"role_name.{role}") else ""
    who = f"{line.who}{named}" if line.who else words.label("trail.nobody")
    yield f"{line.at[:16].replace('T', ' ')}  {who}: {phrase(line.what, words)}{_more(line, words)}"
    for name, text in line.texts.items():
        yield f"{'':16}    {name.replace('_', ' ')}: {text or words.label('trail.erased')}"


def phrase(what: str, words: Words) -> str:
    """In plain words; what no words are known for is told as it stands, and never left out."""
    key, (wish, _, last) = f"trail.{what}", what.rpartition(".")
    if words.has(key):
        return words.label(key)
    return words.label("trail.refused", wish=wish.replace("_", " ")) if last == "refused" else what


def _more(line: Told, words: Words) -> str:
    detail = line.detail
    said = [f"{name.replace('_', ' ')} {_plain(detail[name])}" for name in TOLD if detail.get(name)]
    if "for" in detail:
        days = {name: detail.get(name) for name in ("since", "until")}
        said.append(words.label("trail.in_place", person=detail["for"], **days))
    if "tier_floor" in detail:
        said.append(words.label("trail.found", tier=_bounds(detail, "tier"), eu=_bounds(detail, "eu")))
    return f" ({'; '.join(map(str, said))})" if said else ""


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _bounds(detail: Mapping[str, Any], result: str) -> str:
    floor, ceiling = detail[f"{result}_floor"], detail[f"{result}_ceiling"]
    return str(floor) if floor == ceiling else f"{floor} to {ceiling}"
