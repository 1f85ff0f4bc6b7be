"""What an inventory names and nobody has said is theirs: the riskiest first, a few at a time, and nagging nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session, col, select

from intake.answers import Answer, answered
from store import climb, leaving, nudging, offered, offers
from store.daily import Entry
from store.engine import Store
from store.ledger import Ledger
from store.reachable import today
from store.records import load
from store.tables import DoneRow, DueRow, OfferRow, OutboxRow, PersonRow, PlaceRow, UseRow
from tests.builders import CLEO, DAN, EVE, LOW, NOW, a_desk, key
from tests.databases import Clock
from triage.case import Case
from triage.claims import NotOurs, NotUsed, TakeOver
from triage.commands import Command, Disclose
from triage.desk import Desk
from triage.ladders import offering
from triage.settling import LEAD
from triage.staff import Away, Colleague

SALES, MONDAY = "L-sales", NOW + timedelta(days=2)
RISKY = {"area": answered("employment"), "function": answered("employment.ranking")}


class Register:
    """An inventory of seven uses of Sales and one of Law, a channel for Sales, and somebody who leads."""

    def __init__(self, store: Store, **staff: Colleague) -> None:
        self.store, self.ledger, self.now, self.staff = store, Ledger(store), MONDAY, staff
        with store.write() as session:
            for person in (CLEO, DAN, EVE):
                session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
            session.add(PlaceRow(id=SALES, team="T", slack_channel="C1", kind="channel"))
        for number in range(8):
            self.discloses(number, "Law" if number == 7 else "Sales", RISKY if number == 4 else {})
        with store.write() as session:
            offers.look_through(session, self.now)

    def discloses(self, number: int, unit: str, answers: dict[str, Answer]) -> None:
        given: dict[str, Any] = {
            "source_map": "m",
            "source_id": str(number),
            "title": f"Use {number}",
            "unit": unit,
        }
        wish = Disclose(actor="", key=key(), case=f"u{number}", **given, answers=LOW | answers)
        self.ledger.execute(wish, self.desk)

    @property
    def desk(self) -> Desk:
        known = {CLEO: self.staff.get("cleo", Colleague()), DAN: self.staff.get("dan", Colleague())}
        return replace(
            a_desk(now=self.now, roles={LEAD: frozenset({CLEO, EVE})}),
            units={"Sales": SALES},
            staff=lambda person: known.get(person, Colleague()),
        )

    def owns(self, many: int) -> None:
        """Dan answers for so many that were approved."""
        with self.store.write() as session:
            for number in range(many):
                row = session.get_one(UseRow, f"u{number}")
                row.state, row.owner_id, row.ref = "approved", DAN, f"AIU-{number}"

    def leaves(self) -> None:
        """Dan's account is closed."""
        self.staff["dan"] = Colleague(gone=True, left=self.now)
        with self.store.write() as session:
            session.get_one(PersonRow, DAN).gone_at = self.now
            session.flush()
            leaving.note(session, DAN, now=self.now)

    def does(self, command: type[Command], number: int, by: str = DAN, **more: Any) -> None:
        self.ledger.execute(command(actor=by, key=key(), case=f"u{number}", **more), self.desk)

    def passes(self, days: int) -> None:
        """From one moment at which something falls due to the next."""
        end = self.now + timedelta(days=days)
        while (then := self._next()) is not None and then <= end:
            self.now = max(then, self.now + timedelta(minutes=1))
            self.ledger.nudge(self.desk)
        self.now = end

    def _next(self) -> datetime | None:
        with self.store.read() as session:
            waits = select(DueRow.due_at).where(col(DueRow.state) == "waiting").order_by(col(DueRow.due_at))
            return session.exec(waits.limit(1)).first()

    def ticks(self) -> None:
        for _ in range(3):  # whatever follows from a row falls due at once; twice is as good as once
            self.ledger.nudge(self.desk)

    def posts(self, unit: str = "Sales") -> list[datetime]:
        with self.store.read() as session:
            rows = session.exec(select(OutboxRow).where(OutboxRow.subject_id == f"claims:{unit}"))
            return [row.queued_at for row in rows if row.kind == "post"]

    def told(self, unit: str = "Sales", kind: str = "claims") -> list[list[str]]:
        with self.store.read() as session:
            rows = session.exec(
                select(OfferRow)
                .where(OfferRow.unit == unit, OfferRow.kind == kind)
                .order_by(col(OfferRow.step), col(OfferRow.number))
            )
            found: dict[int, list[str]] = {}
            for row in rows:
                found.setdefault(row.step, []).append(row.use_id)
        return list(found.values())


@pytest.fixture
def register(store: Store) -> Register:
    return Register(store)


def test_the_riskiest_first_and_five_at_most(register: Register) -> None:
    register.ticks()
    (sales,) = register.told()
    assert len(sales) == 5
    assert sales[0] == "u4"
    with register.store.read() as session:
        assert offered.count(session, "claims", "Sales", register.desk) == 7
    assert register.told(offered.REST) == [["u7"]], "what has no channel is asked of whoever leads"


def test_it_is_asked_less_and_less_and_then_no_more(register: Register) -> None:
    register.passes(130)
    asked = register.posts()
    assert len(asked) == len(offering()) + 1
    gaps = [(later.date() - earlier.date()).days for earlier, later in pairwise(asked)]
    assert gaps == sorted(gaps)
    assert gaps[0] >= offering()[0]
    assert all(day.weekday() < 5 for day in asked)
    assert len(register.posts(offered.REST)) == len(asked), "whoever leads hears of it no more often"


def test_once_somebody_answers_the_rest_is_asked_again(register: Register) -> None:
    register.passes(30)
    had = len(register.posts())
    register.does(TakeOver, 4)
    register.passes(14)
    assert len(register.posts()) > had
    assert "u4" not in register.told()[-1]


def test_what_is_not_theirs_is_asked_of_whoever_leads_and_what_is_over_of_nobody(register: Register) -> None:
    register.ticks()
    register.does(NotOurs, 4, asked="Sales")
    register.does(NotUsed, 3, reason="Since May")
    register.passes(8)
    assert not {"u3", "u4"} & {*register.told()[-1]}
    assert register.told(offered.REST)[-1] == ["u4", "u7"]


def test_a_second_inventory_is_offered_to_a_unit_that_settled_its_first(register: Register) -> None:
    register.ticks()
    for number in range(7):
        register.does(TakeOver, number)
    register.passes(30)
    had = len(register.told())
    register.discloses(8, "Sales", {})
    with register.store.write() as session:
        offers.look_through(session, register.now)
    register.passes(2)
    assert register.told()[had:] == [["u8"]]
    register.passes(offering()[0] + 3)
    assert len(register.told()) == had + 2, "and it is asked from the beginning"


def test_a_unit_that_was_asked_to_the_end_is_asked_of_what_came_since_alone(register: Register) -> None:
    register.does(TakeOver, 2)
    register.passes(130)
    had = len(register.told())
    register.passes(30)
    assert len(register.told()) == had, "nothing came"
    register.discloses(8, "Sales", {})
    with register.store.write() as session:
        offers.look_through(session, register.now)
    register.passes(130)
    assert register.told()[had:] == [["u8"]] * (len(offering()) + 1)
    with register.store.read() as session:
        assert offers.left(session, "claims", "Sales", register.desk) == 1
    register.leaves()
    register.passes(10)
    assert register.told()[-1] == ["u2"], "whose owner left since"
    had = len(register.told())
    register.does(TakeOver, 2, by=EVE)
    register.passes(60)
    assert len(register.told()) == had, "what was settled calls for none of the old ones"


def test_what_is_not_theirs_is_asked_of_whoever_leads_though_nothing_else_is(register: Register) -> None:
    register.ticks()
    register.does(TakeOver, 7)
    register.passes(30)
    had = len(register.told(offered.REST))
    register.does(NotOurs, 4, asked="Sales")
    register.passes(2)
    assert register.told(offered.REST)[had:] == [["u4"]]


def test_what_somebody_said_was_theirs_is_asked_again_once_they_left(register: Register) -> None:
    register.ticks()
    for number in range(7):
        register.does(TakeOver, number, by=DAN if number == 3 else EVE)
    register.passes(30)
    had = len(register.told())
    register.leaves()
    register.passes(2)
    assert register.told()[had:] == [["u3"]]
    register.does(TakeOver, 3, by=EVE)
    with register.store.read() as session:
        assert offered.free(session, "claims", "Sales", register.desk) == []


def test_one_damaged_use_of_whoever_left_keeps_no_other(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.owns(2)
    seen: list[str] = []

    def follow(session: Session, before: Any, case: Case, desk: Desk) -> bool:
        seen.append(case.id)
        if case.id == "u0":
            raise KeyError("damaged")
        return False

    monkeypatch.setattr(climb, "follow", follow)
    register.leaves()
    register.ticks()
    with register.store.read() as session:
        assert "u1" in seen
        left = session.exec(select(DueRow).where(DueRow.kind == leaving.LEFT)).one()
        assert left.state == "done"


def test_what_had_no_room_in_a_message_is_offered_once_that_is_settled(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(offered.MOST, "orphans", 2)
    register.owns(3)
    register.leaves()
    with register.store.write() as session:
        offers.want(session, "orphans", "Sales", register.desk)
    register.passes(1)
    (first,) = register.told(kind="orphans")
    assert len(first) == 2
    register.does(TakeOver, int(first[0][1:]), by=EVE)
    register.passes(1)
    assert register.told(kind="orphans") == [first], "one of them still waits"
    register.does(TakeOver, int(first[1][1:]), by=EVE)
    register.passes(2)
    assert [len(each) for each in register.told(kind="orphans")] == [2, 1]


def test_nothing_is_said_twice_and_what_stands_is_drawn_again(register: Register) -> None:
    for _ in range(5):
        register.ticks()
    assert len(register.posts()) == 1
    register.does(TakeOver, 4)
    with register.store.read() as session:
        rows = session.exec(select(OutboxRow).where(OutboxRow.subject_id == "claims:Sales")).all()
    assert [row.kind for row in rows] == ["post", "update"]
    assert {row.purpose for row in rows} == {"offer"}


def test_whoever_leads_has_one_message_a_day_and_is_not_asked_while_away(store: Store) -> None:
    away = Away(MONDAY.date(), MONDAY.date() + timedelta(days=30))
    register = Register(store, cleo=Colleague(away=away))
    register.ticks()
    with store.read() as session:
        row = session.exec(select(OfferRow).where(OfferRow.unit == offered.REST)).one()
        assert (row.person_id, row.place_id) == (EVE, None)
        (said,) = session.exec(select(OutboxRow).where(OutboxRow.subject_id == "claims:")).all()
        assert said.person_id == EVE


def test_what_else_whoever_leads_hears_of_moves_the_question_to_the_next_day(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both fall due in one look, and one message a day is all that there is."""
    register, judge = Register(store), nudging._judge
    register.passes(0)  # the row that looks through all units
    register.now += timedelta(minutes=5)

    def told(session: Session, row: DueRow, heard: nudging.Heard, *rest: Any) -> None:
        if row.id != "told":
            judge(session, row, heard, *rest)
            return
        row.state = "done"
        heard.now[CLEO].append(Entry(load(session, "u0"), "escalation", 0))  # type: ignore[arg-type]

    monkeypatch.setattr(nudging, "_judge", told)
    with store.write() as session:
        session.add(DueRow(id="told", subject_kind="use", subject_id="u0", kind="x", due_at=NOW))
    register.ledger.nudge(register.desk)
    with store.read() as session:
        assert session.get(DoneRow, today(CLEO, register.desk)) is not None
        asked = select(DueRow).where(DueRow.subject_id == offered.REST, DueRow.subject_kind == "unit")
        assert [row.state for row in session.exec(asked)] == ["waiting"]
    assert register.posts(offered.REST) == []
    register.passes(1)
    assert len(register.posts(offered.REST)) == 1


def test_at_night_it_waits(store: Store) -> None:
    register = Register(store)
    register.now = MONDAY.replace(hour=22)
    register.ticks()
    assert register.posts() == []
    with store.read() as session:
        waits = select(DueRow).where(DueRow.subject_id == "Sales", col(DueRow.state) == "waiting")
        assert session.exec(waits).one().due_at > register.now


def test_a_unit_without_its_channel_is_asked_nothing(register: Register, clock: Clock) -> None:
    register.ticks()
    with register.store.write() as session:
        row = DueRow(id="x", subject_kind="unit", subject_id="Law", kind="claims", due_at=register.now)
        session.add(row)
        offers.look(session, row, register.desk, lambda person: None)
        assert row.state == "dropped"
