"""Uses that are only recorded: read together, each by its newest result, and one that is damaged holds up no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from store import phased
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import ResultRow
from tests.builders import ANA, BEN, DM, LOW, NOW, a_desk, key
from tests.store.statements import statements
from tests.store.test_asks import book as book
from triage.aims.phasing import Phase
from triage.case import Status
from triage.commands import Command, Decline
from triage.desk import Desk
from triage.talking import Begin, Fill, Reopen, Submit, Withdraw

LATER = NOW.date() + timedelta(days=10)
LITTLE = Phase("AIM-2026-0001", "Little risk", LATER, frozenset((1,)), frozenset())
SOME = Phase("AIM-2026-0002", "Some risk", LATER, frozenset((2,)), frozenset())


def desk(*plan: Phase, days: int = 0) -> Desk:
    return a_desk(phases=plan or (LITTLE, SOME), planned=True, now=NOW + timedelta(days=days))


def does(book: Ledger, wish: type[Any], use: str, at: Desk, actor: str = ANA, **more: Any) -> None:
    command: Command = wish(actor=actor, case=use, key=key(), **more)
    book.execute(command, at)


def handed_in(book: Ledger, use: str, at: Desk) -> None:
    does(book, Begin, use, at, words="I'd like to use Otter", place=DM, root=use)
    does(book, Fill, use, at, answers=LOW)
    does(book, Submit, use, at)


def state(store: Store, use: str) -> Status:
    with store.read() as session:
        case = load(session, use)
        assert case is not None
        return case.status


def due(store: Store, at: Desk) -> list[str]:
    with store.read() as session:
        return [each.id for each in phased.coming_up(session, at)]


def test_however_many_there_are_a_look_asks_as_little(store: Store, book: Ledger) -> None:
    asked = []
    for number in range(1, 4):
        handed_in(book, f"use-{number}", desk())
        with store.read() as session, statements(session) as said:
            assert phased.coming_up(session, desk()) == []
            assert phased.waiting(session, desk()).total() == number
        asked.append(len(said))
    assert len(set(asked)) == 1
    assert asked[0] > 0
    assert due(store, desk(days=10)) == ["use-1", "use-2", "use-3"]


def test_each_waits_for_one_phase_however_many_begin_on_its_day(store: Store, book: Ledger) -> None:
    handed_in(book, "use-1", desk())
    with store.read() as session:
        assert phased.waiting(session, desk()) == {LITTLE.ref: 1}
        assert phased.waiting(session, desk(days=10)) == {None: 1}


def test_the_newest_result_counts_and_one_that_is_damaged_holds_up_no_other(
    store: Store, book: Ledger
) -> None:
    for number in (1, 2):
        handed_in(book, f"use-{number}", desk())
    judged(store, "use-1", version=0)
    assert due(store, desk(days=10)) == ["use-1", "use-2"], "an older one says nothing"
    judged(store, "use-1", version=99)
    assert due(store, desk(days=10)) == ["use-2"]


def judged(store: Store, use: str, version: int) -> None:
    """By something that nobody can read."""
    with store.write() as session:
        known = session.exec(select(ResultRow).where(col(ResultRow.subject_id) == use)).first()
        assert known is not None
        told = known.model_dump() | {"id": f"{use}-{version}", "verdict": {"no": "verdict"}}
        session.add(ResultRow.model_validate(told | {"version": version}))


@pytest.mark.parametrize("days", [0, 10])
def test_what_is_taken_up_again_is_put_off_as_at_first(store: Store, book: Ledger, days: int) -> None:
    handed_in(book, "use-1", desk())
    does(book, Withdraw, "use-1", desk())
    does(book, Reopen, "use-1", desk(days=days))
    assert state(store, "use-1") is (Status.in_review if days else Status.disclosed)


def test_taken_up_again_after_a_no_it_is_decided_at_once(store: Store, book: Ledger) -> None:
    handed_in(book, "use-1", desk())
    does(book, Withdraw, "use-1", desk())
    handed_in(book, "use-2", a_desk())
    does(book, Decline, "use-2", a_desk(), BEN, reason="Never with this tool.")
    does(book, Reopen, "use-1", desk())
    assert state(store, "use-1") is Status.in_review


def test_what_was_only_recorded_and_taken_back_was_turned_down_by_nobody(store: Store, book: Ledger) -> None:
    handed_in(book, "use-1", desk())
    does(book, Withdraw, "use-1", desk())
    handed_in(book, "use-2", desk())
    assert state(store, "use-2") is Status.disclosed
    handed_in(book, "use-3", a_desk())
    does(book, Withdraw, "use-3", desk())
    handed_in(book, "use-4", desk())
    assert state(store, "use-4") is Status.in_review, "others were asked to decide"
