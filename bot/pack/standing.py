"""Coverage and the statement of applicability as sections, built from their values whoever worked them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot import covering, functions, monthly, soafile
from bot.applicability import Named
from bot.applicability import row as in_words
from bot.applicability import standing as stands
from bot.extract import Plain
from bot.monthly import Month
from bot.pack.papers import Papers
from bot.pack.sections import Bars, Cell, Section, Sheet, Table, table
from bot.words import Words
from triage.aims.applied import Statement
from triage.aims.covered import Covered, Evidence
from triage.aims.functions import functions as by_function
from triage.aims.functions import outcomes
from triage.aims.standard import standard

COVERAGE_COLUMNS = (
    *("point", "stage", "standing", "count", "newest", "sources", "sample"),
    *("documents", "missing", "short", "actions", "next"),
)
ON_PAPER = 8
"""Columns of the statement of applicability that fit beside each other on paper."""


class Stated(NamedTuple):
    """The statement of applicability, who and what may be named in it, and of an earlier day by which rules."""

    made: Statement
    named: Named
    judged: str = ""


def to_covered(one: Covered) -> Plain:
    told = one.model_dump(mode="json")
    return {
        **{
            name: told[name]
            for name in ("point", "standing", "documents", "missing", "short", "actions", "next")
        },
        "stage": one.stage,
        "count": _count(one),
        "newest": _newest(one) or None,
        "sources": told["evidence"],
        "sample": [ref for each in one.evidence if each.shows for ref in each.sample],
    }


def _count(one: Covered) -> int:
    """Of what shows it; what Steward did alone never does."""
    return sum(each.count for each in one.evidence if each.shows)


def _newest(one: Covered) -> str:
    newest = max((each.newest for each in one.evidence if each.shows and each.newest), default=None)
    return newest.date().isoformat() if newest else ""


def coverage_in_short(covered: Sequence[Covered], words: Words) -> Section:
    rows = (
        (words.label(f"coverage.is.{stage}"), str(covering.count(covered, stage)))
        for stage in covering.STAGES
        if covering.count(covered, stage)
    )
    drawn = table(words.label("pack.coverage.counts").split(" | "), rows)
    link = table((), ((Cell(words.label("pack.coverage.all"), "coverage.html"),),))
    return Section(
        "coverage", words.label("pack.coverage.title"), (words.label("pack.coverage.says"),), (drawn, link)
    )


def put(covered: Iterable[Covered], statement: Stated | None, papers: Papers, words: Words) -> None:
    """Each clause and control, and each of the statement, in a table."""
    with papers.table("coverage", COVERAGE_COLUMNS) as row:
        for point in covered:
            row(to_covered(point))
    with papers.table("applicability", soafile.COLUMNS) as row:
        for made in [statement] if statement is not None else []:
            for each in made.made.rows:
                row(soafile.cells(words, each, made.named))


def coverage_sheet(covered: Sequence[Covered], moved: Sequence[Month], words: Words) -> Sheet:
    rows = [
        (
            *(each.point, _title(each.point), words.label(f"coverage.is.{each.stage}")),
            *(covering.why(words, each), each.next, str(_count(each)), _newest(each), _sample(words, each)),
            *(", ".join(each.documents), ", ".join(each.actions)),
        )
        for each in covered
    ]
    drawn = table(words.label("pack.coverage.heads").split(" | "), rows, anchors=True)
    section = Section(
        "points", words.label("pack.coverage.each"), (words.label("pack.coverage.says"),), (drawn,)
    )
    by = _by_function(covered, words)
    made = _sheet("coverage", words, _trend(moved, words), _legend(words), section, by)
    jumps = (Cell(each.title, f"#{each.id}") for each in made.sections)
    return made._replace(jumps=(*jumps, *_chapters(each.point for each in covered)))


def _chapters(points: Iterable[str]) -> tuple[Cell, ...]:
    """To the first point of each clause, and of each group of controls, in their order."""
    first: dict[str, str] = {}
    for point in points:
        parts = point.split(".")
        first.setdefault(".".join(parts[:2] if parts[0] == "A" else parts[:1]), point)
    return tuple(Cell(chapter, f"#{point}") for chapter, point in first.items())


def _by_function(covered: Sequence[Covered], words: Words) -> Section:
    """Gaps first within each function of the NIST framework; the first point it rests on leads to its row."""
    every = outcomes(covered)
    rows = [
        (
            *(each.id, functions.titles()[each.id], words.label(f"coverage.is.{stage}")),
            Cell(", ".join(each.open), f"coverage.html#{each.open[0]}") if each.open else "",
            Cell(", ".join(each.shown), f"coverage.html#{each.shown[0]}") if each.shown else "",
            *(", ".join(each.records), ", ".join(each.documents)),
        )
        for function in by_function().outcomes
        for stage in covering.STAGES
        for each in every
        if (each.function, each.stage) == (function, stage)
    ]
    heads = words.label("functions.heads").split(" | ")
    traits = [
        (name, words.label(f"coverage.is.{stage}"), ids)
        for name, stage, ids in functions.traits(words, every)
    ]
    drawn = (table(heads, rows), table(words.label("functions.trait_heads").split(" | "), traits))
    return Section("functions", words.label("functions.title"), (words.label("functions.about"),), drawn)


def _trend(moved: Sequence[Month], words: Words) -> Section:
    """The rows of the table say what the picture draws."""
    heads = words.label("trend.heads").split(" | ")
    rows = tuple((each.day.isoformat(), tuple(each[1:])) for each in moved)
    drawn = Bars(monthly.picture(words, moved), tuple(heads[1:]), rows)
    says = (monthly.line(words, moved), words.label("trend.says"))
    return Section("trend", words.label("trend.title"), says, (drawn, table(heads, monthly.rows(moved))))


def _legend(words: Words) -> Section:
    """What the words of the table mean."""
    meant = [
        (words.label(f"coverage.is.{stage}"), words.label(f"pack.coverage.means.{stage}"))
        for stage in covering.STAGES
    ]
    mark, _, means = words.label("pack.coverage.means.alone").partition(" | ")
    meant.append((mark, means))
    return Section("legend", words.label("pack.coverage.legend"), (), (table((), meant),))


def _title(point: str) -> str:
    found = standard().get(point)
    return found.title if found else ""


def _sample(words: Words, each: Covered) -> str:
    """By source; what Steward did alone stands last, with its mark."""
    found = sorted((one for one in each.evidence if one.count), key=lambda one: one.alone)
    return "; ".join(_source(words, one) for one in found)


def _source(words: Words, one: Evidence) -> str:
    beside = (*one.sample, words.label("pack.coverage.alone")) if one.alone else one.sample
    return f"{one.title or covering.title(one.name)}: {one.count} ({', '.join(beside)})"


def statement_in_short(stated: Stated, words: Words) -> Section:
    made = stated.made
    by = {name: sum(row.applies == name for row in made.rows) for name in ("yes", "partly", "no", "")}
    rows = ((words.label(f"soa.applies.{name or 'undecided'}"), str(count)) for name, count in by.items())
    drawn = table(words.label("pack.applicability.counts").split(" | "), rows)
    link = table((), ((Cell(words.label("pack.applicability.all"), "applicability.html"),),))
    says = tuple(stands(words, made, stated.named))
    return Section("applicability", words.label("pack.applicability.title"), says, (drawn, link))


def statement_sheet(stated: Stated, words: Words) -> Sheet:
    drawn = table(
        words.label("pack.applicability.heads").split(" | "), _controls(stated, words), anchors=True
    )
    says = (
        words.label("soa.intro"),
        *stands(words, stated.made, stated.named),
        *filter(None, (stated.judged,)),
    )
    made = _sheet(
        "applicability", words, Section("controls", words.label("pack.applicability.each"), says, (drawn,))
    )
    return made._replace(jumps=_chapters(each.control for each in stated.made.rows))


def on_paper(stated: Stated, words: Words) -> Table:
    """What of it a page can hold side by side: no suggestions, and no days."""
    heads = words.label("pack.applicability.heads").split(" | ")[:ON_PAPER]
    return table(heads, (row[:ON_PAPER] for row in _controls(stated, words)))


def _controls(stated: Stated, words: Words) -> Iterator[tuple[str, ...]]:
    for each in stated.made.rows:
        told = in_words(words, each, stated.named)
        why = " ".join(filter(None, (told.because, told.left_out)))
        suggests = "; ".join((*told.whys, *told.moved))
        about = (told.control, told.title, told.applies, why, told.how, told.state, told.owner)
        yield (*about, "; ".join(told.evidence), told.decided, suggests, each.ref)


def _sheet(name: str, words: Words, *sections: Section) -> Sheet:
    links = (Cell(words.label("pack.index"), "index.html"),)
    return Sheet(f"{name}.html", words.label(f"pack.{name}.title"), (), sections, links)
