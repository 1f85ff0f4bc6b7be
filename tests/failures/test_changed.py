"""F23 to F31 for saying that something changed: pressed on one's own card, shown, then confirmed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.sandbox import payloads
from bot.slack.ids import Action, Press
from bot.slack.payloads import Who
from intake.answers import answered
from tests.databases import Databases
from tests.failures.acts import at_once, buttons, interacts, press_forged
from tests.failures.test_decisions import by_group, named
from tests.failures.wire import Wired, overtaken
from tests.journeys.test_changing import approved, confirms, looks
from tests.slack_world import ANA, BEN, CARDS, EVE, TEAM, Somebody, World, words
from tests.slack_world.thread import Thread
from triage.afterwards import Change
from triage.case import Status
from triage.commands import Decline
from triage.covering import Effect


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
    """What changed opens it again, and that is declined: the card that asks hangs, and a second worker is idle."""
    thread, front = approved(wired), wired.bot.front
    case, ana, ben = thread.case, front.person(Who(TEAM, ANA)), front.person(Who(TEAM, BEN))
    answers = {"purpose": answered("Choose whom to invite")}
    change = Change(
        actor=ana,
        key="changes",
        case=case.id,
        version=case.version,
        answers=answers,
        effect=Effect.lapses.value,
    )
    decline = Decline(actor=ben, key="declines", case=case.id, reason="No")
    with overtaken(wired, lambda: front.do(change), lambda: front.do(decline), CARDS.encode(), b'"ts"'):
        assert thread.case.status is Status.declined
        (card,) = wired.cards()
        assert "eclined" in words(card)
        assert buttons(card) == []


@by_group
def test_f28_left_the_group_before_what_changed_is_decided(alone: World) -> None:
    """Whoever said yes to what it was has no say any more in what it is now."""
    named(alone, BEN, EVE)
    thread = alone.person(ANA).asks().submitted()
    assert alone.person(EVE).decides(Action.APPROVE, reason="Fits.") is None
    looks(alone.person(ANA), thread, purpose="Choose whom to invite")
    confirms(alone.person(ANA))
    eve, before = alone.person(EVE), thread.case
    named(alone, BEN)
    assert press_forged(eve, Action.APPROVE, Press(case=thread.case.id))
    assert eve.hands.view() is None
    assert f"<@{BEN}> can do it" in eve.told()
    assert thread.case == before
    assert before.status is Status.in_review
