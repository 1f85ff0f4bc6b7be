"""F24, F26, F27 and F28 for whoever decides in the place of somebody who is away."""

from __future__ import annotations

from datetime import date, timedelta

from bot.slack.ids import Action
from bot.slack.payloads import Who
from store import absences
from tests.failures.acts import at_once
from tests.slack_world import ANA, BEN, DAN, TEAM, World
from triage.staff import Away


def away(world: World, deputy: str = DAN) -> None:
    assert "You are away" in world.person(BEN).steward(f"away until 14 December <@{deputy}>")


def decided(world: World) -> list[str]:
    return [what for what in world.trail() if what in ("case.approved", "case.declined")]


def test_f24_both_at_once(world: World) -> None:
    """Whoever is away may press all the same; one of the two decides."""
    world.person(ANA).asks().submitted()
    away(world)
    ben, dan = world.person(BEN), world.person(DAN)
    for person, wish in ((ben, Action.APPROVE), (dan, Action.DECLINE)):
        person.presses_card(wish)
        person.hands.fills(reason="So it is.")
    at_once(ben.hands.submits, dan.hands.submits)
    world.settle()
    assert len(decided(world)) == 1
    assert world.is_untouched()


def test_f26_after_the_last_day(alone: World) -> None:
    thread = alone.person(ANA).asks().submitted()
    away(alone)
    alone.passes(days=8)
    dan = alone.person(DAN)
    dan.presses_card(Action.DECLINE)
    assert "This is for the reviewer to decide." in dan.told()
    assert alone.trail()[-1] == "decline.refused"
    assert thread.case.status == "in_review"


def test_f27_whoever_asked_stands_in_for_nobody(alone: World) -> None:
    thread = alone.person(DAN).asks().submitted()
    away(alone)
    dan = alone.person(DAN)
    dan.presses_card(Action.APPROVE)
    assert "somebody else has to decide" in dan.told()
    assert "Waiting for you" not in dan.home()
    assert decided(alone) == []
    assert thread.case.status == "in_review"


def test_f28_back_between_the_window_and_its_handing_in(alone: World) -> None:
    """Written by another process, so that nobody here has heard of it yet."""
    thread = alone.person(ANA).asks().submitted()
    away(alone)
    dan = alone.person(DAN)
    dan.presses_card(Action.APPROVE)
    dan.hands.fills(reason="Fits.")
    ben, yesterday = alone.bot.front.person(Who(TEAM, BEN)), date(2026, 12, 6)
    with alone.store.write() as session:
        over = Away(yesterday - timedelta(days=1), yesterday)
        absences.note(session, ben, over, back=True, now=alone.store.now())
    dan.hands.submits()
    alone.settle()
    assert decided(alone) == []
    assert thread.case.status == "in_review"
    assert "is back, or named somebody else" in dan.window()
