"""Several like requests decided together: one window, one reason, each on record; what cannot be is left out."""

from __future__ import annotations

from bot.slack.ids import Action
from store import audit
from store.records import USE
from tests.journeys.test_queue import asked, press, ref
from tests.slack_world import BEN, DAN, EVE, HARMLESS, Somebody, Thread, World
from triage.case import Status


def opened(world: World) -> Somebody:
    """Their queue, then the window in which all like the first are decided."""
    ben = world.person(BEN)
    ben.steward("queue")
    press(ben, Action.JOINTLY)
    return ben


def details(world: World, thread: Thread, what: str) -> list[dict[str, object]]:
    with world.bot.front.office.store.read() as session:
        return [line["detail"] for line in audit.about(session, USE, thread.case.id) if line["what"] == what]


def test_one_decision_and_one_reason_each_on_record(world: World) -> None:
    threads = asked(world)
    ben = opened(world)
    assert "3 requests say the same" in ben.window()
    ben.hands.fills(ruling="decline", reason="We have a better one.", would_change="A contract.")
    assert ben.hands.submits() is None
    world.settle()
    assert [each.case.status for each in threads] == [Status.declined] * 3
    decisions = [each.case.decision for each in threads]
    assert {each.reason for each in decisions if each} == {"We have a better one."}
    assert len({each.id for each in decisions if each}) == 3
    for number, each in enumerate(threads, 1):
        (detail,) = details(world, each, "case.declined")
        assert detail["together"] == [ref(n) for n in (1, 2, 3) if n != number]
        assert "We have a better one." in each.last
    assert f"{ref(1)}, {ref(2)} and {ref(3)}" in ben.window()
    assert "Nothing waits for your decision." in ben.window()
    assert world.differences() == []


def test_one_that_is_unticked_waits_on(world: World) -> None:
    first, second, third = asked(world)
    ben = opened(world)
    kept = [f"{each.case.id}|{each.case.version}" for each in (first, third)]
    ben.hands.fills(like=kept, ruling="approve_with_conditions", common=["told"], reason="Fits.")
    assert ben.hands.submits() is None
    world.settle()
    assert second.case.status is Status.in_review
    for each in (first, third):
        assert each.case.decision is not None
        assert each.case.decision.conditions == ("Those concerned are told beforehand that AI is used",)
    (detail,) = details(world, first, "case.approved_with_conditions")
    assert detail["together"] == [ref(3)]


def test_what_was_decided_meanwhile_is_left_out_and_the_others_stand(world: World) -> None:
    first, second, third = asked(world)
    ben = opened(world)
    world.person(EVE).decides(Action.DECLINE, world.cards(EVE)[1], reason="Not this one.")
    assert second.case.status is Status.declined
    ben.hands.fills(ruling="approve", reason="Fits.")
    assert ben.hands.submits() is None
    world.settle()
    assert [each.case.status for each in (first, third)] == [Status.approved] * 2
    assert second.case.decision is not None
    assert second.case.decision.reason == "Not this one."
    assert f"*Left out:*\n• {ref(2)}: " in ben.window()
    assert "approve.refused" in world.trail()


def test_only_what_says_the_same_is_offered(world: World) -> None:
    asked(world, 1)
    world.person(DAN).asks().submitted(HARMLESS | {"output_use": "shared_after_check"})
    ben = world.person(BEN)
    ben.steward("queue")
    assert "like it together" not in ben.window()


def test_nobody_decides_about_their_own_among_others(world: World) -> None:
    """Whoever asked for one of them is not offered it."""
    asked(world, 2)
    mine = world.person(BEN).asks().submitted()
    ben = opened(world)
    assert "2 requests say the same" in ben.window()
    ben.hands.fills(ruling="approve", reason="Fits.")
    assert ben.hands.submits() is None
    world.settle()
    assert mine.case.status is Status.in_review


def test_from_a_card_it_is_one_press_further(world: World) -> None:
    first, second = asked(world, 2)
    ben = world.person(BEN)
    ben.presses_card(Action.DECLINE)
    press(ben, Action.JOINTLY)
    ben.hands.fills(ruling="decline", reason="No.")
    assert ben.hands.submits() is None
    world.settle()
    assert [first.case.status, second.case.status] == [Status.declined] * 2


def test_what_is_missing_goes_back_to_its_field(world: World) -> None:
    first, _ = asked(world, 2)
    ben = opened(world)
    ben.hands.fills(ruling="approve_with_conditions", reason="Fits.")
    assert ben.hands.submits() == {"conditions": "Please write something here."}
    assert first.case.status is Status.in_review


def test_a_plain_yes_does_not_lose_conditions_that_stand_there(world: World) -> None:
    first, second = asked(world, 2)
    ben = opened(world)
    ben.hands.fills(ruling="approve", common=["told"], reason="Fits.")
    assert "There are conditions below" in (ben.hands.submits() or {})["ruling"]
    assert first.case.status is Status.in_review
    ben.hands.fills(common=[], conditions="Tell Dan")
    assert "There are conditions below" in (ben.hands.submits() or {})["ruling"]
    ben.hands.fills(conditions="")
    assert ben.hands.submits() is None
    world.settle()
    assert [each.case.status for each in (first, second)] == [Status.approved] * 2
