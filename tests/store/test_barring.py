"""Whom a training bars is passed over in the step that is due: told once for each seat, forgotten once it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from intake.answers import answered
from store import aside, audit, barring, records
from store.engine import Store
from store.ledger import Ledger
from store.stuck import BARRED
from store.tables import DoneRow, DueRow, OutboxRow
from tests.builders import BEN, CLEO, DAN, EVE, LOW, NOW, a_desk, key
from tests.store.test_asks import asked, does
from tests.store.test_asks import book as book
from tests.store.test_digest import HIRING
from triage.case import Case
from triage.commands import Approve, Decline
from triage.desk import Desk
from triage.seats import deciding_people

STEPS = LOW | HIRING | {"reverse": answered("never"), "scale": answered("gt10000"), "check": answered("none")}
"""Legal and privacy, then the committee, then an executive."""
HELD = {
    "reviewer": frozenset({BEN, EVE}),
    "legal": frozenset({BEN, EVE}),
    "privacy": frozenset({CLEO}),
    "committee": frozenset({BEN, DAN}),
    "executive": frozenset({DAN}),
    "governance_lead": frozenset({CLEO}),
}


def desk(*barred: str, who: str = BEN, days: int = 1, **held: frozenset[str]) -> Desk:
    """`barred`: the roles in which."""
    untrained = {role: {who: "AI basics"} for role in barred}
    return a_desk(roles=HELD | held, untrained=untrained, now=NOW + timedelta(days=days))


def looks(store: Store, at: Desk) -> bool:
    with store.write() as session:
        return barring.follow(session, at)


def approves(book: Ledger, person: str, at: Desk) -> None:
    book.execute(Approve(actor=person, key=key(), case="one", reason="Fits."), at)


def told(store: Store) -> list[tuple[list[str], list[str]]]:
    """Who was passed over, and who decides instead, line by line."""
    with store.read() as session:
        found = [line.detail for line in audit.records(session) if line.what == "case.passed_over"]
    return [(list(each["people"]), list(each["now"])) for each in found]


def kept(store: Store) -> dict[str, Any]:
    with store.read() as session:
        found = session.exec(select(DoneRow).where(col(DoneRow.key).startswith(barring.KEY)))
        return {row.key.removeprefix(barring.KEY): row.outcome[barring.OUT] for row in found}


def notes(store: Store) -> list[str]:
    with store.read() as session:
        found = session.exec(select(OutboxRow).order_by(col(OutboxRow.queued_at)))
        facts = [row.payload.get("facts", {}) for row in found]
    return [each["about"] for each in facts if each.get("about") in (barring.PASSED, barring.STUCK)]


def test_who_stands_in_a_later_step_is_passed_over_when_that_step_comes(store: Store, book: Ledger) -> None:
    at = desk("committee")
    asked(book, "one", STEPS)
    looks(store, at)
    assert (told(store), kept(store)) == ([], {}), "others may decide by then"
    for person in (EVE, CLEO):
        approves(book, person, at)
    for _ in range(2):
        looks(store, at)
    assert told(store) == [([BEN], [DAN])]
    assert kept(store) == {"one": {"committee": [BEN]}}


def test_where_nobody_is_left_in_a_later_step_whoever_leads_hears_when_it_comes(
    store: Store, book: Ledger
) -> None:
    at = desk("committee", committee=frozenset({BEN}))
    asked(book, "one", STEPS)
    looks(store, at)
    assert notes(store) == []
    for person in (EVE, CLEO):
        approves(book, person, at)
    for _ in range(2):
        looks(store, at)
    assert notes(store) == [barring.STUCK]
    assert told(store)[0][0] == [BEN]


def test_whoever_is_barred_in_two_steps_is_passed_over_in_each(store: Store, book: Ledger) -> None:
    at = desk("legal", "committee")
    asked(book, "one", STEPS)
    looks(store, at)
    assert kept(store) == {"one": {"legal": [BEN]}}
    for person in (EVE, CLEO):
        approves(book, person, at)
    looks(store, at)
    assert [people for people, _ in told(store)] == [[BEN], [BEN]]
    assert kept(store) == {"one": {"committee": [BEN]}}


def test_who_only_comes_after_the_role_is_told_of_once_it_is_their_turn(store: Store, book: Ledger) -> None:
    """Those who come after the reviewers are not asked while there are any."""
    asked(book, "one")
    at = desk("risk_owner", who=CLEO, risk_owner=frozenset({CLEO, DAN}))
    looks(store, at)
    assert kept(store) == {}
    at = replace(at, roles={**at.roles, "reviewer": frozenset()})
    looks(store, at)
    assert [people for people, _ in told(store)] == [[CLEO]]


@pytest.mark.parametrize("how", ["trained", "decided"])
def test_what_nobody_is_barred_by_any_more_is_forgotten(store: Store, book: Ledger, how: str) -> None:
    asked(book, "one")
    looks(store, desk("reviewer"))
    assert kept(store) == {"one": {"reviewer": [BEN]}}
    if how == "decided":
        does(book, Decline, EVE, "one", reason="Too early.")
    looks(store, desk("reviewer") if how == "decided" else desk())
    assert kept(store) == {}


@pytest.mark.parametrize("gives", ["nothing", "a fault"])
def test_one_that_is_damaged_is_noted_and_holds_up_no_other(
    store: Store, book: Ledger, monkeypatch: pytest.MonkeyPatch, gives: str
) -> None:
    for use in ("a-damaged", "b-whole"):
        asked(book, use)

    def load(session: Any, id: str) -> Case | None:
        if id != "a-damaged":
            return records.load(session, id)
        if gives == "a fault":
            raise ValueError("damaged")
        return None

    monkeypatch.setattr(barring, "PART", 1)
    with monkeypatch.context() as broken:
        broken.setattr(barring, "load", load)
        assert [looks(store, desk("reviewer")) for _ in range(3)] == [True, False, False]
    assert kept(store).keys() == {"b-whole"}
    with store.read() as session:
        (note,) = session.exec(select(DueRow).where(DueRow.kind == BARRED))
        assert (note.subject_id, note.state) == ("a-damaged", "parked")
    with store.write() as session:
        assert aside.put_back(session) == 1
    looks(store, desk("reviewer"))
    assert kept(store).keys() == {"a-damaged", "b-whole"}


def test_what_others_decide_by_now_is_as_the_request_says_itself(store: Store, book: Ledger) -> None:
    at = desk("reviewer")
    asked(book, "one", LOW)
    looks(store, at)
    with store.read() as session:
        case = records.load(session, "one")
        assert case is not None
        assert told(store) == [([BEN], list(deciding_people(case, at)))]
