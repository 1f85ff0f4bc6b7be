"""Records that serve other management systems, too, as rows: the same for an export of one system and for a pack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.extract import Plain
from bot.words import Words
from store.tagged import Tagged
from triage.aims.entry import Entry, last_day
from triage.aims.standard import standard
from triage.aims.tags import same_tag

COLUMNS = (
    *("ref", "kind", "title", "version", "state", "since", "approved_by", "owner", "until", "link"),
    *("points", "tags", "tagged_by", "tagged_on"),
)
OF_ALL = ("tag", *COLUMNS)
"""Where several systems stand in one table."""


def counts(found: Iterable[Tagged]) -> Counter[str]:
    """How many records each tag has."""
    return Counter(tag for each in found for tag in each.tags)


def of_tag(found: Iterable[Tagged], tag: str) -> list[Tagged]:
    return [each for each in found if same_tag(tag) in map(same_tag, each.tags)]


def name(words: Words, tag: str) -> str:
    key = f"aims.choice.serves.{tag}"
    return words.label(key) if words.has(key) else tag


def to_row(each: Tagged, people: Mapping[str, str]) -> Plain:
    """`ref` is that of the record, whichever system it is shown to."""
    record, draft = each.record, each.record.shown
    until = last_day(record)
    said = each.by.in_force if each.by is not None else None
    return {
        "ref": record.ref,
        "kind": record.kind,
        "title": title(record),
        "version": draft.number if draft else None,
        "state": record.state,
        "since": draft.since.date().isoformat() if draft and draft.since else None,
        "approved_by": [_who(people, yes.by) for yes in draft.yeses] if draft else [],
        "owner": _who(people, record.owner) if record.owner else None,
        "until": until.isoformat() if until else None,
        "link": record.said("link") or None,
        "points": list(_points(record)),
        "tags": list(each.tags),
        "tagged_by": _who(people, said.by) if said else None,
        "tagged_on": said.at.date().isoformat() if said else None,
    }


def rows(found: Sequence[Tagged], people: Mapping[str, str]) -> Iterator[Plain]:
    """Of all systems: a record once for each."""
    for tag in sorted(counts(found), key=same_tag):
        for each in of_tag(found, tag):
            yield {"tag": tag, **to_row(each, people)}


def title(record: Entry) -> str:
    if record.title or record.kind != "control":
        return record.title or record.kind.replace("_", " ")
    known = standard().get(record.name)
    return f"{record.name} {known.title}" if known is not None else record.name


def _points(record: Entry) -> tuple[str, ...]:
    said = record.said("points")
    own = said if isinstance(said, tuple) else ()
    return tuple(dict.fromkeys((*own, *([record.name] if record.kind == "control" else record.of.points))))


def _who(people: Mapping[str, str], person: str) -> str:
    return people.get(person, person)
