"""What is owed about entries: one call for what comes in one go, a word to the drafter, and a count of the steps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from store import aims, aims_tally
from store.aims_owed import BECAME, WAITS, follow
from store.aims_published import published_at
from store.engine import Store
from store.tables import AimsEntryRow, OutboxRow, PersonRow
from tests.builders import BEN, CLEO, DAN, EVE, NOW, a_desk
from tests.triage.aims.test_entries import drafting, on
from triage.aims.entry import Entry
from triage.aims.standing import CLOSED, standing
from triage.aims.wishes import ApproveEntry, DraftEntry
from triage.desk import Desk

LEADS = {"governance_lead": frozenset({BEN}), "executive": frozenset({CLEO})}


def desk(days: int = 0) -> Desk:
    return a_desk(roles=LEADS, now=NOW + timedelta(days=days))


def people(session: Session) -> None:
    for number, person in enumerate((BEN, CLEO)):
        session.add(PersonRow(id=person, team="T", slack_user=f"U{number}", updated_at=NOW))
    session.flush()


def policy(title: str, seen: int, key: str) -> DraftEntry:
    said = {"title": title, "text": "A person answers.", "since": "2026-12-24"}
    about = {"actor": BEN, "key": key, "entry": "policy:ai", "kind": "policy", "name": "ai"}
    return DraftEntry.model_validate({**about, "said": said, "seen": seen})


def test_whoever_has_to_say_yes_is_called_once_and_the_drafter_told_once(store: Store) -> None:
    with store.write() as session:
        people(session)
        scope = aims.carry_out(session, drafting(), desk(), follow)
        aims.carry_out(session, policy("AI policy", 0, "p1"), desk(), follow)
        aims.carry_out(session, ApproveEntry(**on(scope, CLEO), draft=1), desk(1), follow)
    with store.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
    owed = [
        (row.kind, row.person_id, row.payload["about"]) for row in rows if row.payload["say"] == aims.AIMS
    ]
    assert owed == [("post", CLEO, WAITS), ("update", CLEO, WAITS), ("post", BEN, BECAME)]
    assert {row.person_id for row in rows if row.kind == "publish"} == {BEN, CLEO}
    assert "All AI" not in str([row.payload for row in rows]), "drawn when it is sent"


def test_the_count_of_the_steps_is_that_of_the_entries(store: Store) -> None:
    with store.write() as session:
        people(session)
        scope = aims.carry_out(session, drafting(), desk())
        aims.carry_out(session, policy("AI policy", 0, "p1"), desk())
        aims.carry_out(session, ApproveEntry(**on(scope, CLEO), draft=1), desk(1))
    with store.read() as session:
        found = standing(aims.every_one(session), desk(1))
        assert aims_tally.counts(session) == {
            state: found.count(state) for state in ("in_place", "waits", "missing")
        }
        assert aims_tally.counts(session) == {"in_place": 1, "waits": 1, "missing": 7}


def test_what_counted_at_a_moment_is_what_counted_then(store: Store) -> None:
    with store.write() as session:
        people(session)
        first = aims.carry_out(session, policy("AI policy", 0, "p1"), desk())
        first = aims.carry_out(session, ApproveEntry(**on(first, CLEO), draft=1), desk(2))
        second = aims.carry_out(session, policy("Our AI policy", 1, "p2"), desk(5))
        aims.carry_out(session, ApproveEntry(**on(second, CLEO), draft=2), desk(9))
    with store.read() as session:
        told = {
            day: [(each.title, each.number) for each in published_at(session, desk(day).now)]
            for day in (1, 2, 8, 9)
        }
    assert told == {1: [], 2: [("AI policy", 1)], 8: [("AI policy", 1)], 9: [("Our AI policy", 2)]}


def test_whoever_raised_something_hears_that_others_ended_it(store: Store) -> None:
    said: dict[str, Any] = {
        "title": "Empty log",
        "what": "Nobody wrote one",
        "source": "other",
        "weight": "minor",
    }
    said |= {"points": ("8.1",), "due": "2027-01-15"}
    held = LEADS | {"auditor": frozenset({EVE}), "risk_owner": frozenset({DAN})}
    at = a_desk(roles=held, now=NOW)
    with store.write() as session:
        people(session)
        for number, person in enumerate((DAN, EVE)):
            session.add(PersonRow(id=person, team="T", slack_user=f"V{number}", updated_at=NOW))
        session.flush()
        entry = aims.carry_out(session, drafting(EVE, "nonconformity", said=said), at, follow)
        gone = drafting(BEN, entry.kind, entry=entry.id, seen=1, retires=True, reason="It was one of 2024")
        aims.carry_out(session, gone, at, follow)
        aims.carry_out(session, ApproveEntry(**on(entry, DAN), draft=2), at, follow)
    with store.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
    assert {row.person_id for row in rows if row.payload.get("about") == BECAME} == {BEN, EVE}


def test_the_daily_work_is_counted_by_what_is_open_late_and_waits(store: Store) -> None:
    def found(name: str, due: str, days: int) -> Entry:
        said = {
            "title": name,
            "what": "W",
            "source": "other",
            "weight": "minor",
            "points": ("5.2",),
            "due": due,
        }
        about = {"actor": BEN, "key": name, "entry": name, "kind": "nonconformity", "said": said}
        return aims.carry_out(session, DraftEntry.model_validate(about), desk(days))

    def told(day: date) -> dict[str, tuple[int, int, int]]:
        return {each.kind: (each.still, each.late, each.waiting) for each in aims_tally.work(session, day)}

    with store.write() as session:
        people(session)
        assert set(told(NOW.date()).values()) == {(0, 0, 0)}
        due = NOW.date() + timedelta(days=5)
        for name in ("one", "two"):
            found(name, due.isoformat(), 0)
        assert told(due)["nonconformity"] == (2, 0, 0), "on its day it is not late"
        assert told(due + timedelta(days=1))["nonconformity"] == (2, 2, 0)
        closed = session.exec(select(AimsEntryRow)).first()
        assert closed is not None
        closed.stage = CLOSED
        session.flush()
        assert told(due + timedelta(days=1))["nonconformity"] == (1, 1, 0)
