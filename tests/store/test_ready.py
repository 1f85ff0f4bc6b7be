"""What has to be ready before an audit from outside: told where the record does not show it, never where it does."""

from __future__ import annotations

from typing import Any

import pytest

from store import agenda, aims, coverage
from store.engine import Store
from store.ledger import Ledger
from store.tables import PersonRow
from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_desk
from tests.store.test_aims_due import lines, messages, rows
from tests.triage.aims import certified as c
from tests.triage.aims.test_certifying import SCOPE
from tests.triage.aims.test_entries import drafting, on
from triage.aims.entry import Entry
from triage.aims.wishes import ActOnEntry, ApproveEntry
from triage.desk import Desk

SOON = "2026-12-22"
"""When it is told for the first time that the scope has to be approved by the 12th of January."""


def desk(day: str, hour: int = 10) -> Desk:
    return a_desk(roles=c.ROLES, now=c.on_day(day, hour=hour))


@pytest.fixture
def book(store: Store) -> Ledger:
    with store.write() as session:
        for number, person in enumerate((ANA, BEN, CLEO, DAN, EVE)):
            session.add(PersonRow(id=person, team="T", slack_user=f"U{number}", updated_at=NOW))
    return Ledger(store)


def states(store: Store, kind: str, said: Any, day: str = "2026-12-01", yes: bool = True) -> Entry:
    with store.write() as session:
        entry = aims.carry_out(session, drafting(BEN, kind, said=said), desk(day))
        if yes and entry.proposed is not None:
            entry = aims.carry_out(session, ApproveEntry(**on(entry, CLEO), draft=1), desk(day))
    return entry


def told(store: Store) -> set[str]:
    return {str(line["errand"]).partition(".")[0] for line in lines(store, "aims.reminded")}


def test_what_nothing_shows_is_told_in_time_and_late_and_to_whoever_leads(book: Ledger, store: Store) -> None:
    states(store, "certification", c.PLAN)
    book.nudge(desk("2026-12-21"))
    assert "milestone:scope_approved" not in told(store)
    book.nudge(desk(SOON))
    assert {"milestone:scope_approved", "milestone:policy_approved"} <= told(store)
    (message,) = [each for each in messages(store) if each.person_id == BEN and each.payload["entries"]][-1:]
    assert any("scope_approved" in each[1] for each in message.payload["entries"])
    before = len(lines(store, "aims.reminded"))
    book.nudge(desk("2027-01-13"))
    assert len(lines(store, "aims.reminded")) > before, "the day went by"


def test_what_the_record_shows_by_then_is_told_to_nobody(book: Ledger, store: Store) -> None:
    states(store, "certification", c.PLAN)
    states(store, "scope", SCOPE)
    for day in ("2026-12-22", "2026-12-23", "2027-01-13", "2027-01-14"):
        book.nudge(desk(day))
    assert "milestone:policy_approved" in told(store)
    assert "milestone:scope_approved" not in told(store)


def test_what_stops_to_hold_after_it_was_ready_is_told_on_the_next_step(book: Ledger, store: Store) -> None:
    states(store, "certification", c.PLAN)
    scope = states(store, "scope", SCOPE)
    book.nudge(desk(SOON))
    with store.write() as session:
        wish = drafting(BEN, "scope", said=SCOPE, seen=1, entry=scope.id, retires=True)
        gone = aims.carry_out(session, wish, desk("2026-12-28"))
        aims.carry_out(session, ApproveEntry(**on(gone, CLEO), draft=2), desk("2026-12-28"))
    book.nudge(desk("2027-01-13"))
    assert "milestone:scope_approved" in told(store)


def test_a_draft_that_waits_shows_nothing(book: Ledger, store: Store) -> None:
    states(store, "certification", c.PLAN)
    states(store, "scope", SCOPE, yes=False)
    book.nudge(desk(SOON))
    assert "milestone:scope_approved" in told(store)


def test_another_day_takes_the_errands_of_the_one_before_along(book: Ledger, store: Store) -> None:
    plan = states(store, "certification", c.PLAN)
    before = {kind for kind, _ in rows(store) if kind.startswith(("milestone", "stage"))}
    with store.write() as session:
        said = {**c.PLAN, "stage_1": "2027-04-01"}
        wish = drafting(BEN, "certification", said=said, seen=1, entry=plan.id)
        moved = aims.carry_out(session, wish, desk("2026-12-02"))
        aims.carry_out(session, ApproveEntry(**on(moved, CLEO), draft=2), desk("2026-12-02"))
    after = {kind for kind, _ in rows(store) if kind.startswith(("milestone", "stage"))}
    assert {each for each in before & after if ".stage_1." in each} == set()
    assert "stage:stage_1.2027-04-01" in after


def test_a_stage_that_was_held_leaves_nothing_of_it_to_be_told(book: Ledger, store: Store) -> None:
    plan = states(store, "certification", c.PLAN)
    said = {"held_on": "2027-03-23", "found": "Ready"}
    with store.write() as session:
        wish = ActOnEntry(**on(plan, BEN), act="stage_1", said=said, seen=plan.version)
        aims.carry_out(session, wish, desk("2027-03-23"))
    assert not [kind for kind, _ in rows(store) if ".stage_1." in kind or kind.startswith("stage:stage_1")]


def test_the_calendar_of_a_past_day_knows_nothing_of_what_came_after_it(book: Ledger, store: Store) -> None:
    states(store, "certification", c.PLAN)
    early, late = c.on_day("2026-12-02"), c.on_day("2026-12-10")
    with store.read() as session:
        before = agenda.dated(session, early, c.BERLIN)
    states(store, "scope", SCOPE, "2026-12-09")
    with store.read() as session:
        assert agenda.dated(session, early, c.BERLIN) == before
        after = agenda.dated(session, late, c.BERLIN)
        assert agenda.dated(session, late, c.BERLIN, coverage.covered(session, "UTC", late)) == after
    state = {each.about: each.state for each in after}
    assert state["scope_approved.stage_1"] == "done"
    assert {each.about: each.state for each in before}["scope_approved.stage_1"] == "ahead"


REVIEW = {
    "title": "Review of the year",
    "since": "2025-11-01",
    "held_on": "2026-11-25",
    "attended": (BEN, CLEO),
    "inputs": "0" * 64,
    "minutes": "M",
}
CALL = {"title": "Next", "since": "2026-11-25", "due": "2027-11-30", "attends": (CLEO,), "owner": BEN}
SIX_WEEKS_BEFORE = "2027-10-14"


def test_the_next_review_is_put_in_mind_in_time_and_late(book: Ledger, store: Store) -> None:
    states(store, "management_review", REVIEW)
    book.nudge(desk("2027-10-13"))
    assert "next:1" not in told(store)
    book.nudge(desk(SIX_WEEKS_BEFORE))
    assert "next:1" in told(store)
    asked = {
        each.person_id
        for each in messages(store)
        if any("next:1" in about for about in each.payload["entries"])
    }
    assert asked == desk(SIX_WEEKS_BEFORE).roles["governance_lead"]
    once = len(lines(store, "aims.reminded"))
    book.nudge(desk("2027-11-26"))
    assert len(lines(store, "aims.reminded")) > once, "its day went by"


@pytest.mark.parametrize(
    ("kind", "said"),
    [("review_call", CALL), ("management_review", {**REVIEW, "title": "The next", "held_on": "2027-09-01"})],
)
def test_once_it_is_called_or_held_nobody_is_told(book: Ledger, store: Store, kind: str, said: Any) -> None:
    states(store, "management_review", REVIEW)
    states(store, kind, said)
    book.nudge(desk(SIX_WEEKS_BEFORE))
    assert not [each for each in lines(store, "aims.reminded") if str(each["errand"]).startswith("next:")]


def test_an_earlier_review_that_is_written_later_is_no_next_one(book: Ledger, store: Store) -> None:
    states(store, "management_review", REVIEW)
    states(store, "management_review", {**REVIEW, "title": "The one before", "held_on": "2026-10-20"})
    book.nudge(desk(SIX_WEEKS_BEFORE))
    found = [each for each in lines(store, "aims.reminded") if each["errand"] == "next:1"]
    assert len(found) == 1, "of the later one alone"
