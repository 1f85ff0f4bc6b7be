"""Entries of the management system as they are kept: once, sealed, read as of a day, and held against the trail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from bot.proof import prove
from store import aims, audit, entries
from store.engine import Store
from store.tables import AimsEntryRow, AimsStepRow, PersonRow
from tests.bot.cli.tampering import tamper
from tests.builders import BEN, CLEO, NOW, a_desk
from tests.triage.aims.test_entries import LEADS, drafting, on
from triage.aims.entry import Entry
from triage.aims.wishes import ApproveEntry
from triage.desk import Desk


def desk(days: int = 0) -> Desk:
    return a_desk(roles=LEADS, now=NOW + timedelta(days=days))


def told(store: Store) -> Entry:
    with store.write() as session:
        for number, person in enumerate((BEN, CLEO)):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{number}", updated_at=NOW))
        session.flush()
        entry = aims.carry_out(session, drafting(), desk())
        return aims.carry_out(session, ApproveEntry(**on(entry, CLEO), draft=1), desk(1))


def test_it_is_read_as_it_was_written(store: Store) -> None:
    entry = told(store)
    with store.read() as session:
        assert aims.load(session, "scope") == entry
        assert aims.by_ref(session, "aim-2026-0001") == entry
        assert aims.of_kind(session, "scope", "in_force") == [entry]
        assert [each.state for each in aims.every_one(session, NOW)] == ["proposed"]
        assert [each.state for each in entries.wordless(session, NOW)] == ["proposed"]
        (bare,) = entries.wordless(session, NOW + timedelta(days=1))
        assert [(each.kind, each.detail) for each in bare.steps] == [(e.kind, e.detail) for e in entry.steps]
        assert (bare.ref, bare.state, [each.texts for each in bare.steps]) == (
            entry.ref,
            "in_force",
            [{}, {}],
        )
        assert prove(session).ok


def test_one_press_twice_is_one_step(store: Store) -> None:
    entry = told(store)
    wish = drafting(seen=1)
    for _ in range(2):
        with store.write() as session:
            aims.carry_out(session, wish, desk(2))
    with store.read() as session:
        assert len(session.exec(select(AimsStepRow)).all()) == entry.version + 1


def test_words_lie_with_the_line_and_nowhere_else(store: Store) -> None:
    told(store)
    with store.read() as session:
        rows = [*session.exec(select(AimsStepRow)).all(), *session.exec(select(AimsEntryRow)).all()]
        assert not any("All AI that we use" in str(row.model_dump()) for row in rows)
        assert not any("All AI that we use" in line for line in audit.sealed_lines(session))


CHANGES = (
    "UPDATE aims_entry SET state = 'retired'",
    "UPDATE aims_entry SET in_force = 7",
    "DELETE FROM aims_step WHERE number = 2",
    "UPDATE aims_step SET role = 'legal' WHERE number = 1",
)


@pytest.mark.parametrize("sql", CHANGES)
def test_what_was_changed_behind_the_trail_is_named(store: Store, sql: str) -> None:
    told(store)
    tamper(store, sql)
    with store.read() as session:
        assert not prove(session).ok


def test_the_row_of_an_entry_is_missed(store: Store) -> None:
    told(store)

    def found(session: Session) -> list[str]:
        return list(prove(session).records)

    tamper(store, "DELETE FROM aims_step")
    tamper(store, "DELETE FROM aims_entry")
    with store.read() as session:
        assert any("is missing" in each for each in found(session))
