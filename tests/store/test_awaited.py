"""What waits for one person's yes: told by rows as each entry tells it, and never all of it read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from store import aims
from store.awaited import awaited
from store.engine import Store
from store.tables import PersonRow
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_desk
from triage.aims.entry import Entry, entry_id
from triage.aims.kinds import kinds
from triage.aims.standing import approvers
from triage.aims.statement import STATEMENT
from triage.aims.wishes import ApproveEntry, DraftEntry, OfEntries, SendEntryBack
from triage.desk import Desk

ROLES = {
    "governance_lead": frozenset((BEN, CLEO)),
    "executive": frozenset((CLEO, DAN)),
    "risk_owner": frozenset((CLEO, EVE)),
}
OTHER = "dan-elsewhere"
"""The same human being as Dan, in another workspace."""


def desk(day: int = 0) -> Desk:
    roles = {**ROLES, "executive": frozenset((CLEO, DAN, OTHER))}
    known = a_desk(roles=roles, now=NOW + timedelta(days=day))
    return replace(known, same=lambda one, two: one == two or {one, two} == {DAN, OTHER})


def put(store: Store, name: str, by: str, day: int, **more: Any) -> Entry:
    """A document: whoever leads, owns risks or is an executive says yes to it."""
    said = {"title": name, "points": ("7.5.1",), "system": "own", "origin": "inside"}
    about: dict[str, Any] = {"entry": entry_id(kinds()["document"], "", name), "kind": "document"}
    wish = DraftEntry(**about, actor=by, key=f"{name}{day}", said=said | more, seen=0)
    return carry(store, wish, day)


def carry(store: Store, wish: OfEntries, day: int) -> Entry:
    with store.write() as session:
        return aims.carry_out(session, wish, desk(day))


@pytest.fixture
def told(store: Store) -> Store:
    with store.write() as session:
        for number, person in enumerate((ANA, BEN, CLEO, DAN, EVE, OTHER)):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{number}", updated_at=NOW))
    return store


def expected(store: Store, person: str) -> list[str]:
    with store.read() as session:
        found = [each for each in aims.every_one(session) if person in approvers(each, desk())]
    found = [each for each in found if each.kind != STATEMENT]
    return [each.ref for each in sorted(found, key=lambda each: (each.steps[-1].at, each.ref))]


def test_it_is_what_each_entry_says_of_itself(told: Store) -> None:
    for day, by in enumerate((BEN, CLEO, EVE, "", "", BEN, BEN), 1):
        put(told, f"d{day}", by, day)
    typed = entry_id(kinds()["document"], "", "d4")
    carry(told, ApproveEntry(entry=typed, actor=DAN, key="one-of-two", draft=1), 9)
    back = entry_id(kinds()["document"], "", "d6")
    carry(told, SendEntryBack(entry=back, actor=CLEO, key="back", draft=1, reason="Why?"), 10)
    counts = entry_id(kinds()["document"], "", "d7")
    carry(told, ApproveEntry(entry=counts, actor=CLEO, key="yes", draft=1), 11)
    with told.read() as session:
        said = next(each for each in aims.of_kind(session, "document") if each.id == counts).drafts[0].said
    anew = DraftEntry(entry=counts, kind="document", actor=EVE, key="anew", said=said, seen=1)
    carry(told, anew.model_copy(update={"said": {**said, "title": "Anew"}}), 12)
    for person in (ANA, BEN, CLEO, DAN, EVE, OTHER):
        with told.read() as session:
            found, few = awaited(session, person, desk(), 99), awaited(session, person, desk(), 1)
        assert [each.ref for each in found.first] == expected(told, person), person
        assert len(few.first) + few.more == len(expected(told, person)), "what is not read is counted"
        assert found.more == 0
    assert expected(told, ANA) == []
    assert expected(told, CLEO), "also where they said yes to the version before"
    assert len(expected(told, DAN)) == len(expected(told, CLEO)), (
        "the one that each of them has had their say on"
    )
    assert expected(told, OTHER) == expected(told, DAN), "one human being says one yes"


def test_no_more_is_read_than_is_shown_however_much_waits(told: Store) -> None:
    asked: list[str] = []
    for number in range(3):
        put(told, f"few{number}", EVE, 1)

    def questions(most: int) -> tuple[int, int, int]:
        asked.clear()
        with told.read() as session:
            event.listen(session.connection(), "before_cursor_execute", lambda *given: asked.append(given[2]))
            found = awaited(session, BEN, desk(), most)
        return len([each for each in asked if each.startswith("SELECT")]), len(found.first), found.more

    few = questions(2)
    assert few[0]
    assert few[1:] == (2, 1)
    for number in range(20):
        put(told, f"many{number}", EVE, 2)
    assert questions(2) == (few[0], 2, 21)
    assert questions(9) == (few[0], 9, 14)


def test_what_they_answer_for_takes_no_place_of_what_they_may_approve(told: Store) -> None:
    """Older, and barred for them: without the rest behind it nobody would ever show them what they may do."""
    said = {"title": "Count", "success": "Counted", "owner": CLEO, "due": "2027-01-01"}
    about: dict[str, Any] = {"entry": "act", "kind": "action", "actor": BEN}
    carry(told, DraftEntry(**about, key="first", said=said), 1)
    carry(told, DraftEntry(**about, key="again", said=said | {"due": "2027-02-01"}, seen=1), 2)
    put(told, "theirs to approve", BEN, 3)
    with told.read() as session:
        found = awaited(session, CLEO, desk(), 1)
    assert ([each.kind for each in found.first], found.more) == (["document"], 0)
