"""A digest goes out once, whoever looks, and names nothing that is confidential."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlmodel import select

from store import digested
from store.digest import figures
from store.engine import Store
from store.ledger import Ledger
from store.tables import OutboxRow, PersonRow, PlaceRow, SettingRow, UseRow
from tests.builders import ANA, BEN, DM, GOVERNANCE, LOW, NOW, a_desk, key
from triage.digest import digest
from triage.digested import Due
from triage.figures import Figures
from triage.talking import Begin, Fill, Submit

MONDAY = NOW + timedelta(days=2)
WEEK = Due("week", MONDAY, MONDAY - timedelta(days=7))
MONTH = Due("month", MONDAY, MONDAY - timedelta(days=30))
MADE = digest(Figures(since=WEEK.since, at=MONDAY))


def settled(store: Store) -> None:
    with store.write() as session:
        session.add(PersonRow(id=ANA, team="T", slack_user="UANA", updated_at=NOW))
        session.add(PersonRow(id=BEN, team="T", slack_user="UBEN", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
        session.add(SettingRow(key="timezone", value="UTC", changed_at=NOW))


def owes(store: Store, due: Due, place: str = GOVERNANCE, people: tuple[str, ...] = ()) -> int:
    with store.write() as session:
        return digested.owe(session, due, MADE, place=place, people=people, now=due.at)


def test_whoever_looks_it_is_owed_once(store: Store) -> None:
    settled(store)
    assert [owes(store, WEEK), owes(store, WEEK), owes(store, MONTH, "", (ANA, BEN)), owes(store, MONTH)] == [
        2,
        0,
        4,
        0,
    ]
    with store.read() as session:
        rows = session.exec(select(OutboxRow)).all()
        assert not digested.is_open(session, WEEK)
    assert [(row.kind, row.purpose) for row in rows[:2]] == [("post", "digest"), ("upload", "digest_file")]
    assert len({row.lane for row in rows[:2]}) == 2, "no message waits for a file"


def test_what_fell_due_before_there_was_anything_is_not_told(store: Store) -> None:
    assert owes(store, WEEK) == 0
    settled(store)
    before = Due("week", NOW - timedelta(days=5), NOW - timedelta(days=12))
    assert owes(store, before) == 0


def test_confidential_uses_are_counted_and_never_named(store: Store) -> None:
    settled(store)
    book = Ledger(store)
    for case in ("one", "two"):
        book.execute(Begin(actor=ANA, key=key(), case=case, words="Otter", place=DM, root=case), a_desk())
        book.execute(Fill(actor=ANA, key=key(), case=case, answers=LOW), a_desk())
        book.execute(Submit(actor=ANA, key=key(), case=case), a_desk())
    late = NOW + timedelta(days=30)
    with store.read() as session:
        assert figures(session, NOW, late, zone="UTC").oldest == "AIU-2026-0001"
        assert digested.use_of(session, "AIU-2026-0001") == "one"
    with store.write() as session:
        session.execute(update(UseRow).values(confidential=True))
    with store.read() as session:
        found = figures(session, NOW, late, zone="UTC")
        assert digested.use_of(session, "AIU-2026-0001") is None
    assert (found.stock.overdue, found.oldest) == (2, "")
