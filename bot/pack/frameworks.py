"""What serves other management systems, too, in a pack: a section for each, each record under its own reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot import serving
from bot.pack.sections import Cell, Section, Sheet, table
from bot.words import Words
from store.tagged import Tagged
from triage.aims.tags import same_tag

PAGE = "frameworks.html"


def sheet(found: Sequence[Tagged], words: Words, people: Mapping[str, str]) -> Sheet:
    heads = words.label("pack.frameworks.heads").split(" | ")
    sections = []
    for number, tag in enumerate(sorted(serving.counts(found), key=same_tag), 1):
        rows = (_row(each, words, people) for each in serving.of_tag(found, tag))
        sections.append(Section(f"system-{number}", serving.name(words, tag), (), (table(heads, rows),)))
    links = (Cell(words.label("pack.index"), "index.html"),)
    says = (words.label("pack.frameworks.says"),)
    return Sheet(PAGE, words.label("pack.frameworks.title"), says, tuple(sections), links)


def _row(each: Tagged, words: Words, people: Mapping[str, str]) -> tuple[str | Cell, ...]:
    row, record = serving.to_row(each, people), each.record
    kind = words.label(f"aims.kind.{record.kind}")
    by = " ".join(filter(None, (str(row["tagged_by"] or ""), str(row["tagged_on"] or ""))))
    version, until = str(row["version"] or ""), str(row["until"] or "")
    return (Cell(record.ref, f"system.html#{record.ref}"), str(row["title"]), kind, version, until, by)


def in_short(found: Sequence[Tagged], words: Words) -> Section:
    title, of = words.label("pack.frameworks.title"), serving.counts(found)
    if not of:
        return Section("frameworks", title, (words.label("pack.none"),))
    rows = ((serving.name(words, tag), str(of[tag])) for tag in sorted(of, key=same_tag))
    counted = table(words.label("pack.frameworks.counts").split(" | "), rows)
    link = table((), ((Cell(words.label("pack.frameworks.all"), PAGE),),))
    return Section("frameworks", title, (), (counted, link))
