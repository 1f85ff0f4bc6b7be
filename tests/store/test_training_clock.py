"""The clock and trainings of many people: short questions, a few told at a look, and one fault is one person's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from store import aside, daily, to_read, trained, training, training_calls
from store.engine import Store
from store.ledger import Ledger
from store.tables import DeploymentRow, DueRow, PersonRow
from store.trainees import needing
from store.wished import concerned, written_to
from tests.builders import ANA, BEN, CLEO, DAN, NOW, a_desk
from tests.store.test_training import DAY, HELD, LINK, desk, in_use, looks, needs
from tests.store.test_training import held as held_of
from tests.store.test_training import session_of as session_of
from triage.aims.access import let_in
from triage.aims.training import Noted
from triage.desk import Desk
from triage.outcome import Refused
from triage.staff import Away, Colleague

MONDAY = NOW + timedelta(days=2)
MANY = [f"P{n:02}" for n in range(45)]


def whole(session: Session) -> DueRow:
    wanted = (DueRow.subject_kind == training.SUBJECT, DueRow.kind == training_calls.WHOLE)
    return session.exec(select(DueRow).where(*wanted)).one()


def minute(number: int, **held: frozenset[str]) -> Desk:
    return a_desk(roles=HELD | held, now=MONDAY + timedelta(minutes=number))


def test_the_question_stays_short_however_many_uses_there_are(session_of: Store) -> None:
    asked: list[int] = []

    def count(_connection: Any, _cursor: Any, _statement: str, given: Sequence[Any], *_: Any) -> None:
        asked.append(len(given))

    with session_of.write() as session:
        made = needs(session, of_uses=("owner", "user"), tools=("Otter",))

        def most(uses: int) -> int:
            for number in range(uses):
                in_use(session, f"u{uses}-{number}")
                joined: dict[str, object] = {
                    "id": f"d{uses}-{number}",
                    "use_id": f"u{uses}-{number}",
                    "owner_id": BEN,
                }
                joined["joined_at"] = NOW
                session.add(DeploymentRow.model_validate(joined))
            session.flush()
            asked.clear()
            event.listen(session_of.engine, "before_cursor_execute", count)
            try:
                assert needing(session, made, desk()) == {ANA, BEN, DAN}
            finally:
                event.remove(session_of.engine, "before_cursor_execute", count)
            return max(asked)

        assert most(1) == most(30)


def test_a_few_are_told_at_a_look_and_the_others_at_the_next(session_of: Store) -> None:
    everybody = frozenset(MANY)
    with session_of.write() as session:
        for person in MANY:
            session.add(PersonRow(id=person, team="T", slack_user=person, name=person, updated_at=NOW))
        needs(session)
        assert looks(session, minute(0, reviewer=everybody)) == {}, "their hours are not known yet"
        told: list[str] = []
        for number, (count, wait) in enumerate(((20, 0), (20, 0), (5, 60)), 1):
            assert whole(session).due_at <= minute(number).now
            said = looks(session, minute(number, reviewer=everybody))
            assert len(said) == count
            assert whole(session).due_at == MONDAY + timedelta(minutes=number + wait)
            told += said
        assert sorted(told) == MANY


def test_what_somebody_says_they_did_moves_nobody_else(session_of: Store) -> None:
    with session_of.write() as session:
        needs(session)
        looks(session, minute(0))
        looks(session, minute(1))
        before = whole(session).due_at
        assert training.say_done(session, "t", ANA, DAY, LINK, minute(2), by=ANA)
        assert whole(session).due_at == before


def test_who_needs_it_is_worked_out_while_nobody_waits_to_write(
    session_of: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session_of.write() as session:
        needs(session)
    seen: list[bool] = []

    def spied(session: Session, *more: Any) -> frozenset[str]:
        seen.append(getattr(session_of._mine, "writing", False))
        return needing(session, *more)

    monkeypatch.setattr(training_calls, "needing", spied)
    assert Ledger(session_of).nudge(minute(0))
    assert seen == [False]
    with session_of.read() as session:
        assert held_of(session).keys() == {ANA}


def test_of_whoever_is_to_be_told_it_is_known_first_when_they_work(session_of: Store) -> None:
    """Who owns a use holds no role, and stands in no other list."""
    with session_of.write() as session:
        in_use(session, "u1")
        needs(session, of_uses=("owner",))
        looks(session, minute(0))
        session.flush()
        assert concerned(session, minute(1)) == {DAN}
        assert DAN in written_to(session, minute(1))
        away = Colleague(away=Away(since=DAY, until=DAY + timedelta(days=9)))
        night = Colleague(zone="America/Los_Angeles")
        for known in (away, night):
            there = replace(minute(1), staff=lambda _, known=known: known)  # type: ignore[misc]
            assert DAN not in written_to(session, there)
            assert DAN not in looks(session, there)
        assert DAN in looks(session, minute(2))


def test_of_one_person_the_rows_of_others_are_not_read(
    session_of: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session_of.write() as session:
        needs(session, roles=("reviewer", "governance_lead"))
        looks(session, minute(0))
        (told,) = looks(session, minute(1))[ANA]
        read: list[str] = []
        of = trained.of

        def spied(*given: Any, **more: Any) -> list[Noted]:
            found = of(*given, **more)
            read.extend(each.person for each in found)
            return found

        monkeypatch.setattr(trained, "of", spied)
        assert training.waits(session, told, minute(1)) is not None
        assert training.mine(session, ANA)
        assert set(read) == {ANA}


def test_a_message_that_fails_holds_up_its_reader_alone(
    session_of: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with session_of.write() as session:
        needs(session, roles=("reviewer", "governance_lead"))
    ledger, write = Ledger(session_of), daily.write
    told: list[str] = []

    def fails(session: Session, person: str, *more: Any) -> None:
        if person == ANA and fault:
            raise ValueError("damaged")
        told.append(person)
        write(session, person, *more)

    monkeypatch.setattr(daily, "write", fails)
    fault = True
    for number in range(3):
        ledger.nudge(minute(number))
    assert sorted(told) == [BEN, CLEO]
    with session_of.write() as session:
        assert whole(session).state == "waiting"
        assert [each.count for each in aside.put_aside(session)] == [1]
        assert aside.put_back(session) == 1
    fault = False
    for number in range(3, 6):
        ledger.nudge(minute(number))
    assert sorted(told) == [ANA, BEN, CLEO]
    with session_of.read() as session:
        assert whole(session).state == "waiting"


def test_whoever_is_let_in_to_audit_writes_nothing(session_of: Store) -> None:
    roles = let_in(HELD, frozenset({DAN}))
    visiting = replace(desk(), roles=roles, visitors=frozenset({DAN}))
    with session_of.write() as session:
        known = needs(session, confirmed="yes")
        training.say_done(session, "t", ANA, DAY, LINK, desk(), by=ANA)
        for wish in (
            lambda: training.say_done(session, "t", DAN, DAY, LINK, visiting, by=DAN),
            lambda: training.confirm(session, "t", ANA, DAY, visiting, by=DAN),
            lambda: to_read.accept(session, known, 1, DAN, visiting),
        ):
            with pytest.raises(Refused, match="audit_reads_only"):
                wish()
