"""What the window of an entry shows and keeps beside what is typed, where it is about a supplier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.markup import Mrkdwn
from bot.slack import suppliers
from bot.slack.front import Front
from bot.slack.screens.entryform import Stating
from bot.slack.screens.entrywords import field_name, named
from store import aims
from store import suppliers as kept
from triage.aims import supplied
from triage.aims.entry import Entry, Said
from triage.aims.kinds import Kind, kinds
from triage.aims.supplied import ASSESSMENT, PAPER
from triage.desk import Desk

KINDS = (ASSESSMENT, PAPER)
LONG = "long"
"""In the place of an act: the long form was asked for."""
KNOWN = "known"
"""Worked out, and never typed."""


def in_window(kind: Kind, said: Mapping[str, Said], *, long: bool) -> Kind:
    """The short form, unless the long one is asked for or was begun."""
    if kind.id != ASSESSMENT:
        return kind
    long = long or any(said.get(each) for each in kind.deep)
    left = {KNOWN, *(() if long else kind.deep)}
    return kind.model_copy(update={"fields": tuple(each for each in kind.fields if each.id not in left)})


def completed(front: Front, stating: Stating, given: dict[str, Said]) -> dict[str, Said]:
    """With a digest of what is known of the tool, which an assessment rests on."""
    if stating.kind != ASSESSMENT:
        return given
    with front.office.store.read() as session:
        facts = kept.known(session, key_of(stating.entry)).facts
    return {**given, **({KNOWN: facts} if facts else {})}


def key_of(entry: str) -> str:
    return entry.partition(":")[2]


def asked_next(front: Front, entry: Entry, desk: Desk) -> Mrkdwn:
    """Whose part is still open, each with who can write it."""
    words, waits = front.words, entry.proposed
    missing = supplied.lacks(waits.said) if waits is not None else ()
    fields = (field for each in missing if (field := kinds()[ASSESSMENT].field(each)) is not None)
    what = words.listed(field_name(words, ASSESSMENT, each) for each in fields)
    people = words.listed(_people(front, entry, desk), "or")
    key = "suppliers.part_kept" if people else "suppliers.part_kept_nobody"
    return words.line(key, what=named(words, entry, waits), open=what, who=people)


def _people(front: Front, entry: Entry, desk: Desk) -> Iterator[Mrkdwn]:
    held = dict.fromkeys(one for role in supplied.asked(entry) for one in sorted(desk.roles.get(role, ())))
    yield from map(front.directory.mention, list(held)[:3])


def below(front: Front, stating: Stating, person: str, desk: Desk) -> dict[str, Any]:
    """The window that lies below, as it is now: of the tool, or the list where a document names none that is known."""
    if stating.kind == ASSESSMENT:
        return suppliers.view(front, person, desk, key_of(stating.entry))
    with front.office.store.read() as session:
        entry = aims.load(session, stating.entry) if stating.entry else None
    name = str(entry.said("tool") or "") if entry is not None else ""
    return suppliers.view(front, person, desk, suppliers.key_named(front, person, desk, name))
