"""Due rows of entries: one for each thing that waits, told once, in the message of the day, drawn again at its end."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from store import aims, aims_nudging, leaving
from store.audit import records
from store.engine import Store
from store.ledger import Ledger
from store.tables import DueRow, OutboxRow, PersonRow
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_desk
from tests.triage.aims.test_entries import LEADS, drafting, on
from tests.triage.aims.test_errands import ACTION
from triage.aims.entry import Entry
from triage.aims.wishes import ActOnEntry, ApproveEntry, OfEntries
from triage.desk import Desk
from triage.staff import Colleague

SOON = datetime(2026, 12, 8, 9, 0, tzinfo=NOW.tzinfo)
"""When an action of the 15th is told for the first time, in Berlin's morning."""


def desk(at: datetime = NOW, **people: Colleague) -> Desk:
    staff = {f"P-{name}": each for name, each in people.items()}
    return a_desk(roles=LEADS, now=at, staff=lambda person: staff.get(person, Colleague()))


@pytest.fixture
def book(store: Store) -> Ledger:
    with store.write() as session:
        for number, person in enumerate((ANA, BEN, CLEO, DAN, EVE)):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{number}", updated_at=NOW))
    return Ledger(store)


def does(store: Store, wish: OfEntries, at: datetime = NOW) -> Entry:
    with store.write() as session:
        return aims.carry_out(session, wish, desk(at))


def an_action(store: Store, **more: Any) -> Entry:
    return does(store, drafting(kind="action", said=ACTION | more))


def rows(store: Store, state: str = "waiting") -> list[tuple[str, int]]:
    with store.read() as session:
        found = session.exec(
            select(DueRow).where(DueRow.state == state).order_by(DueRow.kind, col(DueRow.step))
        ).all()
    return [(row.kind, row.step) for row in found]


def messages(store: Store, kind: str = "post") -> Sequence[OutboxRow]:
    with store.read() as session:
        return session.exec(select(OutboxRow).where(OutboxRow.kind == kind)).all()


def lines(store: Store, what: str) -> list[dict[str, Any]]:
    with store.read() as session:
        return [dict(line.detail) for line in records(session) if line.what == what]


def test_a_row_is_made_with_the_entry_and_goes_with_what_is_done(book: Ledger, store: Store) -> None:
    entry = an_action(store)
    assert rows(store) == [("action:1.0", 0)]
    does(store, ActOnEntry(**on(entry, ANA), act="done", said={"evidence": "A list"}, seen=1))
    assert (rows(store), rows(store, "dropped")) == ([("effect:1.1", 0)], [("action:1.0", 0)])


def test_what_fell_due_is_one_message_and_one_line(book: Ledger, store: Store) -> None:
    first, second = an_action(store), an_action(store, title="Another")
    assert book.nudge(desk(SOON - timedelta(days=1))) == 0
    assert book.nudge(desk(SOON)) == 2
    assert book.nudge(desk(SOON + timedelta(hours=1))) == 0
    (message,) = messages(store)
    told = message.payload["entries"]
    assert (message.person_id, message.payload["about"]) == (ANA, [])
    assert told == [
        [entry, "action:1.0", "own", ANA] for entry in sorted((first.id, second.id), key=_by(told))
    ]
    assert [line["people"] for line in lines(store, "aims.reminded")] == [[ANA], [ANA]]
    assert rows(store) == [("action:1.0", 1), ("action:1.0", 1)]


def _by(told: list[list[str]]) -> Any:
    return [each[0] for each in told].index


def test_what_is_settled_is_drawn_again_in_the_message(book: Ledger, store: Store) -> None:
    entry = an_action(store)
    book.nudge(desk(SOON))
    does(store, ActOnEntry(**on(entry, ANA), act="done", said={"evidence": "A list"}, seen=1), SOON)
    assert [row.payload["entries"] for row in messages(store, "update")] == [
        [[entry.id, "action:1.0", "own", ANA]]
    ]
    with store.read() as session:
        told = messages(store, "update")[0].payload["entries"]
        assert [each.errand for each in aims_nudging.as_now(session, told, desk(SOON))] == [None]


def test_what_was_settled_before_its_day_is_told_to_nobody(book: Ledger, store: Store) -> None:
    entry = an_action(store)
    does(store, ActOnEntry(**on(entry, ANA), act="done", said={"evidence": "A list"}, seen=1))
    book.nudge(desk(SOON))
    assert list(messages(store)) == []


def test_nobody_is_written_to_outside_their_hours_or_twice_a_day(book: Ledger, store: Store) -> None:
    an_action(store)
    at_night = SOON.replace(hour=22)
    book.nudge(desk(at_night))
    assert list(messages(store)) == []
    with store.read() as session:
        assert session.exec(select(DueRow.due_at)).one() == datetime(2026, 12, 9, 8, 0, tzinfo=NOW.tzinfo)


def test_a_word_before_the_day_is_not_said_after_it(book: Ledger, store: Store) -> None:
    an_action(store)
    late = datetime(2026, 12, 21, 9, 0, tzinfo=NOW.tzinfo)
    book.nudge(desk(late))
    assert list(messages(store)) == []
    book.nudge(desk(late + timedelta(minutes=1)))
    assert [line["step"] for line in lines(store, "aims.reminded")] == [1]
    assert len(messages(store)) == 1


def test_whoever_leads_hears_of_what_nobody_answers_for_any_more(book: Ledger, store: Store) -> None:
    an_action(store)
    with store.write() as session:
        person = session.get_one(PersonRow, ANA)
        person.deleted, person.gone_at = True, NOW
        leaving.note(session, ANA, now=NOW)
    monday, gone = datetime(2026, 11, 23, 9, 0, tzinfo=NOW.tzinfo), {"ana": Colleague(gone=True, left=NOW)}
    book.nudge(desk(monday, **gone))
    book.nudge(desk(monday, **gone))
    assert {message.person_id for message in messages(store)} == {BEN, CLEO}
    assert [line["because"] for line in lines(store, "aims.escalated")] == ["lead"]


def test_each_sees_what_they_can_do(book: Ledger, store: Store) -> None:
    an_action(store)
    does(store, drafting())
    later = SOON - timedelta(days=5)
    with store.read() as session:
        assert _theirs(session, ANA, later) == ["action:1.0"]
        assert _theirs(session, DAN, later) == ["approval:1.0"]
        assert _theirs(session, BEN, later) == []
        assert _theirs(session, ANA, NOW) == [], "what is due in a month can wait"


def _theirs(session: Session, person: str, at: datetime) -> list[str]:
    return [each.errand.name for each in aims_nudging.waiting_for(session, person, desk(at))]


def test_a_yes_ends_the_waiting_of_all(book: Ledger, store: Store) -> None:
    entry = does(store, drafting())
    does(store, ApproveEntry(**on(entry, DAN), draft=1))
    assert [name for name, _ in rows(store)] == ["renewal:1"]


def test_two_workers_tell_it_once(book: Ledger, store: Store, database_url: str) -> None:
    for number in range(6):
        an_action(store, title=f"Action {number}")
    stores = [Store(database_url, now=lambda: SOON) for _ in range(2)]
    begin = threading.Barrier(len(stores))

    def run(mine: Store) -> None:
        begin.wait()
        for _ in range(3):
            Ledger(mine).nudge(desk(SOON))

    threads = [threading.Thread(target=run, args=(each,)) for each in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in stores:
        each.close()
    assert len(messages(store)) == 1
    assert len(lines(store, "aims.reminded")) == 6


def test_one_that_cannot_be_looked_at_holds_up_no_other(
    book: Ledger, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = an_action(store), an_action(store, title="Another")
    whole = aims.load

    def broken(session: Session, id: str) -> Entry | None:
        if id == bad.id:
            raise ValueError("damaged")
        return whole(session, id)

    monkeypatch.setattr(aims, "load", broken)
    book.nudge(desk(SOON))
    (message,) = messages(store)
    assert [each[0] for each in message.payload["entries"]] == [good.id]
    assert rows(store, "parked") == [("action:1.0", 0)]


def test_a_new_version_begins_its_own(book: Ledger, store: Store) -> None:
    entry = an_action(store)
    book.nudge(desk(SOON))
    moved = ACTION | {"due": "2027-03-01"}
    waits = does(store, drafting(kind="action", entry=entry.id, said=moved, seen=1), SOON)
    does(store, ApproveEntry(**on(waits, DAN), draft=2), SOON)
    assert rows(store) == [("action:2.0", 0)]
    with store.read() as session:
        row = session.exec(select(DueRow).where(DueRow.state == "waiting")).one()
    assert row.due_at.date() == date(2027, 2, 22)
