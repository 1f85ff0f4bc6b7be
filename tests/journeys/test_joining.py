"""Another team joins an approved use: offered before Submit, on the use itself; conditions accepted; left again."""

from __future__ import annotations

from bot.slack.ids import Action
from tests.journeys.test_changing import approved, confirms, looks
from tests.slack_world import ANA, BEN, DAN, Somebody, World
from tests.slack_world.people import HARMLESS
from triage.case import Status


def joins(person: Somebody, unit: str = "People") -> None:
    assert person.hands.view() is not None, person.told()
    person.hands.fills(unit=unit)
    assert person.hands.submits() is None
    person.world.settle()


def test_offered_before_submit_and_nobody_has_to_decide(world: World) -> None:
    thread = approved(world, conditions="Tell them")
    dan = world.person(DAN)
    other = dan.asks()
    assert other.fills() is None
    other.answers()
    assert "This is approved already" in other.last
    other.presses(Action.JOIN)
    assert "Tell them" in dan.window()
    assert "you accept its conditions" in dan.window()
    joins(dan)
    assert "Your team has joined AIU-2026-0001" in dan.window()
    case = thread.case
    (made,) = case.deployments
    assert case.decision is not None
    assert (made.unit, made.accepted) == ("People", case.decision.id)
    assert other.case.status is Status.withdrawn
    assert len(world.cards()) == 1
    assert f"<@{DAN}> (People) joined" in thread.last
    assert "What your teams have joined" in dan.home()
    assert f"Teams that joined:\n• <@{DAN}> (People)" in world.person(BEN).steward("show 1")
    assert world.trail().count("use.joined") == 1
    assert world.differences() == []


def test_not_offered_where_something_is_different(world: World) -> None:
    approved(world)
    other = world.person(DAN).asks()
    assert other.fills(HARMLESS | {"data": "personal"}) is None
    other.answers(HARMLESS | {"data": "personal"})
    assert not other.offers(Action.JOIN)
    other.presses(Action.SUBMIT)
    assert len(world.cards()) == 2


def test_decided_anew_it_is_accepted_anew_and_then_left(world: World) -> None:
    thread, ana, dan = approved(world), world.person(ANA), world.person(DAN)
    assert dan.hands.command("/steward", "show 1", "general")
    world.settle()
    message = [m for m in dan.hands.sees("general") if m.get("ephemeral")][-1]
    button = next(
        e
        for b in message["blocks"]
        if b["type"] == "actions"
        for e in b["elements"]
        if e["action_id"] == "join"
    )
    assert dan.hands.clicks("general", message["ts"], button["action_id"], value=button["value"])
    world.settle()
    joins(dan)
    looks(ana, thread, purpose="Write down what is said in interviews")
    confirms(ana)
    assert "does not hold as it was" in dan.home()
    assert (
        world.person(BEN).decides(Action.APPROVE_WITH_CONDITIONS, conditions="Tell everybody", until="")
        is None
    )
    assert "Please read the conditions and accept them" in dan.home()
    (made,) = thread.case.deployments
    assert thread.case.decision is not None
    assert made.accepted != thread.case.decision.id
    dan.hands.clicks_home(Action.ACCEPT_TERMS.value)
    world.settle()
    (made,) = thread.case.deployments
    assert made.accepted == thread.case.decision.id
    dan.hands.clicks_home(Action.LEAVE.value)
    world.settle()
    (made,) = thread.case.deployments
    assert made.left_at is not None
    assert "does not use" in thread.last
    assert "What your teams have joined" not in dan.home()
    told = [what for what in world.trail() if what.startswith("use.")]
    assert told == ["use.joined", "use.changed", "use.terms_accepted", "use.left"]
    assert world.differences() == []
    assert world.is_untouched()
