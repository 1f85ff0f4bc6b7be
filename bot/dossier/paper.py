"""A dossier as PDF, by the means of the evidence pack: the same words, the picture as bars."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.dossier import parts
from bot.dossier.parts import Card, Dossier, Part
from bot.pack.pdf import LONGEST, printed
from bot.pack.sections import Bars, Cell, Section, Sheet, Table, table
from bot.words import Words


def as_pdf(made: Dossier, words: Words, at: datetime) -> bytes:
    """`at`: the moment as of which it is told. The same dossier gives the same bytes."""
    return printed(to_sheet(made, words), at, made.ref)


def to_sheet(made: Dossier, words: Words) -> Sheet:
    cut = words.label("dossier.cut", count=LONGEST)
    sections = tuple(_section(each, made, words) for each in made.sections)
    return Sheet(
        name=made.ref,
        title=f"{made.ref}: {made.title}" if made.title else made.ref,
        top=(*made.said, cut, made.foot),
        sections=sections,
    )


def _section(section: parts.Section, made: Dossier, words: Words) -> Section:
    blocks = [block for part in section.parts for block in _blocks(part)]
    if section.id == "known" and made.lanes:
        blocks.insert(0, Bars("", made.spans, made.lanes))
    return Section(section.id, section.head, section.said, tuple(blocks))


def _blocks(part: Part) -> Iterator[Table | Bars]:
    if isinstance(part, parts.Table):
        yield table(part.heads, part.rows)
        return
    if not isinstance(part, Card):
        yield table((), ((line,) for line in part.lines))
        return
    if part.title:
        yield Table((), ((Cell(part.title),),))
    if part.rows:
        yield table((), part.rows)
    for each in part.tables:
        yield table(each.heads, each.rows)
