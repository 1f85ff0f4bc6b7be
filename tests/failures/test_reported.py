"""F23 to F31 for saying that an answer was wrong."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import payloads
from bot.slack.ids import Action, Press, Shortcut
from bot.slack.payloads import Who
from tests.failures.acts import GROUP, at_once, interacts, press_forged
from tests.failures.test_changed import window
from tests.failures.test_decisions import named
from tests.journeys.test_changing import approved
from tests.journeys.test_expiring import until
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, Somebody, World, words
from tests.slack_world.thread import Thread

no_other_role = pytest.mark.parametrize(
    "settings", [{"roles.reviewer": [GROUP], "roles.legal": [CLEO]}], ids=["group"]
)


def opens(person: Somebody, thread: Thread, **change: str) -> bool:
    return press_forged(person, Action.REPORT_WRONG, Press(case=thread.case.id), **change)


def reports(person: Somebody, thread: Thread, text: str = "It made a name up") -> None:
    opens(person, thread)
    person.hands.fills(words=text)
    assert person.hands.submits() is None
    person.world.settle()


def test_f23_the_window_handed_in_twice(world: World) -> None:
    thread, eve = approved(world), world.person(EVE)
    opens(eve, thread)
    body = window(eve)
    at_once(*[lambda: eve.hands._send("interactive", body)] * 2)
    world.settle()
    assert world.trail().count("answer.reported") == 1
    assert len(thread.case.reports) == 1


def test_f24_two_people_at_once_both_count(world: World) -> None:
    thread, people = approved(world), [world.person(user) for user in (EVE, CLEO)]
    for person in people:
        opens(person, thread)
    bodies = [window(person) for person in people]
    at_once(*(lambda p=p, b=b: p.hands._send("interactive", b) for p, b in zip(people, bodies, strict=True)))
    world.settle()
    assert len(thread.case.reports) == 2
    assert "2 times so far" in words(thread.shown()[-1])
    assert world.differences() == []


def test_f25_after_a_restart(alone: World) -> None:
    thread, eve = approved(alone), alone.person(EVE)
    alone.restart()
    opens(eve, thread)
    eve.hands.fills(words="It made a name up")
    alone.restart()
    assert eve.hands.submits() is None
    alone.settle()
    assert [each.words for each in thread.case.reports] == ["It made a name up"]


def test_f26_what_somebody_may_not_see_they_report_nothing_of(alone: World) -> None:
    """A guest by the door, and whoever had the window open and became one."""
    thread, dan = approved(alone), alone.person(DAN)
    opens(dan, thread)
    with alone.workspace.lock:
        guest = alone.workspace.person(DAN)
        guest.is_restricted = True
        told = guest.payload(alone.workspace.team, alone.clock.moment())
    alone.raises({"type": "user_change", "user": told, "event_ts": "1.1"})
    assert dan.hands.submits() is None
    alone.settle()
    assert thread.case.reports == ()
    assert "I cannot find" in dan.window() or "no request" in dan.window(), dan.window()


def test_f27_its_owner_may_say_so_too_and_it_decides_nothing(alone: World) -> None:
    """Neither of their own use, nor does whoever decided and reports decide anew by it."""
    thread = approved(alone)
    before = thread.case
    for user in (ANA, BEN):
        reports(alone.person(user), thread, "It made a name up")
    after = thread.case
    assert [each.by for each in after.reports] == [
        alone.bot.front.person(Who(TEAM, user)) for user in (ANA, BEN)
    ]
    assert (after.status, after.decisions, after.verdict) == (before.status, before.decisions, before.verdict)


@no_other_role
def test_f28_left_the_group_while_the_window_stood_open(alone: World) -> None:
    """What ran out is seen by those who oversee, and by no colleague."""
    thread, eve = until(alone), alone.person(EVE)
    alone.passes(days=50)
    opens(eve, thread)
    eve.hands.fills(words="It made a name up")
    named(alone, BEN)
    eve.hands.submits()
    alone.settle()
    assert thread.case.reports == ()
    assert "no request" in eve.window() or "I cannot find" in eve.window()
    assert "Otter" not in eve.window()


@no_other_role
def test_f28_left_the_group_before_the_press(alone: World) -> None:
    thread, eve = until(alone), alone.person(EVE)
    alone.passes(days=50)
    named(alone, BEN)
    alone.bot.directory.forget_groups()
    assert eve.hands.command("/steward", "show 1", "general")
    alone.settle()
    assert "Otter" not in eve.told()
    assert thread.case.reports == ()


def test_f29_a_press_from_another_organisation(alone: World) -> None:
    thread, eve = approved(alone), alone.person(EVE)
    assert opens(eve, thread, team_id="T0OTHER")
    assert thread.case.reports == ()


@pytest.mark.parametrize("change", [{"team_id": "T0OTHER"}, {"id": "W0STRANGER", "team_id": "T0OTHER"}])
def test_f29_a_window_handed_in_from_another_organisation(alone: World, change: dict[str, str]) -> None:
    """The same id there is somebody else, and so is one of the whole grid."""
    thread, eve = approved(alone), alone.person(EVE)
    opens(eve, thread)
    handed: dict[str, Any] = window(eve)
    handed["user"] |= change
    interacts(eve, handed)
    assert thread.case.reports == ()


def test_f29_the_shortcut_from_another_organisation(alone: World) -> None:
    thread, eve = approved(alone), alone.person(EVE)
    ts = eve.hands.says("general", f"{thread.case.ref} is wrong")
    with alone.workspace.lock:
        place = alone.workspace.channels["C0ALL"]
        message = next(m for m in place.messages if m.ts == ts)
        more = {"channel": {"id": "C0ALL", "name": "general"}, "message": alone.workspace.body(message)}
        body = payloads.shortcut(alone.workspace, EVE, Shortcut.ANSWER_WRONG.value, message_ts=ts, **more)
    body["user"] |= {"team_id": "T0OTHER"}
    interacts(eve, body)
    assert eve.hands.view() is None
    assert thread.case.reports == ()


def test_f30_it_ran_out_while_the_window_stood_open(alone: World) -> None:
    """Whoever still uses it may still see wrong answers."""
    thread, eve = until(alone), alone.person(EVE)
    opens(eve, thread)
    alone.passes(days=50)
    assert eve.hands.submits() is None
    alone.settle()
    assert len(thread.case.reports) == 1


def test_f30_of_what_nobody_approved_nothing_is_reported(alone: World) -> None:
    thread = alone.person(ANA).asks().submitted()
    opens(alone.person(BEN), thread)
    assert alone.person(BEN).hands.view() is None
    assert "nothing to report of it" in alone.person(BEN).told()


def test_f31_one_message_shows_all_of_them_newest_first(alone: World) -> None:
    thread = approved(alone)
    before = len(thread.shown())
    for user, text in ((EVE, "first"), (CLEO, "second")):
        reports(alone.person(user), thread, text)
    told = words(thread.shown()[-1])
    assert len(thread.shown()) == before + 1
    assert told.index("second") < told.index("first")
