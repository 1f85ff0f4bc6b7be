"""F23 to F31 for what a use is watched by: that its plan is written, and that values are reported."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.slack.ids import Action, Press
from bot.slack.payloads import Who
from tests.databases import Databases
from tests.failures.acts import at_once, buttons, interacts, press_drawn, press_forged
from tests.failures.test_changed import window
from tests.failures.test_decisions import by_group, named
from tests.failures.wire import Wired, overtaken
from tests.journeys.test_changing import approved
from tests.journeys.test_condition_verified import bound
from tests.journeys.test_watching import asked, hands_in, of_watching, plans, presses, reports, watched
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, TEAM, Somebody, World, words
from tests.slack_world.thread import Thread
from triage.case import Status
from triage.commands import Decline
from triage.plan import Reading
from triage.watches import GiveReadings

BOTH = (Action.WRITE_PLAN, Action.GIVE_READINGS)
both = pytest.mark.parametrize("wish", BOTH, ids=lambda wish: wish.value)


def forged(person: Somebody, thread: Thread, wish: Action, **change: str) -> bool:
    return press_forged(person, wish, Press(case=thread.case.id), **change)


def asks_for(person: Somebody) -> list[str]:
    """Whatever can be pressed in what this person was told."""
    return [
        each for message in person.dm() for each in buttons(message) if each == Action.GIVE_READINGS.value
    ]


def filled(person: Somebody, **values: str) -> dict[str, object]:
    """A window with values, as handing it in sends it."""
    presses(person, Action.GIVE_READINGS)
    person.hands.fills(**{name.replace("_", "."): value for name, value in values.items()})
    return window(person)


def test_f23_values_handed_in_twice(world: World) -> None:
    thread, ana = watched(world), world.person(ANA)
    body = filled(ana, figure_1="7", figure_2="95")
    at_once(*[lambda: ana.hands._send("interactive", body)] * 2)
    world.settle()
    assert of_watching(world) == ["plan.written", "readings.given", "case.under_reassessment"]
    assert len(thread.case.measurements) == 1
    assert sum("*Past its limit*" in text for text in thread.texts()) == 1


def test_f23_a_plan_handed_in_twice(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    presses(ana, Action.WRITE_PLAN)
    body = window(ana)
    at_once(*[lambda: ana.hands._send("interactive", body)] * 2)
    world.settle()
    assert of_watching(world) == ["plan.written"]
    assert len(thread.case.plans) == 1


def test_f24_two_report_at_once(world: World) -> None:
    """One is past the limit and one within: exactly one counts, and the other reads who reported."""
    thread, ana, cleo = watched(world, CLEO), world.person(ANA), world.person(CLEO)
    bodies = [
        (ana, filled(ana, figure_1="7", figure_2="95")),
        (cleo, filled(cleo, figure_1="1", figure_2="95")),
    ]
    came = at_once(*(lambda p=p, b=b: p.hands._send("interactive", b) for p, b in bodies))
    world.settle()
    (made,) = thread.case.measurements
    by = world.bot.directory.user(made.by)
    assert thread.case.in_use == (by == CLEO)
    assert [what for what in world.trail() if what.endswith(".refused")] == ["give_readings.refused"]
    slower = str(came[0] if by == CLEO else came[1])
    assert "Somebody has reported since you opened this" in slower
    assert f"<@{by}>" in slower
    assert world.differences() == []


def test_f24_two_write_a_plan_at_once(world: World) -> None:
    thread, ana, ben = approved(world), world.person(ANA), world.person(BEN)
    bodies = []
    for person in (ana, ben):
        presses(person, Action.WRITE_PLAN)
        bodies.append((person, window(person)))
    at_once(*(lambda p=p, b=b: p.hands._send("interactive", b) for p, b in bodies))
    world.settle()
    assert len(thread.case.plans) == 1
    assert [what for what in world.trail() if what.endswith(".refused")] == ["write_plan.refused"]
    assert world.differences() == []


def test_f25_the_first_press_after_a_restart(alone: World) -> None:
    thread = watched(alone, CLEO)
    alone.passes(days=8)
    alone.restart()
    cleo = alone.person(CLEO)
    message, element = asked(cleo)
    assert press_drawn(cleo, message, element)
    alone.restart()
    assert hands_in(cleo, figure_1="1", figure_2="95") is None
    assert len(thread.case.measurements) == 1


@both
def test_f26_who_has_no_say(alone: World, wish: Action) -> None:
    thread, dan = watched(alone), alone.person(DAN)
    before, lines = thread.case, len(alone.trail())
    assert forged(dan, thread, wish)
    assert dan.hands.view() is None
    assert "Whoever answers for this use" in dan.told() or "Somebody else reports" in dan.told()
    assert thread.case == before
    assert alone.trail()[lines:] == [f"{wish.value}.refused"]


def test_f26_somebody_else_is_named_while_the_window_stands_open(alone: World) -> None:
    thread, cleo, ana = watched(alone, CLEO), alone.person(CLEO), alone.person(ANA)
    late = filled(cleo, figure_1="1", figure_2="95")
    assert plans(ana, monitor=EVE) is None
    assert interacts(cleo, late)
    assert thread.case.measurements == ()
    assert alone.trail()[-1] == "give_readings.refused"


def test_f26_a_guest_by_now_hands_nothing_in(alone: World) -> None:
    thread, cleo = watched(alone, CLEO), alone.person(CLEO)
    late = filled(cleo, figure_1="1", figure_2="95")
    with alone.workspace.lock:
        guest = alone.workspace.person(CLEO)
        guest.is_restricted = True
        told = guest.payload(alone.workspace.team, alone.clock.moment())
    alone.raises({"type": "user_change", "user": told, "event_ts": "1.1"})
    assert interacts(cleo, late)
    assert thread.case.measurements == ()


@pytest.mark.parametrize("settings", [{"roles.vendor_manager": [EVE]}], ids=["vendor manager"])
def test_f27_nobody_loosens_what_holds_themselves(alone: World) -> None:
    """Of high risk: whose use it is reads who can; the others are told when that one has."""
    thread, ana, cleo = bound(alone), alone.person(ANA), alone.person(CLEO)
    assert plans(ana) is None
    assert plans(ana, **{"limit.1": "9"}) == {
        "limit.1": "A wider limit, a measure less or rarer reports: at high risk, somebody else who decides about "
        "this use writes that. Everything else you can change."
    }
    assert alone.trail()[-1] == "write_plan.refused"
    assert [plan.measures[0].limit for plan in thread.case.plans] == ["3"]
    ana.hands.closes_view()
    assert plans(cleo, **{"limit.1": "9"}) is None
    assert [plan.measures[0].limit for plan in thread.case.plans] == ["3", "9"]
    assert "wrote by what" in thread.last


def test_f27_what_one_reported_oneself_one_does_not_decide(alone: World) -> None:
    named(alone, BEN, EVE)
    thread, ben = alone.person(BEN).asks().submitted(), alone.person(BEN)
    assert alone.person(EVE).decides(Action.APPROVE, reason="Fits.") is None
    assert plans(ben) is None
    filled(ben)
    assert hands_in(ben, figure_1="7", figure_2="95") is None
    assert thread.case.status is Status.in_review
    assert press_forged(ben, Action.APPROVE, Press(case=thread.case.id))
    assert "somebody else has to decide" in ben.told()
    assert thread.case.status is Status.in_review


@by_group
def test_f28_left_the_group_while_the_window_stands_open(alone: World) -> None:
    thread, eve = approved(alone), alone.person(EVE)
    presses(eve, Action.WRITE_PLAN)
    late = window(eve)
    named(alone, BEN)
    assert interacts(eve, late)
    assert thread.case.plans == ()
    assert alone.trail()[-1] == "write_plan.refused"


@both
def test_f29_a_press_from_another_organisation(alone: World, wish: Action) -> None:
    thread, ben = watched(alone, BEN), alone.person(BEN)
    before = thread.case
    assert forged(ben, thread, wish, team_id="T0OTHER")
    assert ben.hands.view() is None
    assert thread.case == before
    assert alone.trail()[-1] == f"{wish.value}.refused"


def test_f30_what_was_reported_is_asked_of_nobody_any_more(alone: World) -> None:
    """By the owner instead of whoever is named: their message loses its button by itself, and a press reads why."""
    thread, ana, cleo = watched(alone, CLEO), alone.person(ANA), alone.person(CLEO)
    alone.passes(days=8)
    message, element = asked(cleo)
    late = filled(cleo, figure_1="1", figure_2="95")
    presses(ana, Action.GIVE_READINGS)
    assert hands_in(ana, figure_1="2", figure_2="95") is None
    assert asks_for(cleo) == []
    assert "not needed any more" in words(cleo.dm()[-1])
    assert interacts(cleo, late)
    assert len(thread.case.measurements) == 1
    assert alone.trail()[-1] == "give_readings.refused"
    assert press_drawn(cleo, message, element), "the window shows what is there now"
    assert "so far: 2" in cleo.window()


def test_f30_a_use_that_is_over_asks_no_more(alone: World) -> None:
    thread, cleo = watched(alone, CLEO), alone.person(CLEO)
    alone.passes(days=8)
    assert asks_for(cleo)
    assert reports(cleo, figure_1="7", figure_2="95") is None
    cleo.hands.closes_view()
    assert alone.person(BEN).decides(Action.DECLINE, reason="Too many.") is None
    before = thread.case
    assert asks_for(cleo) == []
    for wish, says in (
        (Action.GIVE_READINGS, "nothing to report here"),
        (Action.WRITE_PLAN, "decides about it"),
    ):
        assert forged(cleo, thread, wish)
        assert cleo.hands.view() is None
        assert says in cleo.told()
    assert thread.case == before


def test_f30_whoever_is_not_named_any_more_is_asked_no_more(alone: World) -> None:
    thread, cleo = watched(alone, CLEO), alone.person(CLEO)
    alone.passes(days=8)
    assert asks_for(cleo)
    assert plans(alone.person(ANA), monitor=EVE) is None
    assert asks_for(cleo) == []
    alone.passes(days=1)
    assert asks_for(alone.person(EVE)), "the next one is asked"
    assert thread.case.measurements == ()


@pytest.fixture
def wired(sqlite_databases: Databases) -> Iterator[Wired]:
    wired = Wired(sqlite_databases.copy())
    try:
        wired.open()
        yield wired
        assert wired.is_untouched()
    finally:
        wired.close()


def test_f31_the_older_update_is_slower(wired: Wired) -> None:
    """A value opens it again, and that is declined: the card that asks hangs, and a second worker is idle."""
    thread, front = watched(wired), wired.bot.front
    case, ana, ben = thread.case, front.person(Who(TEAM, ANA)), front.person(Who(TEAM, BEN))
    readings = (Reading(number=1, value="7"), Reading(number=2, value="95"))
    give = GiveReadings(actor=ana, key="gives", case=case.id, plan=case.plans[0].id, readings=readings)
    decline = Decline(actor=ben, key="declines", case=case.id, reason="No")
    with overtaken(wired, lambda: front.do(give), lambda: front.do(decline), CARDS.encode(), b'"ts"'):
        assert thread.case.status is Status.declined
        (card,) = wired.cards()
        assert "eclined" in words(card)
        assert buttons(card) == []


def test_f29_nobody_from_outside_is_asked_to_report(alone: World) -> None:
    thread, ana = approved(alone), alone.person(ANA)
    with alone.workspace.lock:
        alone.workspace.people[DAN].is_restricted = True
    assert plans(ana, monitor=DAN) == {"monitor": "Only colleagues can do that."}
    assert thread.case.plans == ()
