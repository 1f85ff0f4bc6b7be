"""Two people confirm that an exception applies: the class is lowered by rule, everybody sees why, and nothing twice."""

from __future__ import annotations

import json

import pytest

from bot.config import change
from bot.keeping import keep
from bot.library import library
from bot.slack.ids import Action
from store import comparing
from store.replaying import replay, verdicts
from store.shelf import Shelf
from store.telling import told
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World, words
from tests.slack_world.people import FINDER
from tests.slack_world.somebody import Somebody
from tests.slack_world.thread import Shown, Thread


def eu(thread: Thread) -> str:
    verdict = thread.case.verdict
    assert verdict is not None
    return str(verdict.results["eu"].ceiling)


def card(world: World) -> Shown:
    return world.cards()[-1]


def offered(world: World) -> set[str]:
    return {
        e["action_id"] for b in card(world)["blocks"] if b["type"] == "actions" for e in b["elements"]
    } & {
        "claim_exception",
        "confirm_exception",
        "object_exception",
    }


def agrees(world: World) -> list[str]:
    """What the register, the trail and the rules have against each other."""
    with world.store.read() as session:
        found = list(comparing.differences(session, told(session)))
        found += [r.problem for r in replay(session, Shelf(), verdicts(session)) if r.problem]
    return found


def claims(person: Somebody, **more: str) -> dict[str, str] | None:
    person.presses_card(Action.CLAIM_EXCEPTION)
    person.hands.fills(**{"ground": "narrow_task", "reason": "It compares names, nothing else.", **more})
    problems = person.hands.submits()
    person.world.settle()
    return problems


@pytest.fixture
def thread(world: World) -> Thread:
    keep(world.store, library())
    return world.person(ANA).asks().submitted(FINDER)


def test_two_people_lower_the_class(world: World, thread: Thread) -> None:
    cleo, eve = world.person(CLEO), world.person(EVE)
    assert eu(thread) == "high"
    assert offered(world) == {"claim_exception"}
    assert claims(cleo) is None
    assert eu(thread) == "high"
    assert offered(world) == {"confirm_exception", "object_exception"}
    assert "<@U0CLEO> (risk owner) says that the exception of Article 6(3) applies" in words(card(world))
    assert any("A second person, from Legal, has to confirm it" in note for note in world.below(card(world)))
    eve.presses_card(Action.CONFIRM_EXCEPTION)
    shown = json.dumps(eve.hands.view())
    assert "It compares names, nothing else." in shown
    assert "only formats, sorts or tidies" in shown
    assert eve.hands.submits() is None
    world.settle()
    assert eu(thread) == "minimal"
    assert offered(world) == set()
    assert "<@U0CLEO> (risk owner) and <@U0EVE> (Legal) confirmed" in words(card(world))
    assert any("<@U0EVE> (Legal) confirms what <@U0CLEO> said" in note for note in world.below(card(world)))
    assert [w for w in world.trail() if w.startswith("exception.")] == [
        "exception.claimed",
        "exception.confirmed",
    ]
    assert agrees(world) == []
    thread.presses(Action.SHOW_REASONS)
    assert "It does one narrow task" in json.dumps(thread.person.hands.view())


def test_what_is_missing_is_asked_for(world: World, thread: Thread) -> None:
    cleo = world.person(CLEO)
    cleo.presses_card(Action.CLAIM_EXCEPTION)
    cleo.hands.fills(ground="narrow_task")
    assert set(cleo.hands.submits() or {}) == {"reason"}
    assert "exception.claimed" not in world.trail()


@pytest.mark.parametrize("user", [BEN, DAN])
def test_others_open_no_window(world: World, thread: Thread, user: str) -> None:
    person = world.person(user)
    person.presses_card(Action.CLAIM_EXCEPTION)
    assert person.hands.view() is None
    assert "Legal and the risk owners say" in person.told()
    assert world.trail()[-1] == "claim_exception.refused"


def test_the_first_cannot_be_the_second(world: World, thread: Thread) -> None:
    cleo = world.person(CLEO)
    assert claims(cleo) is None
    cleo.presses_card(Action.CONFIRM_EXCEPTION)
    assert cleo.hands.view() is None
    assert "a second person has to confirm it" in cleo.told()


def test_an_objection_ends_it(world: World, thread: Thread) -> None:
    assert claims(world.person(CLEO)) is None
    assert world.person(EVE).decides(Action.OBJECT_EXCEPTION, reason="It ranks people.") is None
    assert offered(world) == {"claim_exception"}
    assert any("no exception applies" in note for note in world.below(card(world)))
    assert eu(thread) == "high"
    assert agrees(world) == []


def test_two_windows_at_once_are_one_claim(world: World, thread: Thread) -> None:
    cleo, eve = world.person(CLEO), world.person(EVE)
    for person in (cleo, eve):
        person.presses_card(Action.CLAIM_EXCEPTION)
        person.hands.fills(ground="prepares", reason="So it is.")
    cleo.hands.submits()
    world.settle()
    eve.hands.submits()
    world.settle()
    assert world.trail().count("exception.claimed") == 1
    assert "has said so already" in json.dumps(eve.hands.view())


def test_who_signed_alone_and_left_counts_no_more(world: World, thread: Thread) -> None:
    assert claims(world.person(CLEO)) is None
    change(world.store, {"roles.risk_owner": [DAN]}, by=None, key="left", now=world.store.now())
    world.bot.office.changed()
    eve = world.person(EVE)
    eve.presses_card(Action.CONFIRM_EXCEPTION)
    assert "counts no more, because" in json.dumps(eve.hands.view())
    eve.hands.fills(ground="prepares", reason="I read it anew.")
    assert eve.hands.submits() is None
    world.settle()
    assert eu(thread) == "high"
    assert world.person(DAN).decides(Action.CONFIRM_EXCEPTION) is None
    assert eu(thread) == "minimal"
    assert agrees(world) == []


def test_it_survives_being_withdrawn_and_taken_up_again(world: World, thread: Thread) -> None:
    assert claims(world.person(CLEO)) is None
    assert world.person(EVE).decides(Action.CONFIRM_EXCEPTION) is None
    thread.presses(Action.WITHDRAW)
    thread.presses(Action.REOPEN)
    assert eu(thread) == "minimal"
    assert "exception.gone" not in world.trail()
    assert agrees(world) == []


def test_people_who_are_profiled_have_no_exception(world: World) -> None:
    thread = world.person(ANA).asks().submitted(FINDER | {"profiling": "yes"})
    assert eu(thread) == "high"
    assert offered(world) == set()


def test_a_claim_waits_on_the_home_of_whoever_may_sign_too(world: World, thread: Thread) -> None:
    cleo, eve = world.person(CLEO), world.person(EVE)
    assert "Waiting for your signature" not in eve.home()
    assert claims(cleo) is None
    for person in (cleo, world.person(ANA), world.person(BEN), world.person(DAN)):
        assert "Waiting for your signature" not in person.home(), person.user
    assert "<@U0CLEO> (risk owner) says that an exception lowers its class" in eve.home()
    eve.hands.clicks_home(Action.CONFIRM_EXCEPTION.value)
    assert eve.hands.submits() is None
    world.settle()
    assert eu(thread) == "minimal"
    assert "Waiting for your signature" not in eve.home()
    assert agrees(world) == []


def test_a_claim_is_objected_to_from_home(world: World, thread: Thread) -> None:
    assert claims(world.person(CLEO)) is None
    eve = world.person(EVE)
    eve.home()
    eve.hands.clicks_home(Action.OBJECT_EXCEPTION.value)
    eve.hands.fills(reason="It ranks people.")
    assert eve.hands.submits() is None
    world.settle()
    assert "exception.objected" in world.trail()
    assert "Waiting for your signature" not in eve.home()
