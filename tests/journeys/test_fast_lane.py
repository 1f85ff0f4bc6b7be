"""Two people approve a use beforehand; what is just that is recorded at once, and the lot has somebody look at it."""

from __future__ import annotations

import pytest

from bot.keeping import keep
from bot.library import library
from bot.slack.ids import Action
from store import audit
from store.replaying import replay, verdicts
from store.shelf import Shelf
from tests.slack_world import ANA, BEN, DAN, EVE, World, words
from tests.slack_world.people import HARMLESS
from tests.slack_world.thread import Thread
from triage.beforehand import SECRET
from triage.case import DecisionKind, Status
from triage.sampling import sealed

LAST = "2027-06-30"
SAID = HARMLESS | {"tool": "Otter.ai", "kind": "use_catalogue"}
settled = pytest.mark.parametrize("settings", [{"tools.settled": ["Otter.ai"]}], ids=["settled"])


def approved(world: World) -> Thread:
    keep(world.store, library())
    thread = world.person(ANA).asks("I'd like to use Otter.ai for our notes").submitted(SAID)
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    return thread


def in_force(world: World) -> Thread:
    """Ben makes a pattern of it, and Eve confirms it."""
    thread, ben, eve = approved(world), world.person(BEN), world.person(EVE)
    ben.steward("pattern 1")
    ben.hands.fills(covers="Notes of our own meetings", until=LAST)
    assert ben.hands.submits() is None, ben.told()
    world.settle()
    assert "a second person has to confirm it" in words(world.cards()[0])
    ben.presses_card(Action.CONFIRM_PATTERN)
    assert "a second person has to confirm it" in ben.told()
    eve.presses_card(Action.CONFIRM_PATTERN)
    assert "A pattern is in force" in words(world.cards()[0]).replace("*", "")
    return thread


def proves_itself(world: World) -> bool:
    with world.store.read() as session:
        wrong = [r.problem for r in replay(session, Shelf(), verdicts(session)) if r.problem]
    return wrong == [] and world.differences() == []


@settled
def test_what_is_just_that_is_recorded_at_once_and_nobody_is_asked(world: World) -> None:
    in_force(world)
    cards = len(world.cards())
    dan = world.person(DAN)
    thread = dan.asks("I'd like to use Otter.ai for our notes")
    thread.fills(SAID)
    assert any("You need not wait." in text.replace("*", "") for text in thread.texts()), thread.texts()
    thread.presses(Action.SUBMIT, having="Record it now")
    case = thread.case
    assert case.status is Status.approved
    assert case.decision is not None
    assert case.decision.kind is DecisionKind.by_pattern
    assert case.decision.signatures == ()
    assert any("<@U0BEN>" in text and "<@U0EVE>" in text for text in thread.texts())
    assert len(world.cards()) == cards + 1
    drawn = any(step.kind == "drawn" for step in case.pattern_steps)  # by the lot of ids of this run
    assert ("Nothing to decide." in words(world.cards()[-1])) != drawn
    pressable = any(block["type"] == "actions" for block in world.cards()[-1]["blocks"])
    assert pressable == drawn, "one quiet line, unless the lot fell on it"
    assert "case.recorded" in world.trail()
    assert proves_itself(world)


@settled
def test_the_secret_of_the_lot_is_shown_to_nobody(world: World) -> None:
    thread = in_force(world)
    (pattern,) = thread.case.patterns
    seed = pattern.sampling.seed
    assert len(seed) == 2 * SECRET
    with world.workspace.lock:
        said = [(m.text, m.blocks) for place in world.workspace.channels.values() for m in place.messages]
    assert pattern.covers in str(said)
    assert seed not in str(said) + world.person(BEN).steward("pattern") + world.person(EVE).home()
    with world.store.read() as session:
        (line,) = [line for line in audit.sealed_lines(session) if "pattern.confirmed" in line]
    assert sealed(pattern.sampling) in line
    assert proves_itself(world)


@settled
def test_what_is_more_than_that_goes_to_people(world: World) -> None:
    in_force(world)
    dan = world.person(DAN)
    thread = dan.asks("I'd like to use Otter.ai for our notes")
    thread.fills(SAID | {"data": "personal"})
    assert not any("You need not wait." in text.replace("*", "") for text in thread.texts())
    assert "Record it now" not in str(thread.shown())


@settled
def test_an_ended_pattern_records_nothing_more_and_what_was_recorded_stands(world: World) -> None:
    in_force(world)
    dan, ben = world.person(DAN), world.person(BEN)
    thread = dan.asks("I'd like to use Otter.ai for our notes")
    thread.fills(SAID)
    assert ben.decides(Action.WITHDRAW_PATTERN, world.cards()[0], reason="The contract ends.") is None
    thread.presses(Action.SUBMIT, having="Record it now")
    assert thread.case.status is not Status.approved
    assert proves_itself(world)


def test_a_tool_that_is_not_settled_has_no_pattern(world: World) -> None:
    approved(world)
    assert "settled" in world.person(BEN).steward("pattern 1")
