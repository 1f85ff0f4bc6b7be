"""What of an entry is shown: references of what is confidential now are counted, and a rule's words name none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from bot.management import inputs
from store import aims
from store.aims_shown import hidden_refs, shown
from store.engine import Store
from store.tables import UseRow
from tests.bot.cli import storied
from tests.builders import BEN, DAN, a_desk
from tests.triage.aims.test_entries import drafting, on
from triage.aims.entry import Entry
from triage.aims.wishes import ApproveEntry, DraftEntry, OfEntries

OPEN, CLOSED = "AIU-2026-0001", "AIU-2026-0002"
FINDING: dict[str, Any] = {
    "title": f"{CLOSED} is late", "what": f"{CLOSED} was due, {OPEN} was not", "source": "overdue",
    "weight": "minor", "points": ("8.1",), "from": (OPEN, CLOSED), "due": "2027-01-15",
}  # fmt: skip


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    with store.write() as session:
        use = session.exec(select(UseRow).where(UseRow.ref == CLOSED)).one()
        use.confidential = True
        session.add(use)
    return store


def does(store: Store, wish: OfEntries) -> Entry:
    held = {"governance_lead": frozenset((BEN,)), "executive": frozenset((DAN,))}
    with store.write() as session:
        return aims.carry_out(session, wish, a_desk(roles=held, now=storied.day(12).now))


def by_rule(store: Store) -> Entry:
    wish = DraftEntry(actor="", key="rule", entry="e", kind="nonconformity", said=FINDING, by_rule=True)
    found = does(store, wish)
    return does(store, ApproveEntry(**on(found, BEN), draft=1))


def test_what_is_confidential_is_counted_and_what_is_not_stands(told: Store) -> None:
    entry = by_rule(told)
    with told.read() as session:
        seen = shown(session, entry)
        assert hidden_refs(session, (OPEN, CLOSED, "AIM-2026-0001", "10.2")) == {CLOSED}
        assert aims.load(session, entry.id) == entry, "what is kept stays"
    assert seen.said("from") == (OPEN, "hidden:1")
    assert seen.title == "AI… is late"
    assert seen.said("what") == f"AI… was due, {OPEN} was not"
    assert CLOSED not in str(seen)


def test_what_people_wrote_stays_as_they_wrote_it(told: Store) -> None:
    entry = does(told, drafting(BEN, "nonconformity", said=FINDING))
    with told.read() as session:
        seen = shown(session, entry)
    assert (seen.title, seen.said("from")) == (f"{CLOSED} is late", (OPEN, "hidden:1"))


def test_what_is_brought_before_management_names_none_of_them(told: Store) -> None:
    entry = by_rule(told)
    with told.read() as session:
        found = inputs(session, date(2026, 1, 1), date(2027, 12, 31), "UTC")
    assert [each.ref for each in found.nonconformities] == [entry.ref]
    assert CLOSED not in found.model_dump_json()
