"""What is late or went wrong is put forward once a day, once for each matter, and counts once somebody confirms it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot import arising
from bot.words import Words
from store import aims
from store.engine import Store
from store.ledger import Ledger
from tests.bot.cli import storied
from tests.builders import ANA, BEN, CLEO, NOW, a_desk
from tests.triage.aims.test_entries import on
from triage.aims.entry import Entry
from triage.aims.wishes import ApproveEntry, SendEntryBack
from triage.confidences import Confide
from triage.desk import Desk

LEAD = {"governance_lead": frozenset((BEN, CLEO)), "risk_owner": frozenset((CLEO,))}


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


def desk(days: int) -> Desk:
    return a_desk(roles=LEAD, now=NOW + timedelta(days=days))


def known(store: Store) -> list[Entry]:
    with store.read() as session:
        return aims.of_kind(session, arising.NONCONFORMITY)


def test_what_is_late_is_put_forward_once_and_counts_for_nothing_yet(told: Store) -> None:
    late = desk(400)
    first = arising.look(told, Words(), late)
    assert first > 0
    assert arising.look(told, Words(), late) == 0
    assert arising.look(told, Words(), replace(late, now=late.now + timedelta(days=1))) == 0
    found = known(told)
    assert len(found) == first
    assert {each.state for each in found} == {"proposed"}
    assert {each.steps[0].role for each in found} == {"rule"}
    assert all(each.steps[0].by == "" for each in found)


def test_before_its_day_nothing_is_put_forward(told: Store) -> None:
    assert arising.look(told, Words(), desk(12)) == 0


def test_somebody_confirms_it_or_says_why_it_is_none(told: Store) -> None:
    arising.look(told, Words(), desk(400))
    first, *_ = known(told)
    with told.write() as session:
        back = SendEntryBack(**on(first, BEN), draft=1, reason="The day was wrong")
        assert aims.carry_out(session, back, desk(401)).state == "withdrawn"
    assert arising.look(told, Words(), desk(402)) == 0
    assert known(told)[0].state == "withdrawn"


def test_confirmed_it_is_worked_on(told: Store) -> None:
    arising.look(told, Words(), desk(400))
    first, *_ = known(told)
    with told.write() as session:
        confirmed = aims.carry_out(session, ApproveEntry(**on(first, BEN), draft=1), desk(401))
    assert confirmed.state == "in_force"


def test_nothing_of_a_confidential_use_is_put_forward(told: Store) -> None:
    wish = Confide(actor=ANA, key="closed", case=storied.CONDITIONAL)
    Ledger(told).execute(wish, storied.day(9))
    arising.look(told, Words(), desk(400))
    said: list[Any] = [each.said("from") for each in known(told)]
    assert not any("AIU-2026-0002" in refs for refs in said)
