"""F30 and F40 for what waits on approved uses: one message a day, only what is still open, and what was promised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from bot.demo.player import elements
from bot.slack.ids import Action
from bot.slack.payloads import Who
from store.employees import Employee
from store.tables import NudgeRow
from tests.failures.acts import at_once, press_drawn
from tests.failures.test_changed import window
from tests.journeys.test_changing import approved, confirms, looks
from tests.journeys.test_condition_owner import owned
from tests.journeys.test_condition_verified import NOTICE
from tests.journeys.test_deadlines import named, until
from tests.journeys.test_living_conditions import bound, hands_in
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, Shown, Somebody, World, words
from tests.slack_world.thread import Thread
from triage import opening
from triage.reviews import open_review

LED = {"roles.governance_lead": [CLEO]}


@pytest.fixture
def settings() -> dict[str, Any]:
    return LED


def find(person: Somebody, action: Action) -> tuple[Shown, Shown]:
    """The newest message to them in which that can be pressed, and the button."""
    for message in reversed(person.dm()):
        for element in elements(message):
            if str(element.get("action_id", "")).partition(".")[0] == action.value:
                return message, element
    raise AssertionError(f"{action.value} is offered nowhere")


def offered(person: Somebody, action: Action) -> bool:
    try:
        find(person, action)
    except AssertionError:
        return False
    return True


def by_the_clock(person: Somebody) -> list[str]:
    """What they were written to by the clock, however it is drawn by now."""
    world = person.world
    ours = world.bot.front.person(Who(TEAM, person.user))
    with world.store.read() as session:
        rows = session.exec(
            select(NudgeRow).where(NudgeRow.person_id == ours).order_by(col(NudgeRow.at))
        ).all()
    return [f"{row.day.isoformat()} {row.errand.partition(':')[0]}" for row in rows]


def days(person: Somebody) -> list[str]:
    """On which days, each as often as a message came."""
    return [line.partition(" ")[0] for line in by_the_clock(person)]


def only(world: World, **more: str) -> Thread:
    """One condition, due on the 21st; what is to be done beside it is done."""
    return bound(world, conditions="Tell everybody", **more)


# --- F30


def test_f30_a_list_loses_what_was_settled_elsewhere(alone: World) -> None:
    thread, ana = bound(alone), alone.person(ANA)
    until(alone, 16, 12)
    (listed,) = [m for m in ana.dm() if "wait for you" in words(m) or "One thing waits" in words(m)]
    assert words(listed).count("a condition is due by") == 2
    message, element = find(ana, Action.SNOOZE)
    assert hands_in(thread, 1, link=NOTICE) is None
    thread.person.hands.closes_view()
    (listed,) = [m for m in ana.dm() if "wait for you" in words(m) or "One thing waits" in words(m)]
    assert words(listed).count("a condition is due by") == 1
    assert "settled, nothing left for you to do" in words(listed)
    assert press_drawn(ana, message, element)
    assert "does not wait for you any more" in ana.told()
    assert alone.trail()[-1] == "snooze.refused"


def test_f30_whoever_answered_for_it_before_is_reminded_of_nothing(alone: World) -> None:
    thread, ana = owned(alone, conditions="Tell everybody"), alone.person(ANA)
    until(alone, 15, 12)
    looks(ana, thread, owner=EVE)
    confirms(ana)
    until(alone, 18, 12)
    until(alone, 22, 12)
    assert by_the_clock(alone.person(DAN)) == ["2026-12-15 tasks"]
    assert "2026-12-18 condition" in by_the_clock(alone.person(EVE))


# --- F40


def test_f40_all_of_a_day_is_one_message(alone: World) -> None:
    """Two conditions, and what is to be done before the pilot: in two weeks there are two days, and two messages."""
    bound(alone)
    for day in range(8, 22):
        until(alone, day, 12)
    ana = alone.person(ANA)
    sent = [datetime.fromtimestamp(float(m["ts"]), UTC).date().isoformat() for m in ana.dm()]
    told = [day for day in sent if day > "2026-12-07"]
    assert len(told) == len({*told})
    assert {*told} <= {*days(ana)}, "of what is to be done only the newest message stands"
    assert len(days(ana)) > len(told)


def test_f40_down_when_it_fell_due_and_no_burst_afterwards(alone: World) -> None:
    only(alone)
    alone.stop_bot()
    alone.clock.move(timedelta(days=40).total_seconds())
    alone.start_bot()
    alone.passes(minutes=2)
    alone.restart()
    alone.passes(minutes=2)
    assert days(alone.person(ANA)).count("2027-01-18") <= 2
    assert len({*days(alone.person(ANA))}) <= 1


def test_f40_neither_on_a_holiday_nor_while_they_are_away(alone: World) -> None:
    ana = alone.person(ANA)
    only(alone)
    assert "until 18 December" in ana.steward("away until 18 December")
    until(alone, 18, 18)
    assert by_the_clock(ana) == []
    until(alone, 21, 10)
    assert {*days(ana)} == {"2026-12-21"}


def test_f40_not_while_they_set_slack_to_silent(alone: World) -> None:
    ana = alone.person(ANA)
    alone.workspace.scopes = {*(alone.workspace.scopes or ()), "dnd:read"}
    only(alone)
    until(alone, 16, 8)
    alone.server.pauses(ANA, 5 * 3600)
    until(alone, 16, 12)
    assert by_the_clock(ana) == []
    until(alone, 16, 14)
    assert {*days(ana)} == {"2026-12-16"}


def test_f40_put_off_and_the_promise_is_kept_over_a_restart(alone: World) -> None:
    ana = alone.person(ANA)
    only(alone)
    until(alone, 16, 12)
    message, element = find(ana, Action.SNOOZE)
    assert press_drawn(ana, message, element)
    assert "put off 4 more times" in ana.window()
    ana.hands.fills(until="2026-12-18", reason="The text is with legal")
    assert ana.hands.submits() is None
    alone.settle()
    assert "I remind you again on 18 December 2026" in ana.window()
    ana.hands.closes_view()
    until(alone, 17, 17)
    alone.restart()
    until(alone, 18, 12)
    assert sorted({*days(ana)}) == ["2026-12-16", "2026-12-18"]
    assert "is due by" in words(find(ana, Action.FULFIL)[0])
    assert alone.trail().count("errand.snoozed") == 1


def test_f40_the_same_press_twice_puts_off_once(alone: World) -> None:
    ana = alone.person(ANA)
    only(alone)
    until(alone, 16, 12)
    message, element = find(ana, Action.SNOOZE)
    assert press_drawn(ana, message, element)
    ana.hands.fills(until="2026-12-18", reason="Legal")
    body = window(ana)
    at_once(*[lambda: ana.hands._send("interactive", body)] * 2)
    alone.settle()
    assert alone.trail().count("errand.snoozed") == 1


def test_f40_who_hears_of_it_after_them(alone: World) -> None:
    """The deputy after three weeks, then those who decide, then whoever leads; further apart each time."""
    named(
        alone,
        Employee(email="ana@example.com", deputy="dan@example.com", slack_user=ANA),
        Employee(email="dan@example.com", slack_user=DAN),
    )
    thread = only(alone, otherwise="narrows")
    for _ in range(30):
        alone.passes(days=5)
    assert thread.case.in_use
    condition = [line for line in by_the_clock(alone.person(ANA)) if line.endswith("condition")]
    assert len(condition) == 2
    assert [line for line in by_the_clock(alone.person(DAN)) if line.endswith("condition")]
    assert [line for line in by_the_clock(alone.person(CLEO)) if line.endswith("condition")]
    assert any("Still open" in note for note in alone.below(alone.cards(BEN)[0], BEN))
    said = "\n".join(words(m) for m in alone.person(DAN).dm())
    assert "You stand in for them" in said
    assert alone.differences() == []


def test_not_mine_hands_it_over(alone: World) -> None:
    thread, ana = only(alone), alone.person(ANA)
    until(alone, 16, 12)
    message, element = find(ana, Action.NOT_MINE)
    assert press_drawn(ana, message, element)
    ana.hands.fills(owner=EVE)
    assert ana.hands.submits() is None
    confirms(ana)
    assert thread.case.owner is not None
    assert thread.case.owner != thread.case.requester
    assert not offered(ana, Action.SNOOZE)
    assert alone.differences() == []


def test_f30_a_review_is_answered_on_its_reminder_and_asks_no_more(
    alone: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to go to Home for it; what was answered there loses its button here."""
    monkeypatch.setattr(opening, "lot", lambda *_: 1)
    thread, ana = approved(alone), alone.person(ANA)
    alone.passes(days=352)
    for _ in range(4):
        alone.passes(days=1)
    message, element = find(ana, Action.REVIEW_SAME)
    assert "One thing, ten seconds" in words(message)
    assert "If this waits, I remind you again" in words(message)
    assert press_drawn(ana, message, element)
    alone.settle()
    assert open_review(thread.case) is None
    assert not offered(ana, Action.REVIEW_SAME)
    assert press_drawn(ana, message, element)
    assert alone.trail().count("review.answered") == 1
    assert alone.differences() == []
