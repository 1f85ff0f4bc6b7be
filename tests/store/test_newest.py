"""What came later is what was stored later, whatever the clocks of two processes say."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake.answers import answered, unsure
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import PersonRow, PlaceRow
from tests.builders import ANA, BEN, DM, GOVERNANCE, NOW, ROOT, a_desk, key, some_answers
from triage.case import Case
from triage.commands import AskRequester, Settle
from triage.desk import Desk
from triage.talking import Begin, Fill, Steer, Type


@pytest.fixture
def book(store: Store) -> Ledger:
    with store.write() as session:
        for person in (ANA, BEN):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    return Ledger(store)


def at(seconds: int) -> Desk:
    return a_desk(now=NOW + timedelta(seconds=seconds))


def submitted(book: Ledger) -> Case:
    answers = some_answers(red_flag=unsure(), data=unsure())
    first = Begin(
        actor=ANA, case="case-1", key=key(), words="We would like to use Otter", place=DM, root=ROOT
    )
    book.execute(first, at(0))
    book.execute(Fill(actor=ANA, key=key(), case="case-1", answers=answers), at(0))
    # The interview goes on with what is open; whoever is not sure may hand the request to governance as it is.
    return book.execute(Steer(actor=ANA, key=key(), case="case-1", wish="hand_over"), at(0)).case


@pytest.mark.parametrize(("first", "second"), [(2, 1), (0, 0)])
def test_the_last_judgement_counts_when_clocks_differ_or_stand_still(
    store: Store, book: Ledger, first: int, second: int
) -> None:
    submitted(book)
    harmless = Settle(actor=ANA, key=key(), case="case-1", answers={"data": answered("internal")})
    book.execute(harmless, at(first))
    grave = Settle(actor=ANA, key=key(), case="case-1", answers={"red_flag": answered("social_scoring")})
    told = book.execute(grave, at(second)).case
    with store.read() as session:
        kept = load(session, "case-1")
    assert kept is not None
    assert kept.verdict is not None
    assert kept.verdict == told.verdict
    assert kept.verdict.results["eu"].floor == "prohibited"


def test_questions_stand_in_the_order_in_which_they_were_asked(store: Store, book: Ledger) -> None:
    submitted(book)
    for question, seconds in (("Who listens to it?", 9), ("And who else?", 1)):
        asked = AskRequester(actor=BEN, key=key(), case="case-1", question=question)
        book.execute(asked, at(seconds))
        book.execute(Type(actor=ANA, key=key(), case="case-1", words="Only my team does"), at(seconds))
    with store.read() as session:
        kept = load(session, "case-1")
    assert kept is not None
    assert [inquiry.question for inquiry in kept.inquiries] == ["Who listens to it?", "And who else?"]
