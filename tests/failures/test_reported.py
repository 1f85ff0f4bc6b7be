"""F23 to F31 for saying that an answer was wrong."""

from __future__ import annotations

from bot.slack.ids import Action, Press
from tests.failures.acts import at_once, press_forged
from tests.failures.test_changed import window
from tests.journeys.test_changing import approved
from tests.journeys.test_expiring import until
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, Somebody, World, words
from tests.slack_world.thread import Thread


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
        alone.workspace.people[DAN].is_restricted = True
    alone.passes(hours=25)
    assert dan.hands.submits() is None
    alone.settle()
    assert thread.case.reports == ()
    assert "I cannot find" in dan.window() or "no request" in dan.window(), dan.window()


def test_f27_its_owner_may_say_so_too_and_it_decides_nothing(alone: World) -> None:
    thread = approved(alone)
    reports(alone.person(BEN), thread)
    assert thread.case.in_use
    assert thread.case.decision is not None


def test_f29_a_press_from_another_organisation(alone: World) -> None:
    thread, eve = approved(alone), alone.person(EVE)
    assert opens(eve, thread, team_id="T0OTHER")
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
