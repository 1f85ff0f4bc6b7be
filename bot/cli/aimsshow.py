"""One entry of the management system as lines of text: its versions, what changed between them, who said yes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from triage.aims.entry import Done, Draft, Entry, Said
from triage.aims.kinds import Field
from triage.aims.standing import missing_yeses

Who = Mapping[str, str]
"""Names by opaque id; whoever has none here is told by the id."""
WIDEST = 48
STATES = {"proposed": "proposed", "in_force": "in force", "retired": "retired", "withdrawn": "not taken up"}


def row_of(entry: Entry, who: Who) -> tuple[str, ...]:
    counts, waits = entry.in_force, entry.proposed
    return (
        entry.ref,
        f"{entry.kind} {entry.name}".rstrip(),
        STATES[entry.state] + (f", {entry.stage}" if entry.stage else ""),
        str(counts.number) if counts else "-",
        f"version {waits.number}" if waits else "-",
        entry.due.isoformat() if entry.due else "-",
        _one(who, entry.owner) if entry.owner else "-",
        " ".join(_gist(entry).split())[:WIDEST],
    )


def _gist(entry: Entry) -> str:
    first = next((entry.said(field.id) for field in entry.of.fields if entry.said(field.id)), "")
    return entry.title or ("; ".join(first) if isinstance(first, tuple) else str(first))


def shown(entry: Entry, who: Who) -> Iterator[str]:
    what = " ".join(filter(None, (entry.kind, entry.name)))
    yield f"{entry.ref}  {what}{': ' + entry.title if entry.title else ''}"
    yield _standing(entry)
    before: Draft | None = None
    for each in entry.drafts:
        yield ""
        yield from _version(entry, each, before, who)
        before = each
    if entry.done:
        yield ""
        yield "What was done"
    for done in entry.done:
        yield from _done(entry, done, who)


def _standing(entry: Entry) -> str:
    counts, waits = entry.in_force, entry.proposed
    told = f"version {counts.number} is in force" if counts else STATES[entry.state]
    if waits is None:
        return told
    left = missing_yeses(waits, entry.of)
    roles = " or ".join(entry.of.approvers)
    return f"{told}; version {waits.number} waits for {left} {'yes' if left == 1 else 'yeses'} of {roles}"


def _version(entry: Entry, draft: Draft, before: Draft | None, who: Who) -> Iterator[str]:
    what = "Retiring it, version" if draft.retires else "Version"
    yield f"{what} {draft.number}, drafted by {_signed(who, draft.by, draft.role)} on {_day(draft)}"
    if draft.why:
        yield f"  because {draft.why}"
    for each in draft.yeses:
        yield f"  yes of {_signed(who, each.by, each.role)} on {each.at.date().isoformat()}"
    if draft.since is not None:
        yield f"  in force since {draft.since.date().isoformat()}"
    if draft.ended:
        yield f"  {draft.ended.replace('_', ' ')}{': ' + draft.reason if draft.reason else ''}"
    for field in entry.of.fields:
        old, new = before.said.get(field.id) if before else None, draft.said.get(field.id)
        if before is None and new is not None:
            yield from _field(field, new, who)
        elif old != new:
            yield from _changed(field, old, new, who)


def _field(field: Field, value: Said, who: Who) -> Iterator[str]:
    lines = _lines(field, value, who)
    if len(lines) == 1:
        yield f"  {field.id}: {lines[0]}"
        return
    yield f"  {field.id}:"
    yield from (f"    {line}" for line in lines)


def _changed(field: Field, old: Said | None, new: Said | None, who: Who) -> Iterator[str]:
    gone, came = (_lines(field, value, who) if value is not None else [] for value in (old, new))
    yield f"  {field.id}:"
    yield from (f"    - {line}" for line in gone if line not in came)
    yield from (f"    + {line}" for line in came if line not in gone)


def _lines(field: Field, value: Said, who: Who) -> list[str]:
    parts = list(value) if isinstance(value, tuple) else str(value).splitlines()
    return [_one(who, each) for each in parts] if field.kind in ("person", "people") else parts


def _done(entry: Entry, done: Done, who: Who) -> Iterator[str]:
    yield f"  {done.act} by {_signed(who, done.by, done.role)} on {done.at.date().isoformat()}"
    act = entry.of.act(done.act)
    for field in act.fields if act else ():
        if (value := done.said.get(field.id)) is not None:
            yield from (f"  {line}" for line in _field(field, value, who))


def _signed(who: Who, by: str, role: str) -> str:
    if not by:
        return "an operator on the command line"
    return f"{_one(who, by)} ({role.replace('_', ' ').removeprefix('field:')})"


def _one(who: Who, person: str) -> str:
    return who.get(person, person)


def _day(draft: Draft) -> str:
    return draft.at.date().isoformat()
