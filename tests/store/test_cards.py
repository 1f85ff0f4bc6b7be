"""A request that waits has a card where cards go, however often it was refused there; older ones tell the truth."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from store import addresses, delivery, outbox
from store.engine import Store
from store.ledger import Ledger
from store.tables import OutboxRow, PersonRow, PlaceRow
from tests.builders import ANA, BEN, DM, GOVERNANCE, LOW, NOW, ROOT, a_desk, key
from triage.afterwards import ReportWrong
from triage.commands import Approve
from triage.talking import Begin, Fill, Submit

ELSEWHERE = "L-elsewhere"


@pytest.fixture
def book(store: Store) -> Ledger:
    with store.write() as session:
        for person in (ANA, BEN):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
        session.add(PlaceRow(id=ELSEWHERE, team="T", slack_channel="C2", kind="channel"))
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    book = Ledger(store)
    on: dict[str, Any] = {"actor": ANA, "case": "case-1"}
    book.execute(Begin(**on, key=key(), words="I'd like to use Otter", place=DM, root=ROOT), a_desk())
    book.execute(Fill(**on, key=key(), answers=LOW), a_desk())
    book.execute(Submit(**on, key=key()), a_desk())
    return book


def cards(store: Store) -> list[tuple[str, str, str | None]]:
    with store.read() as session:
        rows = session.exec(
            select(OutboxRow).where(OutboxRow.purpose == "card").order_by(col(OutboxRow.id))
        ).all()
        return [(row.kind, row.state, row.place_id) for row in rows]


def end(store: Store, *, refused: bool) -> None:
    """The sender takes up every card that waits and comes back with an end."""
    with store.write() as session:
        for owed in outbox.claim(session, now=NOW, holder="h", lease=timedelta(seconds=30), limit=9):
            if owed.purpose == "card" and refused:
                delivery.park(session, owed.id, "not_in_channel", holder="h")
            else:
                delivery.mark_sent(session, owed.id, holder="h", now=NOW, ts=f"17.{owed.id:06}")


def test_a_card_that_was_refused_is_owed_again_and_once(store: Store, book: Ledger) -> None:
    end(store, refused=True)
    assert cards(store) == [("post", "parked", GOVERNANCE)]
    assert book.show_cards(a_desk()) == 1
    assert book.show_cards(a_desk()) == 0
    assert cards(store) == [("post", "dropped", GOVERNANCE), ("post", "waiting", GOVERNANCE)]


def test_a_decision_is_posted_where_the_card_was_refused(store: Store, book: Ledger) -> None:
    end(store, refused=True)
    book.execute(Approve(actor=BEN, key=key(), case="case-1", reason="Fine."), a_desk())
    assert cards(store)[-1] == ("post", "waiting", GOVERNANCE)


@pytest.mark.parametrize("state", ["waiting", "sent"])
def test_a_card_that_stands_or_comes_is_not_owed_again(store: Store, book: Ledger, state: str) -> None:
    if state == "sent":
        end(store, refused=False)
    assert book.show_cards(a_desk()) == 0
    assert cards(store) == [("post", state, GOVERNANCE)]


def test_a_card_in_the_channel_before_is_kept_true(store: Store, book: Ledger) -> None:
    end(store, refused=False)
    moved = a_desk(governance=ELSEWHERE)
    assert book.show_cards(moved) == 1
    book.execute(Approve(actor=BEN, key=key(), case="case-1", reason="Fine."), moved)
    after_decision = cards(store)
    assert ("update", "waiting", GOVERNANCE) in after_decision
    assert [place for kind, _, place in after_decision if kind == "post"].count(GOVERNANCE) == 1
    with store.read() as session:
        stands = addresses.find(
            session, subject_kind="use", subject_id="case-1", purpose="card", place_id=GOVERNANCE
        )
    assert stands is not None


@pytest.mark.parametrize("stands", [True, False])
def test_whatever_moves_a_use_has_its_card_drawn_where_it_stands(
    store: Store, book: Ledger, *, stands: bool
) -> None:
    """A report tells those who decide nothing, and moves the version that a card shows."""
    book.execute(Approve(actor=BEN, key=key(), case="case-1", reason="Fine."), a_desk())
    for _ in range(3):
        end(store, refused=not stands)
    before = cards(store)
    assert {state for _, state, _ in before} == {"sent" if stands else "parked"}
    book.execute(ReportWrong(actor=BEN, key=key(), case="case-1", words="It made a name up"), a_desk())
    drawn = [("update", "waiting", GOVERNANCE)] if stands else []
    assert cards(store)[len(before) :] == drawn
