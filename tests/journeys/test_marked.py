"""A mark that people set on an incident: it holds the records, legal hears of it once, and nobody else learns of it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.__main__ import main
from bot.slack.ids import Action
from intake.answers import answered
from store import holds, risks
from tests.journeys.test_campaigns import id_of
from tests.journeys.test_changing import approved
from tests.journeys.test_incidents import card, does, the_incident
from tests.journeys.test_incidents_closed import closes, reports
from tests.journeys.test_risks import WEIGHTS, approves, fills, opens, works_out
from tests.journeys.test_system import entries, gives, press
from tests.slack_world import ANA, CLEO, DAN, EVE, World, words
from triage.incidents.exposure import marks
from triage.incidents.wishes import Report

MARKED, MARK = "asked.exposure", "discrimination"
TOLD = "nothing that people wrote of it goes"


def reported(world: World) -> None:
    dan = world.person(DAN)
    assert dan.hands.command("/steward", "incident", "general")
    world.settle()
    dan.hands.fills(words="It turned a good applicant down")
    assert dan.hands.submits() is None
    world.settle()


def told(world: World, user: str = EVE) -> list[str]:
    return [words(each) for each in world.person(user).dm() if TOLD in words(each)]


def held(world: World) -> list[holds.Hold]:
    with world.store.read() as session:
        return holds.standing(session)


def test_an_incident_marked_discrimination_is_held_and_legal_hears_of_it_once(world: World) -> None:
    reported(world)
    cleo, eve = world.person(CLEO), world.person(EVE)
    assert does(cleo, "assess", **{MARKED: ["reputation"]}) is None
    assert (held(world), told(world)) == ([], [])
    assert "Marked: Our good name" in words(card(world))
    assert does(cleo, "assess", **{MARKED: ["discrimination", "reputation"]}) is None
    (hold,) = held(world)
    assert (hold.kind, hold.about, hold.marks) == ("incident", the_incident(world).id, ("discrimination",))
    (said,) = told(world)
    assert "AII-2026-0001 was marked: A claim of discrimination and Our good name" in said.replace("*", "")
    assert "a second person has to agree" in said
    assert told(world, CLEO) == told(world, DAN) == told(world, ANA) == []
    assert does(cleo, "assess", **{MARKED: ["discrimination"]}) is None
    assert does(cleo, "assess", **{MARKED: ["none"]}) is None
    assert marks(the_incident(world)) == ()
    assert held(world) == [hold], "a mark that goes lets nothing go"
    assert does(eve, "assess", **{MARKED: ["discrimination"]}) is None
    world.passes(days=2)
    assert held(world) == [hold]
    assert len(told(world)) == 1
    assert world.trail().count("hold.set") == 1
    assert world.refused() == []
    assert world.differences() == []
    assert world.is_untouched()


def test_legal_lets_it_go_with_a_reason_and_a_second_who_agrees(
    world: World, capsys: Any, monkeypatch: Any
) -> None:
    reported(world)
    assert does(world.person(CLEO), "assess", **{MARKED: ["discrimination"]}) is None
    (hold,) = held(world)
    world.stop_bot()
    url = world.store.url.render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)

    def lift(by: str, *more: str) -> tuple[int, str]:
        code = main(["retention", "lift", hold.id, "--by", by, *more])
        return code, "".join(capsys.readouterr())

    assert lift(CLEO, "--because", "It is settled")[1].startswith("That an incident need not be kept is for")
    assert "say why" in lift(EVE)[1]
    assert held(world) == [hold]
    assert lift(EVE, "--because", "It is settled")[0] == 0
    assert lift(EVE, "--because", "It is settled")[0] == 1
    assert len(held(world)) == 1
    assert lift(CLEO) == (0, "lifted.\n")
    assert held(world) == []
    world.start_bot()
    assert does(world.person(CLEO), "assess", **{MARKED: ["discrimination"]}) is None
    assert held(world) == [], "said again is nothing new: what legal decided stands"


@pytest.mark.parametrize("settings", [{"roles.legal": [DAN]}], ids=["legal"])
def test_legal_who_does_not_read_the_use_hears_of_the_hold_and_not_of_the_mark(world: World) -> None:
    thread = approved(world)
    reports(world, thread, EVE)
    closes(world, thread)
    thread.presses(Action.READERS)
    world.person(ANA).hands.fills(person=CLEO)
    assert world.person(ANA).hands.submits() is None
    world.settle()
    assert does(world.person(CLEO), "assess", **{MARKED: ["discrimination"]}) is None
    assert [each.marks for each in held(world)] == [("discrimination",)]
    with world.store.read() as session:
        assert holds.on_uses(session) == {thread.case.id}, "what it is about is held with it"
    (said,) = told(world, DAN)
    assert "AII-2026-0001 has a mark that puts it under legal hold" in said.replace("*", "")
    dan = world.person(DAN)
    seen = [words(each) for each in (*world.cards(DAN), *dan.dm())]
    assert not any(MARK in each.lower() for each in seen)
    assert MARK not in dan.steward("incident show AII-2026-0001").lower()
    assert MARK in world.person(CLEO).steward("incident show AII-2026-0001").lower()
    assert world.refused() == []
    assert world.differences() == []


def test_whoever_reports_it_sets_no_mark(world: World) -> None:
    """Nor by a window that was sent by hand with more in it than it asked for."""
    dan = world.person(DAN)
    assert dan.hands.command("/steward", "incident", "general")
    world.settle()
    assert MARKED not in str(dan.hands.view())
    dan.hands.closes_view()
    wish: dict[str, Any] = {"actor": id_of(world, DAN), "key": "r", "incident": "i", "words": "It was unfair"}
    front = world.bot.front
    front.office.ledger.act(Report(**wish, answers={"exposure": answered(MARK)}), front.desk())
    assert marks(the_incident(world)) == ()
    assert held(world) == []


def test_a_risk_carries_a_mark_and_counts_once_it_is_approved(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO], risk_owner=[EVE])
    world.person(ANA).asks().submitted()
    works_out(world)
    world.person(DAN).steward("risks")
    press(world, DAN, Action.RISK_ADD)
    press(world, DAN, Action.RISK_TAKE)
    assert fills(world, DAN, owner=ANA, exposure=[MARK, "reputation"]) is None
    assert fills(world, DAN, **WEIGHTS) is None

    def counted() -> tuple[tuple[str, int], ...]:
        with world.store.read() as session:
            return risks.exposed(session, world.bot.front.desk().day, world.clock.moment())

    assert counted() == ()
    approves(world)
    assert counted() == ((MARK, 1), ("reputation", 1))
    (risk,) = entries(world, "risk")
    assert "A claim of discrimination" in opens(world, CLEO, risk)
    assert held(world) == [], "what may happen holds nothing"
