"""The risks in a pack: where they lie, what has neither control nor acceptance, and the treatment plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot import riskmap
from bot.pack.gaps import Gap
from bot.pack.papers import Papers
from bot.pack.sections import Bars, Cell, Section, Sheet, Table, table
from bot.riskplan import Line
from bot.words import Words
from triage.aims.risks import LEVELS

PAGE, STALE = "risks.html", "stale"
COLUMNS = ("ref", "title", "levels", "owner", "treatment", "controls", "actions", "accepted", "bare")


def plain(line: Line) -> dict[str, object]:
    told = {name: getattr(line, name) for name in COLUMNS}
    return {name: list(each) if isinstance(each, tuple) else each for name, each in told.items()}


def put(found: Iterable[Line], papers: Papers) -> tuple[Line, ...]:
    every = tuple(found)
    with papers.table("risks", COLUMNS) as put:
        for each in every:
            put(plain(each))
    return every


def stale(found: Iterable[Line]) -> frozenset[str]:
    """Those whose acceptance counts no more, since something about them changed: it has no last day either."""
    return frozenset(
        each.one.entry.id for each in found if each.one.standing and each.one.standing.accepted == STALE
    )


def gaps(found: Iterable[Line]) -> Iterator[Gap]:
    """High ones that nothing holds down; and those that were accepted before something about them changed."""
    for each in found:
        held = each.one.standing
        if each.bare:
            yield Gap("risk_bare", each.ref, each.title, "", f"{PAGE}#{each.ref}")
        if held is not None and held.accepted == STALE:
            yield Gap("acceptance_stale", each.ref, each.title, "", f"{PAGE}#{each.ref}")


def sheet(found: Sequence[Line], words: Words, *, alone: bool = False) -> Sheet:
    """`alone`: outside of a pack, where there is nothing to go back to."""
    drawn = plan_table(found, words)
    none = () if found else (words.label("risks.none_yet"),)
    sections = [
        Section("map", words.label("risks.plan.map"), (), (_picture(found, words),)),
        bare(found, words),
        Section("plan", words.label("risks.plan.title"), none, (drawn,) if found else ()),
    ]
    links = () if alone else (Cell(words.label("pack.index"), "index.html"),)
    return Sheet(
        PAGE, words.label("pack.risks.title"), (words.label("pack.risks.says"),), tuple(sections), links
    )


def plan_table(found: Sequence[Line], words: Words) -> Table:
    rows = (
        (
            each.ref,
            each.title,
            each.levels,
            each.owner,
            each.treatment,
            "; ".join(each.controls) or words.label("risks.plan.no_controls"),
            "; ".join(each.actions),
            each.accepted,
        )
        for each in found
    )
    return table(words.label("risks.plan.heads").split(" | "), rows, anchors=True)


def bare(found: Sequence[Line], words: Words) -> Section:
    """High risks that nobody bears by name and nothing holds down."""
    lacks = [each for each in found if each.bare]
    title = words.label("risks.plan.bare_title")
    if not lacks:
        return Section("bare", title, (words.label("risks.plan.no_bare"),))
    rows = ((Cell(each.ref, f"{PAGE}#{each.ref}"), each.title, each.levels, each.owner) for each in lacks)
    return Section(
        "bare", title, (), (table(words.label("risks.plan.bare_heads").split(" | "), rows),), urgent=True
    )


def _picture(found: Sequence[Line], words: Words) -> Bars:
    """The rows say the same where nothing can be drawn."""
    some = [each.one for each in found]
    now = riskmap.by_level(some)
    after = riskmap.by_level_after(some)
    rows = tuple(
        (words.label(f"risks.level.{level}"), (now[level], after[level])) for level in reversed(LEVELS)
    )
    legend = (words.label("risks.map.now"), words.label("risks.map.after"))
    return Bars(riskmap.svg(words, some, inline=True), legend, rows)


def in_short(found: Sequence[Line], words: Words) -> Section:
    some = [each.one for each in found]
    told = words.label(
        "pack.risks.counts", count=len(found), said=riskmap.said(words, riskmap.by_level(some))
    )
    link = table((), ((Cell(words.label("pack.risks.all"), PAGE),),))
    return Section("risks", words.label("pack.risks.title"), (told,), (link,))
