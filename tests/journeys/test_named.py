"""Whoever an entry names hears of it: auditors, owners of risks; and a yes is asked for with what changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.slack.entries import carry_out
from bot.slack.ids import Action, Press, to_choice
from tests.journeys.test_audits import an_audit
from tests.journeys.test_risks import accepts, drafts, works_out
from tests.journeys.test_risks import approves as yes_to_the_risk
from tests.journeys.test_system import SAID, by_hand, entries, gives, id_of, states
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World, words
from triage.aims.entry import Said
from triage.aims.wishes import ApproveEntry, DraftEntry


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO], risk_owner=[CLEO], auditor=[EVE], reviewer=[BEN])


def heard(world: World, user: str, said: str) -> list[str]:
    return [text for m in world.person(user).dm() if said in (text := words(m))]


def days(world: World, **more: int) -> dict[str, str]:
    today = world.bot.front.desk().day
    return {name: (today + timedelta(days=each)).isoformat() for name, each in more.items()}


def lets_in(world: World, user: str) -> None:
    front = world.bot.front
    said: dict[str, Said] = {
        "title": "Surveillance",
        "auditor": id_of(world, user),
        "purpose": "The yearly one",
        **days(world, since=0, until=5),
    }
    wish = DraftEntry(actor=id_of(world, DAN), key="x", entry="let-in", kind="access", said=said)
    carry_out(front, [wish], front.desk())
    world.settle()
    assert any(
        "may look at everything that auditors read" in each for each in heard(world, CLEO, "for your yes")
    )
    yes = ApproveEntry(actor=id_of(world, CLEO), key="y", entry="let-in", draft=1)
    carry_out(front, [yes], front.desk())
    world.settle()


def test_whoever_is_let_in_to_audit_hears_from_when_until_when(world: World) -> None:
    lets_in(world, ANA)
    (told,) = heard(world, ANA, "you are let in to audit")
    assert "nothing is yours to change" in told
    assert heard(world, DAN, "you are let in") == []


def test_whoever_audits_hears_once_the_audit_was_approved(world: World) -> None:
    an_audit(world, EVE)
    (told,) = heard(world, EVE, "you audit it")
    assert "sample that nobody chooses" in told
    assert heard(world, DAN, "you audit it") == []


def test_whoever_answers_for_a_risk_hears_that_what_remains_was_accepted(world: World) -> None:
    world.person(ANA).asks().submitted()
    gives(world, governance_lead=[DAN], executive=[CLEO], auditor=[BEN], risk_owner=[EVE])
    works_out(world)
    entry = drafts(world, owner=ANA)
    yes_to_the_risk(world)
    assert heard(world, ANA, "accepted by") == []
    assert accepts(world, EVE, entry) is None
    (told,) = heard(world, ANA, "What remains of a risk of yours was accepted")
    assert entry.ref in told
    assert heard(world, EVE, "What remains of a risk of yours") == []


def test_a_new_version_is_asked_for_with_what_is_gone(world: World) -> None:
    """So that a yes is no yes to something that only a window shows."""
    assert states(world, DAN, "scope", units=[to_choice("Sales"), to_choice("People")]) is None
    by_hand(world, CLEO, Action.APPROVE_ENTRY, Press("", 1, "", entries(world, "scope")[-1].id))
    world.person(DAN).hands.closes_view(all_of_them=True)
    assert states(world, DAN, "scope", units=[to_choice("Sales")]) is None
    assert any("− People" in each for each in heard(world, CLEO, "version 2"))


def test_what_comes_after_nothing_waited_is_a_new_message(world: World) -> None:
    """An edit of an old one tells nobody."""

    def asks(kind: str) -> None:
        said: dict[str, Any] = {**SAID[kind]}
        assert states(world, DAN, kind, **said) is None
        world.person(DAN).hands.closes_view(all_of_them=True)

    asks("scope")
    first = [m["ts"] for m in world.person(CLEO).dm() if "for your yes" in words(m)]
    asks("commitment")
    assert [m["ts"] for m in world.person(CLEO).dm() if "for your yes" in words(m)] == first, "one for both"
    for entry in entries(world):
        by_hand(world, CLEO, Action.APPROVE_ENTRY, Press("", 1, "", entry.id))
    assert len(heard(world, CLEO, "Nothing of the management system waits")) == 1
    asks("appetite")
    waiting = [m["ts"] for m in world.person(CLEO).dm() if "for your yes" in words(m)]
    assert len(waiting) == 1
    assert waiting[0] > first[0]
