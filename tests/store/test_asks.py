"""Whose queue a request stands in: kept with it, the same as the request itself says, however many others wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlmodel import col, select

from intake.answers import answered, unsure
from store import asks
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import AskRow, PersonRow, PlaceRow, UseRow
from tests.builders import ANA, BEN, CLEO, DAN, DM, EVE, GOVERNANCE, LOW, NOW, ROLES, a_desk, key
from triage.commands import Approve, AskRequester, Command, Decline, Recuse, Take
from triage.desk import Desk
from triage.register import Reader
from triage.seats import deciding_people
from triage.talking import Begin, Fill, Steer, Withdraw

PEOPLE = (ANA, BEN, CLEO, DAN, EVE)
HIGH = LOW | {"area": answered("hr_recruit"), "people": answered("applicants"), "data": answered("personal")}


@pytest.fixture
def book(store: Store) -> Ledger:
    with store.write() as session:
        for person in PEOPLE:
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    return Ledger(store)


def asked(book: Ledger, case: str, answers: Any = LOW, **desk: Any) -> str:
    on: dict[str, Any] = {"actor": ANA, "case": case}
    words = "I'd like to use Otter"
    book.execute(Begin(**on, key=key(), words=words, place=DM, root=f"17.{key()[4:]:0>6}"), a_desk())
    book.execute(Fill(**on, key=key(), answers=answers), a_desk())
    book.execute(Steer(**on, key=key(), wish="hand_over"), a_desk(**desk))
    return case


def queue(store: Store, person: str, desk: Desk | None = None, kind: str = asks.YES) -> list[str]:
    desk = desk or a_desk()
    roles = frozenset(role for role in desk.roles if desk.holds(person, role))
    with store.read() as session:
        asked = asks.asked_in_confidence(session, person, desk)
        reader = Reader(person=person, roles=roles, asked=asked)
        return [one.id for one in asks.queue(session, reader, desk, kind)]


def does(book: Ledger, wish: type[Any], actor: str, case: str, **more: Any) -> None:
    command: Command = wish(actor=actor, key=key(), case=case, **more)
    book.execute(command, a_desk())


def the_same(store: Store, desk: Desk | None = None) -> None:
    """As each request itself says who is asked."""
    desk = desk or a_desk()
    with store.read() as session:
        cases = [case for id in session.exec(select(UseRow.id)) if (case := load(session, id)) is not None]
    waits = [case for case in cases if case.status.value in asks.WAITS]
    for person in PEOPLE:
        assert set(queue(store, person, desk)) == {c.id for c in waits if person in deciding_people(c, desk)}


def test_a_request_stands_in_the_queue_of_those_who_may_decide_it(store: Store, book: Ledger) -> None:
    asked(book, "one")
    assert {person for person in PEOPLE if queue(store, person)} == {BEN, EVE}
    the_same(store)


def test_the_most_urgent_is_first(store: Store, book: Ledger) -> None:
    for number, case in enumerate(("late", "soon", "sooner")):
        asked(book, case, now=NOW - timedelta(days=7 * number))
    assert queue(store, BEN) == ["sooner", "soon", "late"]


@pytest.mark.parametrize(
    ("wish", "more"),
    [(Approve, {"reason": "Fits."}), (Decline, {"reason": "No."}), (Recuse, {"reason": "I sell it"})],
    ids=["approved", "declined", "recused"],
)
def test_what_is_decided_or_left_to_others_is_in_it_no_more(
    store: Store, book: Ledger, wish: type[Any], more: dict[str, str]
) -> None:
    asked(book, "one")
    does(book, wish, BEN, "one", **more)
    assert queue(store, BEN) == []
    the_same(store)


def test_what_was_withdrawn_is_in_it_no_more_and_what_was_taken_stays(store: Store, book: Ledger) -> None:
    asked(book, "one")
    does(book, Take, BEN, "one")
    assert queue(store, EVE) == ["one"]
    does(book, AskRequester, EVE, "one", question="Who listens?")
    assert queue(store, EVE) == [], "now it is Ana's turn"
    does(book, Withdraw, ANA, "one")
    assert queue(store, BEN) == []
    with store.read() as session:
        assert session.exec(select(AskRow)).all() == []


def test_where_several_say_yes_each_has_it_until_theirs_is_said(store: Store, book: Ledger) -> None:
    asked(book, "one", HIGH)
    the_same(store)
    with store.read() as session:
        case = load(session, "one")
    assert case is not None
    asked_now = deciding_people(case, a_desk())
    assert asked_now
    for person in asked_now:
        assert queue(store, person) == ["one"]


@pytest.mark.parametrize("gone", [(BEN, EVE), (CLEO,), (BEN,), (EVE, CLEO), PEOPLE])
def test_who_holds_a_role_is_looked_at_when_it_is_read(
    store: Store, book: Ledger, gone: tuple[str, ...]
) -> None:
    """Whoever comes after them has it where nobody is left."""
    asked(book, "one")
    asked(book, "two", HIGH)
    does(book, Recuse, BEN, "one", reason="I sell it")
    left = {role: held - set(gone) for role, held in ROLES.items()}
    the_same(store, a_desk(roles=left))


def test_one_who_is_known_under_two_ids_has_no_part_in_their_own(store: Store, book: Ledger) -> None:
    asked(book, "one")
    desk = replace(a_desk(), same=lambda a, b: a == b or {a, b} == {ANA, BEN})
    assert queue(store, BEN, desk) == []
    assert queue(store, EVE, desk) == ["one"]


def test_what_is_confidential_is_in_the_queue_of_those_whose_yes_it_needs(store: Store, book: Ledger) -> None:
    asked(book, "one")
    with store.write() as session:
        session.connection().execute(update(UseRow).values(confidential=True))
    assert queue(store, BEN) == ["one"]
    assert queue(store, DAN) == []


def test_requests_from_before_there_were_such_rows_get_theirs(store: Store, book: Ledger) -> None:
    asked(book, "one")
    with store.write() as session:
        before = session.exec(select(AskRow).order_by(col(AskRow.seat), col(AskRow.rank))).all()
        kept = [row.model_dump() for row in before]
        session.connection().execute(delete(AskRow))
    assert queue(store, BEN) == ["one"]  # at once, before any worker has looked
    assert queue(store, DAN) == []
    book.nudge(a_desk())
    with store.read() as session:
        again = session.exec(select(AskRow).order_by(col(AskRow.seat), col(AskRow.rank))).all()
        assert [row.model_dump() for row in again] == kept
        assert not asks.is_missing(session)


def test_once_all_have_their_rows_nobody_looks_for_them_again(store: Store, book: Ledger) -> None:
    asked(book, "one")
    with store.write() as session:
        session.connection().execute(delete(AskRow))

    def noted() -> tuple[bool, bool]:
        with store.read() as session:
            return asks.is_noted(session), asks.is_missing(session)

    assert noted() == (False, True)
    book.nudge(a_desk())  # writes them, and does not know yet that these were all
    assert noted() == (False, False)
    book.nudge(a_desk())
    assert noted() == (True, False)
    with store.write() as session:
        asks.catch_up(session, a_desk())  # it is noted once
    asked(book, "two")
    assert queue(store, BEN) == ["one", "two"]


def test_what_was_referred_waits_for_those_of_its_role(store: Store, book: Ledger) -> None:
    asked(book, "one", LOW | {"data": unsure(), "area": unsure()})
    with store.read() as session:
        case = load(session, "one")
    assert case is not None
    roles = {each.role for each in case.referrals if each.open}
    assert roles
    for person in PEOPLE:
        mine = person != ANA and any(a_desk().holds(person, role) for role in roles)
        assert queue(store, person, kind=asks.ANSWER) == (["one"] if mine else [])


def test_a_thousand_that_wait_for_others_are_not_read(store: Store, book: Ledger) -> None:
    """One's own come whole, however many others there are: the fifty-first, too."""
    asked(book, "one")
    with store.write() as session:
        row = session.get(UseRow, "one")
        assert row is not None
        kept = [ask.model_dump() for ask in session.exec(select(AskRow)).all()]
        for number in range(1000):
            session.add(
                UseRow(**row.model_dump() | {"id": f"use-{number}", "ref": f"AIU-2031-{number + 1:04}"})
            )
            for ask in kept if number % 10 == 0 else kept[:1]:
                whose = {} if number % 10 == 0 else {"role": "privacy", "seat": "privacy"}
                session.add(AskRow(**ask | whose | {"use_id": f"use-{number}"}))
    assert len(queue(store, BEN)) == 101
