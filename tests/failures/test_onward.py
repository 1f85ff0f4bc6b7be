"""F23 to F31 on the way from a yes to the end of a use: the next stage, a part, a task done, a stop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.demo.player import elements
from bot.sandbox.reading import words
from bot.slack.ids import Action, Press
from bot.slack.payloads import Who
from store import people
from tests.databases import Databases
from tests.failures.acts import at_once, buttons, press_forged
from tests.failures.test_changed import window
from tests.failures.wire import Wired, overtaken
from tests.journeys.test_changing import confirms, looks
from tests.journeys.test_onward import LINK, PEOPLE, all_done, approved, names, offers
from tests.journeys.test_whole_life import ROLES
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, Somebody, World
from tests.slack_world.people import CARDS, FINDER
from tests.slack_world.thread import Shown, Thread
from triage.case import Case, Status
from triage.onward import AcceptPart, DoTask
from triage.stages import Stage
from triage.whereabouts import stage_of

OF_OWNER = (Action.MOVE_ON, Action.DO_TASK, Action.APPOINT)
OF_NAMED = (Action.ACCEPT_PART, Action.REFUSE_PART)
ALL = (*OF_OWNER, *OF_NAMED, Action.STOP_USE)
all_wishes = pytest.mark.parametrize("wish", ALL, ids=lambda wish: wish.value)
SAYS = {
    **dict.fromkeys(OF_OWNER, "Whoever owns this use moves it on"),
    Action.ACCEPT_PART: "You were not asked to do that",
    Action.REFUSE_PART: "That is not asked any more",
    Action.STOP_USE: "Only whoever oversees this use stops it",
}


@pytest.fixture
def settings() -> dict[str, Any]:
    return ROLES


def asked(world: World) -> Thread:
    """Approved, and Ben asked to oversee it."""
    thread = approved(world)
    assert names(thread, "overseer", BEN) is None
    return thread


def overseen(world: World) -> Thread:
    thread = asked(world)
    assert presses(world.person(BEN), *newest(world.person(BEN), Action.ACCEPT_PART))
    world.settle()
    return thread


def before(world: World, wish: Action) -> Thread:
    """As far as it takes for the wish to make sense."""
    if wish is not Action.MOVE_ON:
        return overseen(world) if wish is Action.STOP_USE else asked(world)
    thread = approved(world)
    all_done(world, thread)
    return thread


def newest(person: Somebody, action: Action) -> tuple[Shown, Shown]:
    """Of this person's messages the newest that offers it."""
    for message in reversed(person.dm()):
        for element in elements(message):
            if str(element.get("action_id", "")).partition(".")[0] == action.value:
                return message, element
    raise AssertionError(f"nothing offers {action}")


def presses(person: Somebody, message: Shown, element: Shown) -> bool:
    """As it once was drawn in their direct messages, whatever stands there by now."""
    return Thread(person, message["ts"]).presses_as_it_was(message, element)


def choice(case: Case, wish: Action) -> str:
    if wish is Action.MOVE_ON:
        return "pilot"
    named = [each.id for each in case.appointments if each.kind == "named" and each.task == "overseer"]
    return named[-1] if wish in OF_NAMED and named else ""


def forged(person: Somebody, thread: Thread, wish: Action, **change: str) -> bool:
    """Pressed as any message could have shown it; `change`: parts of who pressed."""
    press = Press(case=thread.case.id, choice=choice(thread.case, wish))
    return press_forged(person, wish, press, **change)


def said(case: Case) -> list[str]:
    return [each.kind for each in case.appointments if each.task == "overseer"]


def test_f23_a_double_click_on_go(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    all_done(world, thread)
    drawn = thread.find(Action.MOVE_ON, having="pilot")
    at_once(*[lambda: presses(ana, *drawn)] * 2)
    world.settle()
    assert [move.to for move in thread.case.stage_moves] == [Stage.idea, Stage.pilot]
    assert world.trail().count("stage.moved") == 1


def test_f23_a_double_click_on_a_yes(world: World) -> None:
    thread, ben = asked(world), world.person(BEN)
    drawn = newest(ben, Action.ACCEPT_PART)
    at_once(*[lambda: presses(ben, *drawn)] * 2)
    world.settle()
    assert said(thread.case) == ["named", "accepted"]
    assert sum("is now the overseer" in text for text in thread.texts()) == 1


def test_f23_a_task_handed_in_twice(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    thread.presses(Action.DO_TASK)
    ana.hands.fills(task="supplier_check", link=LINK)
    body = window(ana)
    at_once(*[lambda: ana.hands._send("interactive", body)] * 2)
    world.settle()
    assert [step.kind for step in thread.case.task_steps].count("done") == 1


def test_f24_a_yes_against_a_no_of_the_same_person(world: World) -> None:
    """Two windows of one person: whichever comes first counts, and both stand in the trail."""
    thread, ben = asked(world), world.person(BEN)
    no = newest(ben, Action.REFUSE_PART)
    assert presses(ben, *no)
    ben.hands.fills(reason="I do not know it.")
    body, yes = window(ben), newest(ben, Action.ACCEPT_PART)
    at_once(lambda: ben.hands._send("interactive", body), lambda: presses(ben, *yes))
    world.settle()
    assert said(thread.case) in (["named", "refused"], ["named", "accepted", "refused"])
    assert world.differences() == []


@all_wishes
def test_f25_the_first_click_after_a_restart(alone: World, wish: Action) -> None:
    thread = before(alone, wish)
    alone.restart()
    person = alone.person(ANA if wish in OF_OWNER else BEN)
    was = thread.case
    assert forged(person, thread, wish)
    alone.settle()
    assert person.hands.view() is not None or thread.case != was


@all_wishes
def test_f26_whose_it_is_not(alone: World, wish: Action) -> None:
    thread, cleo = asked(alone), alone.person(CLEO)
    before, lines = thread.case, len(alone.trail())
    assert forged(cleo, thread, wish), "acknowledged"
    assert cleo.hands.view() is None
    assert SAYS[wish] in cleo.told()
    assert thread.case == before
    assert alone.trail()[lines:] == [f"{wish.value}.refused"]


def test_f27_nobody_oversees_their_own(alone: World) -> None:
    """Not as they name themselves, and not as they come to own what they oversee."""
    thread = overseen(alone)
    assert names(thread, "overseer", ANA) is not None
    looks(alone.person(ANA), thread, owner=BEN)
    confirms(alone.person(ANA))
    assert thread.case.owner == alone.bot.front.person(Who(TEAM, BEN))
    assert forged(alone.person(BEN), thread, Action.STOP_USE)
    assert alone.person(BEN).hands.view() is None
    assert thread.case.in_use


def test_f28_who_has_left_holds_nothing(alone: World) -> None:
    """Between the yes and the click the account was closed: the gate that they opened is shut."""
    thread = approved(alone)
    all_done(alone, thread)
    message, element = thread.find(Action.MOVE_ON, having="pilot")
    with alone.store.write() as session:
        now = alone.store.now()
        people.person(session, team=TEAM, slack_user=PEOPLE["overseer"], now=now, deleted=True)
    assert thread.again(message, element)
    alone.settle()
    assert "Somebody watches over it" in alone.person(ANA).told()
    assert stage_of(thread.case) is Stage.idea
    assert alone.trail()[-1] == "move_on.refused"


@all_wishes
def test_f29_a_press_from_another_organisation(alone: World, wish: Action) -> None:
    thread = before(alone, wish)
    person, was = alone.person(ANA if wish in OF_OWNER else BEN), thread.case
    alone.workspace.channels[CARDS].members.append(person.user)
    assert forged(person, thread, wish, team_id="T0OTHER")
    assert person.hands.view() is None
    assert thread.case == was
    assert alone.trail()[-1] == f"{wish.value}.refused"


def test_f30_a_gate_that_shuts_takes_the_button_away(alone: World) -> None:
    """What changed opens it again: the way on goes without a click, and a click in between reads why."""
    thread, ana = approved(alone), alone.person(ANA)
    all_done(alone, thread)
    message, element = thread.find(Action.MOVE_ON, having="pilot")
    looks(ana, thread, purpose="Find applications that came in twice, and rank the rest")
    confirms(ana)
    assert thread.case.status is Status.in_review
    assert not thread.offers(Action.MOVE_ON)
    assert thread.presses_as_it_was(message, element)
    assert "no approval that holds today" in ana.told()
    assert stage_of(thread.case) is Stage.idea


def test_f30_a_naming_that_is_over_takes_the_buttons_away(alone: World) -> None:
    thread, ben = asked(alone), alone.person(BEN)
    message, element = newest(ben, Action.ACCEPT_PART)
    assert names(thread, "overseer", DAN) is None
    assert not offers(ben, Action.ACCEPT_PART)
    assert presses(ben, message, element)
    alone.settle()
    assert "That is not asked any more" in ben.told()
    assert said(thread.case) == ["named", "named"]


@pytest.fixture
def wired(sqlite_databases: Databases, settings: dict[str, Any]) -> Iterator[Wired]:
    wired = Wired(sqlite_databases.copy(), settings=settings)
    try:
        wired.open()
        yield wired
        assert wired.is_untouched()
    finally:
        wired.close()


def test_f31_the_older_update_is_slower(wired: Wired) -> None:
    """A task is done and then the part taken; what is left stands in the thread as it is at the end."""
    thread, front = approved(wired), wired.bot.front
    ana, case = front.person(Who(TEAM, ANA)), thread.case
    (named,) = case.appointments
    done = DoTask(actor=ana, key="done", case=case.id, task="supplier_check", words="Looked at.")
    yes = AcceptPart(actor=ana, key="yes", case=case.id, appointment=named.id)
    with overtaken(wired, lambda: front.do(done), lambda: front.do(yes), b"still needed", b'"ts"'):
        assert "Somebody stands in for the owner" in words(thread.shown()[-1])
        assert "The supplier" not in words(thread.shown()[-1])
        assert Action.ACCEPT_PART.value not in buttons(thread.shown()[-1])


def test_the_story_here_is_of_high_risk() -> None:
    """Else nobody would have to be named."""
    assert {"area", "function"} <= FINDER.keys()
    assert EVE not in PEOPLE.values()


def test_f29_nobody_from_outside_is_given_a_part(alone: World) -> None:
    """They became a guest a moment ago, and nobody told us."""
    thread = approved(alone)
    with alone.workspace.lock:
        alone.workspace.people[DAN].is_restricted = True
    assert names(thread, "overseer", DAN) == {"person": "Only colleagues can do that."}
    assert [each for each in thread.case.appointments if each.task == "overseer"] == []
