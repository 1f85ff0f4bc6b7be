"""Stages, tasks and appointments as rows: read back as they were said; nothing stands there that nobody said."""

from __future__ import annotations

from typing import Any

import pytest

from intake.answers import Answer
from store import comparing
from store.earlier import cases
from store.engine import Store
from store.ledger import Ledger
from store.records import load
from store.tables import PersonRow, PlaceRow
from store.telling import told
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, CLEO, DAN, DM, EVE, GOVERNANCE, NOW, ROOT, a_desk, key
from tests.store.test_confided import sees
from tests.triage.test_stages import HIGH, LINK
from triage.case import Case
from triage.commands import Approve, Command
from triage.confidences import Confide
from triage.desk import Desk
from triage.onward import AcceptPart, Appoint, DoTask, MoveOn, RefusePart
from triage.parts import asked
from triage.plan import Measure
from triage.talking import Begin, Fill, Steer
from triage.tasks import left
from triage.watches import WritePlan

CASE = "case-1"


def desk() -> Desk:
    roles = {"risk_owner": frozenset({CLEO}), "legal": frozenset({EVE}), "privacy": frozenset({DAN})}
    return a_desk(roles=roles | {"vendor_manager": frozenset({DAN})})


@pytest.fixture
def book(store: Store) -> Ledger:
    with store.write() as session:
        for person in (ANA, BEN, CLEO, DAN, EVE):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{person}", updated_at=NOW))
        session.flush()
        session.add(PlaceRow(id=GOVERNANCE, team="T", slack_channel="C1", kind="channel"))
        session.add(PlaceRow(id=DM, team="T", slack_channel="D1", kind="dm", person_id=ANA))
    book = Ledger(store)
    answers: dict[str, Answer] = HIGH
    book.execute(Begin(actor=ANA, case=CASE, key=key(), words="Otter", place=DM, root=ROOT), desk())
    book.execute(Fill(actor=ANA, case=CASE, key=key(), answers=answers), desk())
    book.execute(Steer(actor=ANA, case=CASE, key=key(), wish="hand_over"), desk())
    for person in (EVE, DAN, CLEO):
        book.execute(Approve(actor=person, case=CASE, key=key(), reason="Fits."), desk())
    return book


def case_of(store: Store) -> Case:
    with store.read() as session:
        found = load(session, CASE)
    assert found is not None
    return found


def do(book: Ledger, command: Command) -> Case:
    done = book.execute(command, desk())
    return done.case


def all_done(book: Ledger, store: Store) -> Case:
    people = {"deputy": BEN, "overseer": BEN, "monitor": BEN}
    while todo := left(case_of(store), desk()):
        name, about = todo[0].task, dict[str, Any](case=CASE, key=key())
        waiting = asked(case_of(store), name)
        if waiting is not None:
            do(book, AcceptPart(actor=waiting.person, appointment=waiting.id, **about))
        elif name in people:
            do(book, Appoint(actor=ANA, task=name, person=people[name], **about))
        else:
            do(book, DoTask(actor=ANA, task=name, link=LINK, words="So it is", **about))
    return case_of(store)


def differences(store: Store) -> list[str]:
    with store.read() as session:
        return list(comparing.differences(session, told(session)))


def test_what_was_said_is_read_back(store: Store, book: Ledger) -> None:
    all_done(book, store)
    made = do(book, MoveOn(actor=ANA, case=CASE, key=key(), to="pilot"))
    assert case_of(store).stage_moves == made.stage_moves
    assert set(case_of(store).task_steps) == set(made.task_steps)
    assert case_of(store).appointments == made.appointments
    assert differences(store) == []
    with store.read() as session:
        (then,) = cases(session, NOW)
    assert then.case is not None
    assert then.case.stage_moves == made.stage_moves


def test_a_plan_by_which_it_is_watched_shows_that_there_is_one(store: Store, book: Ledger) -> None:
    """Written beside the tasks, and taken away behind its back."""
    all_done(book, store)
    do(book, MoveOn(actor=ANA, case=CASE, key=key(), to="pilot"))
    measure = Measure(name="Complaints", side="at_most", limit="3")
    do(book, WritePlan(actor=ANA, case=CASE, key="plan", measures=(measure,), every="monthly"))
    all_done(book, store)
    do(book, MoveOn(actor=ANA, case=CASE, key=key(), to="in_use"))
    assert differences(store) == []
    tamper(store, "DELETE FROM measure WHERE plan_id = 'plan'", "DELETE FROM plan WHERE id = 'plan'")
    assert any("monitoring_plan was not there" in each for each in differences(store))


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        ("UPDATE stage_move SET stage = 'in_use' WHERE \"by\" IS NOT NULL", "the move"),
        ('DELETE FROM stage_move WHERE "by" IS NOT NULL', "the move"),
        ("UPDATE task_step SET link = 'https://example.org/other' WHERE kind = 'done'", "the step of a task"),
        ("DELETE FROM task_step WHERE kind = 'done'", "was not there"),
        ("UPDATE task_step SET due_on = '2030-01-01' WHERE kind = 'called'", "the step of a task"),
        (f"UPDATE appointment SET person_id = '{CLEO}' WHERE kind = 'accepted'", "nobody had named"),
        ("DELETE FROM appointment WHERE kind = 'accepted' AND part = 'overseer'", "overseer was not there"),
        ("UPDATE use SET stage = 'in_use'", "its stage is not the last that it moved to"),
    ],
)
def test_what_was_changed_behind_its_back_is_named(store: Store, book: Ledger, deed: str, says: str) -> None:
    all_done(book, store)
    do(book, MoveOn(actor=ANA, case=CASE, key=key(), to="pilot"))
    tamper(store, deed)
    assert any(says in each for each in differences(store))


def test_whoever_is_named_reads_a_confidential_use_until_they_say_no(store: Store, book: Ledger) -> None:
    do(book, Confide(actor=ANA, case=CASE, key=key()))
    assert not sees(store, BEN)
    named = do(book, Appoint(actor=ANA, case=CASE, key="n", task="overseer", person=BEN))
    assert named.appointments[-1].person == BEN
    assert sees(store, BEN)
    assert differences(store) == []
    do(book, AcceptPart(actor=BEN, case=CASE, key=key(), appointment="n"))
    assert sees(store, BEN)
    do(book, RefusePart(actor=BEN, case=CASE, key=key(), appointment="n", reason="I leave."))
    assert not sees(store, BEN)
    assert differences(store) == []
