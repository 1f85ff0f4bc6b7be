"""Coverage and the statement of applicability as sections, built from their values whoever worked them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.extract import Plain
from bot.pack.sections import Cell, Section, Sheet, table
from bot.pack.using import Named, who
from bot.words import Words
from triage.aims.covered import Applied, Covered, Statement
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
APPLIED_COLUMNS = (
    *("control", "title", "own", "applies", "because", "state", "how", "owner", "evidence", "seen_on"),
    *("proposed", "why", "ref", "version", "decided_by", "decided_as", "decided_at", "stale"),
)


def to_covered(one: Covered) -> Plain:
    told = one.model_dump(mode="json")
    return {
        **{name: told[name] for name in ("point", "standing", "documents", "missing", "actions")},
        "count": one.count,
        "newest": one.newest.isoformat() if one.newest else None,
        "sources": told["evidence"],
        "sample": [ref for each in one.evidence for ref in each.sample],
    }


def to_applied(row: Applied) -> Plain:
    told = row.model_dump(mode="json")
    return {name: told[name] for name in APPLIED_COLUMNS}


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


def statement_in_short(statement: Statement, words: Words, people: Named) -> Section:
    by = {name: sum(row.applies == name for row in statement.rows) for name in ("yes", "partly", "no", "")}
    rows = ((words.label(f"pack.applies.{name or 'open'}"), str(count)) for name, count in by.items())
    drawn = table(words.label("pack.applicability.counts").split(" | "), rows)
    link = table((), ((Cell(words.label("pack.applicability.all"), "applicability.html"),),))
    says = (_approved(statement, words, people),)
    return Section("applicability", words.label("pack.applicability.title"), says, (drawn, link))


def _approved(statement: Statement, words: Words, people: Named) -> str:
    if not statement.is_approved or statement.approved_at is None:
        return words.label("pack.applicability.draft")
    by = ", ".join(who(people, each) for each in statement.approved_by)
    day = statement.approved_at.date().isoformat()
    return words.label("pack.applicability.approved", number=statement.number, by=by, day=day)


def statement_sheet(statement: Statement, words: Words, people: Named) -> Sheet:
    rows = [
        (
            *(
                row.control,
                row.title,
                words.label(f"pack.applies.{row.applies or 'open'}"),
                row.because,
                row.how,
            ),
            *(row.state, who(people, row.owner), ", ".join(row.evidence)),
            *(
                who(people, row.decided_by),
                row.decided_at.date().isoformat() if row.decided_at else "",
                row.ref,
            ),
        )
        for row in statement.rows
    ]
    drawn = table(words.label("pack.applicability.heads").split(" | "), rows, anchors=True)
    title = words.label("pack.applicability.each")
    return _sheet(
        "applicability", words, Section("controls", title, (_approved(statement, words, people),), (drawn,))
    )


def _sheet(name: str, words: Words, section: Section) -> Sheet:
    links = (Cell(words.label("pack.index"), "index.html"),)
    return Sheet(f"{name}.html", words.label(f"pack.{name}.title"), (), (section,), links)
