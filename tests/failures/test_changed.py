"""F23 to F30 for saying that something changed: pressed on one's own card, shown, then confirmed."""

from __future__ import annotations

from bot.sandbox import payloads
from bot.slack.ids import Action, Press
from tests.failures.acts import at_once, interacts, press_forged
from tests.failures.test_decisions import named
from tests.journeys.test_changing import approved, confirms, looks
from tests.slack_world import ANA, BEN, EVE, Somebody, World
from tests.slack_world.thread import Thread
from triage.case import Status


def said(world: World) -> list[str]:
    return [what for what in world.trail() if what.startswith(("use.changed", "answer.changed", "change"))]


def window(person: Somebody) -> dict[str, object]:
    """What handing in the window in front sends."""
    ws = person.world.workspace
    with ws.lock:
        view = ws.views.top(person.user)
        assert view is not None
        return payloads.submission(ws, view)


def forged(person: Somebody, thread: Thread, **change: str) -> bool:
    return press_forged(person, Action.CHANGE, Press(case=thread.case.id), **change)


def test_f23_the_last_step_handed_in_twice(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    looks(ana, thread, unit="People")
    body = window(ana)
    at_once(*[lambda: ana.hands._send("interactive", body)] * 2)
    world.settle()
    assert said(world) == ["use.changed", "answer.changed"]
    assert thread.case.unit == "People"


def test_f24_two_changes_at_once(world: World) -> None:
    """Whoever is second is told that it was changed since, and sees what is there now."""
    thread, ana = approved(world), world.person(ANA)
    looks(ana, thread, unit="People")
    first = window(ana)
    looks(ana, thread, unit="Finance")
    second = window(ana)
    at_once(*(lambda body=body: ana.hands._send("interactive", body) for body in (first, second)))
    world.settle()
    assert said(world) == ["use.changed", "answer.changed", "change.refused"]
    assert world.differences() == []


def test_f25_the_first_press_and_the_last_step_after_a_restart(alone: World) -> None:
    thread, ana = approved(alone), alone.person(ANA)
    alone.restart()
    looks(ana, thread, unit="People")
    alone.restart()
    assert "the approval stands" in confirms(ana)
    assert thread.case.unit == "People"


def test_f26_whose_use_it_is_not(alone: World) -> None:
    thread, ben = approved(alone), alone.person(BEN)
    before, lines = thread.case, len(alone.trail())
    assert forged(ben, thread)
    assert ben.hands.view() is None
    assert "Whoever asked for this use or answers for it" in ben.told()
    assert thread.case == before
    assert alone.trail()[lines:] == ["change.refused"]


def own(world: World) -> Thread:
    """Of somebody who holds the role, decided by another who does."""
    named(world, BEN, EVE)
    thread = world.person(BEN).asks().submitted()
    assert world.person(EVE).decides(Action.APPROVE, reason="Fits.") is None
    return thread


def test_f27_saying_so_decides_nothing(alone: World) -> None:
    """Whoever changed their own use cannot say yes to it either."""
    thread, ben = own(alone), alone.person(BEN)
    looks(ben, thread, purpose="Choose whom to invite")
    confirms(ben)
    assert press_forged(ben, Action.APPROVE, Press(case=thread.case.id))
    assert ben.hands.view() is None or "Approve" not in ben.window()
    assert "somebody else has to decide" in ben.told()
    assert thread.case.status is Status.in_review


def test_f29_a_press_from_another_organisation(alone: World) -> None:
    thread, ben = own(alone), alone.person(BEN)
    before = thread.case
    assert forged(ben, thread, team_id="T0OTHER")
    assert ben.hands.view() is None
    assert thread.case == before
    assert alone.trail()[-1] == "change.refused"


def test_f30_a_press_after_it_was_opened_again(alone: World) -> None:
    """The card lost the button by itself; a window that was open before changes nothing."""
    thread, ana = approved(alone), alone.person(ANA)
    message, element = thread.find(Action.CHANGE)
    looks(ana, thread, unit="People")
    late = window(ana)
    looks(ana, thread, purpose="Choose whom to invite")
    confirms(ana)
    assert not thread.offers(Action.CHANGE)
    before = thread.case
    assert thread.presses_as_it_was(message, element)
    assert "This is being decided just now" in ana.told()
    assert interacts(ana, late)
    assert thread.case == before
    assert alone.trail()[-2:] == ["change.refused", "change.refused"]
