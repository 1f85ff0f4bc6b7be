"""Coverage and the statement of applicability as sections, built from their values whoever worked them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.applicability import Named
from bot.applicability import row as in_words
from bot.applicability import standing as stands
from bot.extract import Plain
from bot.pack.sections import Cell, Section, Sheet, table
from bot.words import Words
from triage.aims.applied import Statement
from triage.aims.covered import Covered
from triage.aims.standard import standard

COVERAGE_COLUMNS = (
    "point",
    "standing",
    "count",
    "newest",
    "sources",
    "sample",
    "documents",
    "missing",
    "actions",
)


class Stated(NamedTuple):
    """The statement of applicability, who and what may be named in it, and of an earlier day by which rules."""

    made: Statement
    named: Named
    judged: str = ""


def to_covered(one: Covered) -> Plain:
    told = one.model_dump(mode="json")
    return {
        **{name: told[name] for name in ("point", "standing", "documents", "missing", "actions")},
        "count": one.count,
        "newest": one.newest.isoformat() if one.newest else None,
        "sources": told["evidence"],
        "sample": [ref for each in one.evidence for ref in each.sample],
    }


def coverage_in_short(covered: Sequence[Covered], words: Words) -> Section:
    by = {
        name: sum(each.standing == name for each in covered) for name in ("operating", "document", "nothing")
    }
    rows = ((words.label(f"pack.coverage.{name}"), str(count)) for name, count in by.items())
    drawn = table(words.label("pack.coverage.counts").split(" | "), rows)
    link = table((), ((Cell(words.label("pack.coverage.all"), "coverage.html"),),))
    return Section(
        "coverage", words.label("pack.coverage.title"), (words.label("pack.coverage.says"),), (drawn, link)
    )


def coverage_sheet(covered: Iterable[Covered], words: Words) -> Sheet:
    rows = [
        (
            *(each.point, _title(each.point), words.label(f"pack.coverage.{each.standing}"), str(each.count)),
            *(each.newest.date().isoformat() if each.newest else "", _sample(each)),
            *(", ".join(each.documents), ", ".join(each.missing), ", ".join(each.actions)),
        )
        for each in covered
    ]
    drawn = table(words.label("pack.coverage.heads").split(" | "), rows, anchors=True)
    section = Section(
        "points", words.label("pack.coverage.each"), (words.label("pack.coverage.says"),), (drawn,)
    )
    return _sheet("coverage", words, section)


def _title(point: str) -> str:
    found = standard().get(point)
    return found.title if found else ""


def _sample(each: Covered) -> str:
    told = (f"{one.name.replace('_', ' ')}: {one.count} ({', '.join(one.sample)})" for one in each.evidence)
    return "; ".join(told)


def statement_in_short(stated: Stated, words: Words) -> Section:
    made = stated.made
    by = {name: sum(row.applies == name for row in made.rows) for name in ("yes", "partly", "no", "")}
    rows = ((words.label(f"soa.applies.{name or 'undecided'}"), str(count)) for name, count in by.items())
    drawn = table(words.label("pack.applicability.counts").split(" | "), rows)
    link = table((), ((Cell(words.label("pack.applicability.all"), "applicability.html"),),))
    says = tuple(stands(words, made, stated.named))
    return Section("applicability", words.label("pack.applicability.title"), says, (drawn, link))


def statement_sheet(stated: Stated, words: Words) -> Sheet:
    rows = []
    for each in stated.made.rows:
        told = in_words(words, each, stated.named)
        why = " ".join(filter(None, (told.because, told.left_out)))
        suggests = "; ".join((*told.whys, *told.moved))
        about = (told.control, told.title, told.applies, why, told.how, told.state, told.owner)
        rows.append((*about, "; ".join(told.evidence), told.decided, suggests, each.ref))
    drawn = table(words.label("pack.applicability.heads").split(" | "), rows, anchors=True)
    says = (
        words.label("soa.intro"),
        *stands(words, stated.made, stated.named),
        *filter(None, (stated.judged,)),
    )
    return _sheet(
        "applicability", words, Section("controls", words.label("pack.applicability.each"), says, (drawn,))
    )


def _sheet(name: str, words: Words, section: Section) -> Sheet:
    links = (Cell(words.label("pack.index"), "index.html"),)
    return Sheet(f"{name}.html", words.label(f"pack.{name}.title"), (), (section,), links)
