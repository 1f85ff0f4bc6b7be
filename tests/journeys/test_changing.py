"""Something changes about an approved use: its difference is shown first; it stands, narrows, or is decided anew."""

from __future__ import annotations

from sqlmodel import select

from bot.slack.ids import Action
from store.tables import DecisionRow
from tests.slack_world import ANA, BEN, Somebody, World, words
from tests.slack_world.thread import Thread
from triage.case import Status
from triage.fingerprint import facts_digest


def approved(world: World, *, conditions: str = "") -> Thread:
    thread = world.person(ANA).asks().submitted()
    wish = Action.APPROVE_WITH_CONDITIONS if conditions else Action.APPROVE
    ben = world.person(BEN)
    if conditions:
        assert ben.decides(wish, conditions=conditions) is None
    else:
        assert ben.decides(wish, reason="Fits.") is None
    return thread


def looks(person: Somebody, thread: Thread, **answers: str | list[str]) -> str:
    """Up to what follows, before it counts."""
    thread.presses(Action.CHANGE)
    person.hands.fills(**answers)
    assert person.hands.submits() is None
    person.world.settle()
    return person.window()


def confirms(person: Somebody) -> str:
    assert person.hands.submits() is None
    person.world.settle()
    return person.window()


def test_what_comes_to_the_same_stands(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    before = thread.case
    shown = looks(ana, thread, unit="People")
    assert "Unit: not answered yet → *People*" in shown
    assert "The approval stands." in shown
    assert thread.case == before, "nothing counts yet"
    assert "Recorded, and the approval stands." in confirms(ana)
    case = thread.case
    assert case.status is Status.approved
    assert case.unit == "People"
    assert case.decisions == before.decisions
    assert "The approval stands." in thread.last
    (card,) = world.cards()
    assert "By the rules the approval stands" in world.below(card)[-1]
    assert world.trail()[-2:] == ["use.changed", "answer.changed"]
    assert world.differences() == []
    assert "Answered otherwise since it was approved" in ana.steward("show 1")


def test_what_the_approval_does_not_cover_is_decided_anew(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    shown = looks(ana, thread, data=["personal"])
    assert "The approval does not cover this." in shown
    assert "please keep to what was approved" in shown
    assert "those who decide have it" in confirms(ana)
    assert thread.case.status is Status.in_review
    (card,) = world.cards()
    assert "Different since it was approved" in words(card)
    assert "since then it has changed" in words(card)
    decision = thread.case.decision
    assert decision is not None
    assert decision.facts_digest != facts_digest(thread.case)


def test_less_than_what_was_approved_lifts_nothing(world: World) -> None:
    """Whatever it says, the conditions stay until a person lifts them."""
    thread, ana = approved(world, conditions="Tell them"), world.person(ANA)
    shown = looks(ana, thread, data=["public"])
    assert "The approval stays as it was decided." in shown
    assert "the conditions stay until somebody lifts them" in shown
    assert "stay as they were decided" in confirms(ana)
    case = thread.case
    assert case.status is Status.approved_with_conditions
    assert case.decision is not None
    assert case.decision.conditions == ("Tell them",)
    assert world.differences() == []


def test_approved_anew_the_trail_alone_tells_it_in_order(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    looks(ana, thread, unit="People")
    confirms(ana)
    looks(ana, thread, purpose="Write down what is said in interviews with customers")
    confirms(ana)
    first = thread.case.decision
    assert world.person(BEN).decides(Action.APPROVE, reason="Still fits.") is None
    second = thread.case.decision
    assert first is not None
    assert second is not None
    assert second.facts_digest == facts_digest(thread.case) != first.facts_digest
    with world.store.read() as session:
        rows = {row.id: row.superseded_by for row in session.exec(select(DecisionRow))}
    assert rows == {first.id: second.id, second.id: None}
    told = [what for what in world.trail() if what.startswith(("case.", "use."))]
    assert told == [
        "case.submitted", "case.approved", "use.changed", "use.changed", "case.under_reassessment", "case.approved",
    ]  # fmt: skip
    assert world.differences() == []
    assert world.is_untouched()
    assert "Answered otherwise" not in ana.steward("show 1")


def test_only_theirs(world: World) -> None:
    approved(world)
    assert "Whoever asked for this use or answers for it" in world.person(BEN).steward("change 1")
    assert "Which one has changed?" in world.person(ANA).steward("change")
    ana = world.person(ANA)
    assert ana.hands.command("/steward", "change 1", "general")
    assert "Before anything counts" in ana.window()
    assert ana.hands.submits() is None
    world.settle()
    assert "Nothing is different" in ana.window()
