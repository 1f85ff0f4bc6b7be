"""Every column of every table is either held by `steward verify`, or stands with its reason in docs/verify.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import Column, Table, UniqueConstraint, delete, exc, insert, select, text, update
from sqlmodel import Session

from bot.proof import prove
from store import accord, acknowledged, aims, genuine, legible, trained, unnamed
from store.columns import Day, Flag, Json, Moment
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import ConsultRow, NudgeRow, OfferRow, metadata
from tests.bot.cli import storied
from tests.builders import NOW
from tests.databases import Clock, Databases
from triage.afterwards import Snooze
from triage.reviewing import comes_to, lasting, to_confirm
from triage.reviews import open_review
from triage.reviewwishes import ConfirmReview, OpenReview
from triage.whereabouts import keeper

PAGE = (Path(__file__).parents[3] / "docs" / "verify.md").read_text("utf-8")
ROW = "row"
Cells = dict[str, Any]


def listed() -> set[tuple[str, str]]:
    """(table, column) of what the page says is not held; (table, row) for rows more or less, (table, "") for all."""
    section = PAGE.split("## What is not held\n")[1].split("\n## ")[0]
    found = set()
    for line in section.splitlines():
        cell = line.split("|")[1].strip() if line.startswith("| ") else ""
        for name in re.findall(r"`([a-z_.]+)`", cell):
            table, _, column = name.partition(".")
            found.add((table, ROW if cell.startswith("a row") else column))
    return found


def held() -> list[str]:
    """The first cell of each row of what the page says is held."""
    rows = PAGE.split("| what | held against |\n")[1].split("\n\n")[0].splitlines()[1:]
    return [row.split("|")[1].strip() for row in rows]


NOT_HELD = listed()
LOOSE = {table for table, column in NOT_HELD if column == ""}
TABLES = [table.name for table in metadata.sorted_tables if table.name not in LOOSE]


class Undone(Exception):
    """Takes back a change."""


@pytest.fixture(scope="module")
def told(sqlite_databases: Databases) -> Iterator[Store]:
    """The story once for all tables: whatever is changed is taken back.

    Both databases give the same rows to what holds them; test_verify_columns changes some on PostgreSQL, too.
    """
    url = sqlite_databases.copy()
    store = Store(url, now=Clock())
    storied.tell(store, beforehand=True)
    _looked_at_again(store)
    yield store
    store.close()
    sqlite_databases.give_back(url)


def _looked_at_again(store: Store) -> None:
    """A review of what is in use is opened, put off, and answered by whoever answers for it."""
    book, desk = Ledger(store), storied.day(7)
    with store.read() as session:
        ids = session.execute(select(metadata.tables["use"].c.id)).scalars().all()
        case = next(found for id in ids if (found := load(session, id)) is not None and found.in_use)
    on: dict[str, Any] = {"actor": keeper(case), "case": case.id}
    opening = OpenReview(
        actor="", case=case.id, key="again-looked", cause="incident", trigger="AII-2026-0001"
    )
    case = book.execute(opening, desk).case
    review = open_review(case)
    assert review is not None
    until = desk.day + timedelta(days=2)
    case = book.execute(
        Snooze(**on, key="again-later", errand=f"review:{review.id}", until=until, reason="A fair"), desk
    ).case
    asked, kept = to_confirm(case, review, desk), tuple(each.number for each in lasting(case))
    _, cover = comes_to(case, {}, (), keeper(case), desk)
    said = {"review": review.id, "same": asked, "kept": kept, "effect": cover.effect.value if cover else ""}
    wish = on | said | {"key": "again-same", "version": case.version, "sample": "some_wrong"}
    book.execute(ConfirmReview.model_validate(wish), desk)
    with store.write() as session:
        about: dict[str, Any] = {
            "errand": f"review:{review.id}",
            "step": 0,
            "number": 1,
            "say": "overdue",
            "together": False,
        }
        stated = aims.load(session, "scope")
        assert stated is not None
        acknowledged.note(session, "read", stated, 1, keeper(case), now=desk.now)
        trained.note(session, "done", stated, keeper(case), desk.day, by=keeper(case), now=desk.now)
        unnamed.raise_one(session, "unnamed", "eight words", "They paste names into it", {}, desk.now)
        offered: dict[str, Any] = {"unit": "Sales", "kind": "claims", "step": 0, "number": 1}
        session.add(
            OfferRow(id="o", person_id=keeper(case), use_id=case.id, day=desk.day, at=desk.now, **offered)
        )
        session.add(
            ConsultRow(
                id="c",
                subject_kind="use",
                subject_id=case.id,
                about="summary",
                due_at=desk.now,
                asked_at=desk.now,
            )
        )
        session.add(
            NudgeRow(id="n", person_id=keeper(case), use_id=case.id, day=desk.day, at=desk.now, **about)
        )


def test_what_is_listed_exists_and_is_no_more_than_there_is() -> None:
    known = {(table.name, column.name) for table in metadata.sorted_tables for column in table.c}
    known |= {(name, each) for name in metadata.tables for each in (ROW, "")}
    assert known >= NOT_HELD
    assert {table for table, column in NOT_HELD if column} & LOOSE == set()


def test_the_page_says_of_all_that_is_held_against_what() -> None:
    of_the_trail = {"audit_line", "audit_head", "audit_text"}
    named = {name for cell in held() for name in re.findall(r"`([a-z_]+)`", cell)} & set(metadata.tables)
    assert named == set(TABLES) - of_the_trail
    for what in accord.BESIDE:
        assert [cell for cell in held() if cell.startswith(what)], f"the page does not tell of {what}"


def test_the_story_has_something_in_every_table(told: Store) -> None:
    with told.read() as session:
        empty = {
            name for name, table in metadata.tables.items() if not session.execute(select(table)).first()
        }
    assert empty == set()


def test_as_it_stands_the_story_proves_itself(told: Store) -> None:
    """Else every change would be named."""
    with told.read() as session:
        proof = prove(session)
    assert proof.ok, proof


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_held_or_listed(told: Store, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name != "wording":  # reading the files of all of them is most of the work, and finds nothing else
        monkeypatch.setattr(genuine, "differences", lambda session: ())
    table, unseen = metadata.tables[name], set()
    for change in changes(table, rows_of(told, table), rows=3 if told.on_sqlite else 1):
        if not is_named(told, change.statement):
            unseen.add((name, change.what))
    assert unseen == {each for each in NOT_HELD if each[0] == name}


def is_named(store: Store, statement: Any) -> bool:
    """Whether the database refuses it or the check names it; it is taken back either way."""
    named = False
    with suppress(Undone), store.write() as session:
        disarm(store, session)
        try:
            session.connection().execute(statement)
            # PostgreSQL's driver minds rows that are left unread.
            named = (store.on_sqlite and differs(session)) or not prove(session).ok
        except exc.IntegrityError:
            named = True
        raise Undone
    return named


def differs(session: Session) -> bool:
    """Part of the proof that follows, and most often enough of it."""
    with legible.as_it_lies(session):
        return next(accord.differences(session), None) is not None


def disarm(store: Store, session: Session) -> None:
    connection = session.connection()
    if not store.on_sqlite:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        return
    triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
    for (trigger,) in triggers:
        connection.execute(text(f'DROP TRIGGER "{trigger}"'))


def rows_of(store: Store, table: Table) -> list[Cells]:
    """In an order that chance has no part in: some ids are drawn."""
    with store.read() as session:
        found = [dict(row._mapping) for row in session.execute(select(table))]
    plain = [column.name for column in table.c if not column.primary_key and not column.foreign_keys]
    return sorted(found, key=lambda row: [str(row[name]) for name in plain])


class Change(NamedTuple):
    what: str
    statement: Any


def changes(table: Table, found: list[Cells], *, rows: int) -> Iterator[Change]:
    """In the first of so many rows every value there is to put, in the others one each."""
    picked = [found[number] for number in sorted({0, len(found) // 2, len(found) - 1})][:rows]
    for number, row in enumerate(picked):
        for column in table.c:
            for value in islice(others(table, column, row[column.name]), 1 if number else None):
                yield Change(column.name, put(table, row, {column.name: value}))
        yield Change(ROW, delete(table).where(*this(table, row)))
        yield Change(ROW, insert(table).values(another(table, row)))
    yield from swapped(table, picked)


def swapped(table: Table, rows: list[Cells]) -> Iterator[Change]:
    """What stands in one row, also in another."""
    for column in table.c:
        values = [row[column.name] for row in rows]
        if not column.primary_key and values[0] != values[-1]:
            yield Change(column.name, put(table, rows[0], {column.name: values[-1]}))


def put(table: Table, row: Cells, values: Cells) -> Any:
    return update(table).where(*this(table, row)).values(values)


def this(table: Table, row: Cells) -> list[Any]:
    return [column == row[column.name] for column in table.primary_key]


_fresh = count(5_000)


def another(table: Table, row: Cells) -> Cells:
    """The same once more, where the database lets one stand beside it."""
    unique = [list(table.primary_key)]
    unique += [list(each.columns) for each in table.constraints if isinstance(each, UniqueConstraint)]
    last = {columns[-1].name for columns in unique}
    return row | {name: _more(row[name]) for name in last if row[name] is not None}


def _more(value: Any) -> Any:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value + timedelta(days=next(_fresh))
    return value + next(_fresh) if isinstance(value, int) else f"{value}{next(_fresh)}"


def others(table: Table, column: Column[Any], value: Any) -> Iterator[Any]:
    """Other values of its kind; nothing, where nothing may stand there."""
    if column.nullable and value is not None:
        yield None
    words = re.findall(rf"{column.name} IN \(([^)]*)\)", " ".join(str(c.sqltext) for c in checks(table)))
    if words:
        yield from [word for word in re.findall(r"'(\w+)'", words[0]) if word != value][:2]
    else:
        yield from _of_kind(column, value)


def checks(table: Table) -> list[Any]:
    return [each for each in table.constraints if hasattr(each, "sqltext")]


def _of_kind(column: Column[Any], value: Any) -> list[Any]:
    if isinstance(column.type, Moment):
        moment: datetime = value or NOW
        return [moment - timedelta(days=1), moment + timedelta(days=1)]
    if isinstance(column.type, Day):
        return [date(2031, 1, 1)]
    if isinstance(column.type, Flag):
        return [not value]
    if isinstance(column.type, Json):
        return [value | {"more": 1} if isinstance(value, dict) else [value, "more"]]
    if isinstance(value, int) or column.type.python_type is int:
        return [(value or 1) - 1, (value or 0) + 1]
    if isinstance(value, bytes):
        return [b"other"]
    return [f"{(value or '')[:70]}x"]
