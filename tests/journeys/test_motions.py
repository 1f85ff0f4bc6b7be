"""Two people set another tier, accept a risk that remains, or leave a practice out of a ban; Legal confirms a ban."""

from __future__ import annotations

import json

import pytest

from bot.keeping import keep
from bot.library import library
from bot.slack.ids import Action
from store import comparing
from store.replaying import replay, verdicts
from store.shelf import Shelf
from store.telling import told
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World, words
from tests.slack_world.people import FINDER, HARMLESS
from tests.slack_world.thread import Shown, Thread
from triage.case import Status

ROLES = {"roles.risk_owner": [CLEO, DAN], "roles.legal": [EVE], "roles.privacy": [EVE]}
two_owners = pytest.mark.parametrize("settings", [ROLES], ids=["two risk owners"])


@pytest.fixture
def thread(world: World) -> Thread:
    keep(world.store, library())
    return world.person(ANA).asks().submitted(FINDER)


@pytest.fixture
def marked(world: World) -> Thread:
    """Legal has to look at it: moods would be read at work."""
    keep(world.store, library())
    return world.person(ANA).asks().submitted(HARMLESS | {"red_flag": "emotion_work_school"})


def card(world: World) -> Shown:
    return world.cards()[-1]


def pressable(world: World) -> set[str]:
    rows = [block["elements"] for block in card(world)["blocks"] if block["type"] == "actions"]
    return {each["action_id"].partition(".")[0] for row in rows for each in row}


def agrees(world: World) -> list[str]:
    """What the register, the trail and the rules have against each other."""
    with world.store.read() as session:
        found = list(comparing.differences(session, told(session)))
        found += [r.problem for r in replay(session, Shelf(), verdicts(session)) if r.problem]
    return found


def status(thread: Thread) -> Status:
    return thread.case.status


def tier(thread: Thread) -> tuple[str, str]:
    """By the rules, and as two people set it."""
    verdict = thread.case.verdict
    assert verdict is not None
    return str(verdict.results["tier"].ceiling), str(verdict.tier.ceiling)


@two_owners
def test_two_people_set_a_milder_tier_and_the_result_of_the_rules_stays_on_record(
    world: World, thread: Thread
) -> None:
    cleo, dan = world.person(CLEO), world.person(DAN)
    assert tier(thread) == ("3", "3")
    assert cleo.decides(Action.SET_TIER, ground="2", reason="It compares names, nothing else.") is None
    assert tier(thread) == ("3", "3")
    assert {"second_motion", "oppose_motion"} <= pressable(world)
    assert "<@U0CLEO> wants it to be looked at as *medium risk*; by the rules it is high risk." in words(
        card(world)
    )
    dan.presses_card(Action.SECOND_MOTION)
    assert "It compares names, nothing else." in json.dumps(dan.hands.view())
    assert dan.hands.submits() is None
    world.settle()
    assert tier(thread) == ("3", "2")
    assert "Medium risk, set by two people; by the rules high risk" in words(card(world))
    assert "second_motion" not in pressable(world)
    assert "risk owner" not in words(card(world)).split("Needs a yes from")[-1].split("Due")[0].lower()
    assert [w for w in world.trail() if w in ("motion.put", "tier.overridden")] == [
        "motion.put",
        "tier.overridden",
    ]
    assert any("set by two people" in words(shown) for shown in thread.shown())
    assert agrees(world) == []


@two_owners
def test_an_accepted_risk_stands_on_the_card_and_bounds_the_yes(world: World, thread: Thread) -> None:
    cleo, dan = world.person(CLEO), world.person(DAN)
    reason = "Two names alike may be taken for one; a person sees both."
    assert cleo.decides(Action.ACCEPT_RISK, reason=reason) is None
    assert "wants to accept a risk that remains, until" in words(card(world))
    assert dan.decides(Action.SECOND_MOTION, reason="I agree.") is None
    assert "accepted a risk that remains, until" in words(card(world))
    assert world.trail()[-1] == "risk.accepted"
    assert agrees(world) == []


@two_owners
def test_who_does_not_agree_ends_it(world: World, thread: Thread) -> None:
    assert world.person(CLEO).decides(Action.SET_TIER, ground="2", reason="It is small.") is None
    assert world.person(DAN).decides(Action.OPPOSE_MOTION, reason="It ranks people.") is None
    assert tier(thread) == ("3", "3")
    assert any("It ranks people." in note for note in world.below(card(world)))
    assert "second_motion" not in pressable(world)
    assert agrees(world) == []


def test_one_cannot_be_both(world: World, thread: Thread) -> None:
    cleo = world.person(CLEO)
    assert cleo.decides(Action.SET_TIER, ground="2", reason="It is small.") is None
    cleo.presses_card(Action.SECOND_MOTION)
    assert cleo.hands.view() is None
    assert "a second person has to agree" in cleo.told()


def test_whose_yes_is_not_needed_opens_no_window(world: World, thread: Thread) -> None:
    ben = world.person(BEN)
    ben.presses_card(Action.SET_TIER)
    told = ben.told()
    assert ben.hands.view() is not None or "two of them together" in told


def test_what_is_missing_is_asked_for(world: World, thread: Thread) -> None:
    cleo = world.person(CLEO)
    cleo.presses_card(Action.SET_TIER)
    cleo.hands.fills(reason="It is small.")
    assert set(cleo.hands.submits() or {}) == {"ground"}
    cleo.hands.closes_view()
    cleo.presses_card(Action.ACCEPT_RISK)
    cleo.hands.fills(reason="It is small.", until="2099-01-01")
    assert set(cleo.hands.submits() or {}) == {"until"}
    assert "motion.put" not in world.trail()


def test_the_ban_leaves_it_out_when_two_say_so_and_everything_else_still_decides(
    world: World, marked: Thread
) -> None:
    assert status(marked) is Status.blocked
    assert {"confirm_prohibited", "except_practice"} <= pressable(world)
    cleo, eve = world.person(CLEO), world.person(EVE)
    reason = "It warns drivers who fall asleep: a safety reason, Art. 5(1)(f)."
    assert eve.decides(Action.EXCEPT_PRACTICE, ground="emotion_work_school", reason=reason) is None
    assert status(marked) is Status.blocked
    assert "except_practice" not in pressable(world)
    assert cleo.decides(Action.SECOND_MOTION) is None
    assert status(marked) is Status.in_review
    verdict = marked.case.verdict
    assert verdict is not None
    assert str(verdict.results["eu"].floor) == "high"
    assert any("two people" in reason.because for reason in verdict.reasons)
    assert "say that the ban leaves this out" in words(card(world))
    assert "practice.excepted" in world.trail()
    assert agrees(world) == []


def test_legal_confirms_that_it_is_forbidden_and_whoever_asked_is_told(world: World, marked: Thread) -> None:
    eve = world.person(EVE)
    assert eve.decides(Action.CONFIRM_PROHIBITED, reason="It reads moods at work.") is None
    assert status(marked) is Status.declined
    assert "Declined as a forbidden practice" in words(card(world))
    assert any("confirmed that the law forbids it" in words(shown) for shown in marked.shown())
    assert agrees(world) == []
