"""Suppliers in a pack: how many approved uses hang on each, by risk, and what is held of each with its last day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot import charting, supplying
from bot.digesting import Row
from bot.extract import Plain
from bot.pack.papers import Papers
from bot.pack.sections import Bars, Cell, Section, Sheet, Table, table
from bot.words import Words
from store.suppliers import TIERS, Held

COLUMNS = (
    "tool",
    "vendor",
    "assessment",
    "standing",
    "until",
    "low",
    "medium",
    "high",
    "very_high",
    "documents",
    "ended",
)
PAGE, DRAWN = "suppliers.html", 12


def to_row(held: Held) -> Plain:
    until = held.entry.in_force.said.get("until") if held.entry and held.entry.in_force else None
    counts = dict(
        zip(("low", "medium", "high", "very_high"), (held.uses.get(t, 0) for t in TIERS), strict=True)
    )
    return {
        "tool": held.known.name,
        "vendor": held.known.vendor or None,
        "assessment": held.entry.ref if held.entry else None,
        "standing": held.standing,
        "until": until,
        **counts,
        "documents": len(held.papers),
        "ended": sum(each.lapsed for each in held.papers),
    }


def put(found: Sequence[Held], papers: Papers) -> None:
    with papers.table("suppliers", COLUMNS) as put:
        for each in found:
            put(to_row(each))


def sheet(found: Sequence[Held], words: Words) -> Sheet:
    links = (Cell(words.label("pack.index"), "index.html"),)
    return Sheet(PAGE, words.label("pack.suppliers.title"), (), tuple(_sections(found, words)), links)


def _sections(found: Sequence[Held], words: Words) -> Iterator[Section]:
    yield in_short(found, words, most=len(found))
    papers = [(each, held) for held in found for each in held.papers]
    heads = words.label("pack.suppliers.papers_heads").split(" | ")
    rows = [
        (Cell(each.ref, f"system.html#{each.ref}"), each.title, held.known.name, supplying.paper(words, each))
        for each, held in papers
    ]
    says = (words.label("pack.suppliers.papers_say"),) if rows else (words.label("pack.none"),)
    drawn = (table(heads, rows),) if rows else ()
    yield Section("papers", words.label("pack.suppliers.papers"), says, drawn)


def in_short(found: Sequence[Held], words: Words, most: int = DRAWN) -> Section:
    """The bars of those that most hangs on, and a table that says the same."""
    title = words.label("pack.suppliers.title")
    if not found:
        return Section("suppliers", title, (words.label("pack.none"),))
    blocks: list[Bars | Table] = []
    legend = [words.label(f"tier.{tier}") for tier in TIERS]
    bars = [
        Row(_short(each), tuple(each.uses.get(tier, 0) for tier in TIERS)) for each in found if each.total
    ][:DRAWN]
    if bars:
        picture = charting.svg(bars, legend, title, inline=True)
        blocks.append(Bars(picture, tuple(legend), tuple((row.tier, row.counts) for row in bars)))
    more = words.label("pack.suppliers.more", count=len(found)) if len(found) > most else ""
    heads = words.label("pack.suppliers.heads").split(" | ")
    blocks.append(table(heads, (_row(each, words) for each in found[:most]), more))
    return Section("suppliers", title, (words.label("pack.suppliers.says"),), tuple(blocks))


def _short(held: Held) -> str:
    name = held.known.name
    return name if len(name) <= 16 else f"{name[:15]}…"


def _row(held: Held, words: Words) -> tuple[str | Cell, ...]:
    ref = Cell(held.entry.ref, f"system.html#{held.entry.ref}") if held.entry else ""
    day = held.next_day.isoformat() if held.next_day else ""
    state = words.label(f"suppliers.is.{held.standing}")
    return (held.known.name, held.known.vendor, ref, state, supplying.hangs(words, held), day)
