"""A person is erased: a pseudonym stands everywhere for their name, addresses and ids of Slack; what they did stays.

Everywhere else they were an opaque id from the start, drawn by chance: that stays, and leads to nobody any more.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Table, Text, and_, update
from sqlmodel import Session, col, select

from store import accord, audit, employees, erasing, guards, holds, of_incidents, people, settings
from store.columns import Json
from store.legible import rows
from store.persons import GONE, UNTOUCHED, Found, known, standing
from store.pseudonym import Known, Pseudonym
from store.replaced import replace
from store.tables import (
    AuditLineRow,
    AuditTextRow,
    FileRow,
    IncidentRow,
    PersonRow,
    UseRow,
    metadata,
)
from triage.orphans import OWNED

PERSON, ERASED = "person", "person.erased"
KEPT_WHOLE = (
    *("audit_text", "person", "employee", "place", "setting"),
    *(SEALED := ("wording", "result", "tool", "aims_entry", "aims_step", "incident_step")),
)
"""Not changed cell by cell: they are seen to one by one, or a line seals what they say or a digest of it."""
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Of a pseudonym: none that is taken for another."""


class Kept(Exception):
    """Not erased; `because` is one word, `named` what stands in the way."""

    def __init__(self, because: str, named: Iterable[str] = ()) -> None:
        super().__init__(because)
        self.because, self.named = because, tuple(named)


class Forgotten(NamedTuple):
    """`rows`: changed, by table. `lines`: of the trail, whose text says a pseudonym now.

    `left`: places that cannot be changed and hold something of them; `words`: what else may stand for the name.
    """

    label: str
    rows: Mapping[str, int]
    lines: tuple[int, ...]
    left: tuple[str, ...]
    words: frozenset[str]


class Meant(NamedTuple):
    """What is to change, as it was read: other texts of lines, and other cells of rows by their table and key."""

    mark: Pseudonym
    texts: tuple[tuple[int, str, str], ...]
    rows: tuple[tuple[Table, dict[str, Any], dict[str, Any]], ...]
    told: Forgotten


def meant(session: Session, found: Found, also: tuple[str, ...] = ()) -> Meant:
    """Changes nothing, so a snapshot will do; raises Kept where something stands in the way."""
    if found.erased:
        raise Kept("erased_already")
    told = known(session, found, also)
    label = f"former colleague {''.join(secrets.choice(SIGNS) for _ in range(6))}"
    mark = Pseudonym(told, label)
    _check(session, found, mark)
    texts, changes = tuple(_in_the_trail(session, mark)), tuple(_in_rows(session, mark))
    counted = Counter(table.name for table, _, _ in changes)
    words = frozenset(word for name in _names(found, also) for word in (name, *name.split()))
    lines = tuple(sorted({seq for seq, _, _ in texts}))
    left = tuple(_left(session, mark, told))
    return Meant(mark, texts, changes, Forgotten(label, dict(sorted(counted.items())), lines, left, words))


def forget(
    session: Session, found: Found, *, because: str, by: str | None, also: tuple[str, ...] = (), now: datetime
) -> Forgotten:
    """All of it in this transaction; raises Kept where something stands in the way."""
    mark, texts, changes, told = meant(session, found, also)
    before = set(accord.compare(session).differ)
    erasing.overwrite(session)
    for each in found.employees:
        employees.forget(session, each.email, now=now)
    session.expire_all()
    for seq, field, new in texts:
        replace(session, seq, field, new, actor=by, at=now)
    _change(session, changes)
    if found.person is not None:
        _rename(session, found, told.label, now)
    detail: dict[str, audit.Machine] = {
        "rows": sum(told.rows.values()),
        "texts": len(told.lines),
        "left": len(told.left),
    }
    audit.append(
        session,
        ERASED,
        actor=by,
        subject_kind=PERSON,
        subject_id=found.person.id if found.person else "file",
        detail=detail,
        texts={"because": mark.in_text(because)},
        at=now,
    )
    if differ := sorted(set(accord.compare(session).differ) - before):
        raise Kept("would_differ", differ)
    return told


def _names(found: Found, also: tuple[str, ...]) -> list[str]:
    mine = [found.person.name] if found.person else []
    return [name for name in (*mine, *(each.name for each in found.employees), *also) if name]


def _check(session: Session, found: Found, mark: Pseudonym) -> None:
    named = sorted(key for key, value in settings.values(session).items() if mark.stands_in(value))
    if named:
        raise Kept("named_in_settings", named)
    person = found.person
    if person is not None and not person.deleted:
        owned = select(UseRow.ref).where(UseRow.owner_id == person.id, col(UseRow.state).in_([*OWNED]))
        if refs := [ref or "" for ref in session.exec(owned.order_by(UseRow.ref))]:
            raise Kept("answers_for", refs)
    if held := holds.against(session, person.id if person else None):
        raise Kept("held", held)
    if (held_uses := holds.on_uses(session)) and (refs := sorted(_named_in(session, found, mark, held_uses))):
        raise Kept("held", refs)
    told = of_incidents.words(session, holds.on_incidents(session))
    if spoken := sorted({id for id, text in told if mark.in_text(text) != text}):
        raise Kept("held", [session.get_one(IncidentRow, id).ref for id in spoken])


def _named_in(session: Session, found: Found, mark: Pseudonym, uses: frozenset[str]) -> set[str]:
    """The uses under a hold in whose rows something of them stands."""
    rows = (row for row in standing(session, found, mark) if row.table not in KEPT_WHOLE)
    return {str(id) for row in rows for id in (row.cells.get("use_id"), row.cells.get("id")) if id in uses}


def _in_the_trail(session: Session, mark: Pseudonym) -> Iterator[tuple[int, str, str]]:
    for row in session.exec(select(AuditTextRow).order_by(col(AuditTextRow.seq), AuditTextRow.field)):
        if (new := mark.in_text(row.text)) != row.text:
            yield row.seq, row.field, new


def _in_rows(session: Session, mark: Pseudonym) -> Iterator[tuple[Table, dict[str, Any], dict[str, Any]]]:
    for table in metadata.sorted_tables:
        if table.name in (*UNTOUCHED, *KEPT_WHOLE):
            continue
        written = [column.name for column in table.c if isinstance(column.type, Text | Json)]
        for cells in rows(session, table.name):
            new = {name: mark.in_value(cells[name]) for name in written if mark.stands_in(cells[name])}
            if new:
                yield table, {column.name: cells[column.name] for column in table.primary_key}, new


def _change(session: Session, changes: Iterable[tuple[Table, dict[str, Any], dict[str, Any]]]) -> None:
    with guards.lifted(session, {table.name for table, _, _ in changes}):
        for table, key, new in changes:
            which = and_(*(table.c[name] == value for name, value in key.items()))
            session.connection().execute(update(table).where(which).values(new))
    session.expire_all()


def _rename(session: Session, found: Found, label: str, now: datetime) -> None:
    """The token of a pseudonym is drawn by chance; nothing leads from it to who that was."""
    assert found.person is not None
    row, token = session.get_one(PersonRow, found.person.id), label.rpartition(" ")[2]
    row.name, row.slack_user, row.zone, row.language = label, f"{GONE}{token}", None, None
    row.deleted, row.gone_at = True, row.gone_at or now
    row.updated_at = people.day_of(now)
    session.add(row)
    for number, place in enumerate(found.places):
        place.slack_channel, place.name, place.zone, place.archived = (
            f"{GONE}{token}-{number}",
            "",
            None,
            True,
        )
        session.add(place)
    session.flush()


def _left(session: Session, mark: Pseudonym, told: Known) -> Iterable[str]:
    """What is sealed, or known by its digest, stays as it is and is named."""
    for row in session.exec(select(AuditLineRow).execution_options(yield_per=audit.AT_ONCE)):
        if mark.in_text(row.sealed) != row.sealed:
            yield f"line {row.seq} of the trail, which is sealed"
    for table in SEALED:
        for cells in rows(session, table):
            if any(map(mark.stands_in, cells.values())):
                yield f"{table} {cells.get('id') or cells.get('digest')}, since what it says is sealed"
    signs = [each.encode() for each in (*told.ids, *told.emails, *told.names)]
    for digest, name, body in session.exec(select(FileRow.digest, FileRow.name, FileRow.body)):
        if any(sign in body for sign in signs):
            yield f"the file {name} ({digest[:12]})"
