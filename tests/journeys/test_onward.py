"""A use of high risk from its yes to its go-live and to its end: what is missing is said, nothing moves by itself."""

from __future__ import annotations

import pytest

from bot.cli.story import story, told
from bot.demo.player import elements
from bot.sandbox.reading import words
from bot.slack.ids import Action
from bot.words import Words
from tests.journeys.test_whole_life import ROLES
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, Somebody, World
from tests.slack_world.people import FINDER
from tests.slack_world.thread import Thread
from triage.case import Status
from triage.desk import Desk
from triage.stages import Stage
from triage.tasks import left, tasks_of
from triage.whereabouts import stage_of

LINK = "https://wiki.example.org/paper"
PEOPLE = {"deputy": DAN, "overseer": BEN, "monitor": BEN}
each_their_own = pytest.mark.parametrize("settings", [ROLES], ids=["each their own"])


def approved(world: World) -> Thread:
    thread = world.person(ANA).asks().submitted(FINDER)
    for user in (EVE, DAN, CLEO):
        assert world.person(user).decides(Action.APPROVE, reason="Fits.") is None
    assert thread.case.status is Status.approved
    return thread


def desk(thread: Thread) -> Desk:
    return thread.person.world.bot.front.desk()


def does(thread: Thread, task: str) -> None:
    thread.presses(Action.DO_TASK)
    thread.person.hands.fills(task=task, link=LINK)
    assert thread.person.hands.submits() is None
    said = "All of it is there now." if not left(thread.case, desk(thread)) else "I tell you when all of it"
    assert said in thread.person.window()
    thread.person.hands.closes_view()
    thread.person.world.settle()


def names(thread: Thread, part: str, user: str) -> dict[str, str] | None:
    thread.presses(Action.APPOINT)
    thread.person.hands.fills(task=part, person=user)
    problems = thread.person.hands.submits()
    thread.person.hands.closes_view()
    thread.person.world.settle()
    return problems


def pressed(person: Somebody, action: Action) -> bool:
    """The newest message of theirs that offers it."""
    for message in reversed(person.dm()):
        for element in elements(message):
            if str(element.get("action_id", "")).partition(".")[0] == action.value:
                value = element.get("value")
                done = person.hands.clicks("dm", message["ts"], element["action_id"], value=value)
                person.world.settle()
                return done
    raise AssertionError(f"nothing offers {action}")


def offers(person: Somebody, action: Action) -> bool:
    ids = [str(e.get("action_id", "")) for message in person.dm() for e in elements(message)]
    return any(name.partition(".")[0] == action.value for name in ids)


def all_done(world: World, thread: Thread) -> None:
    for task in [task.task for task in tasks_of(thread.case) if task.done is None]:
        if any(a.task == task and a.kind == "accepted" for a in thread.case.appointments):
            continue
        if task == "owner":
            thread.presses(Action.ACCEPT_PART)
        elif task in PEOPLE:
            assert names(thread, task, PEOPLE[task]) is None
            assert pressed(world.person(PEOPLE[task]), Action.ACCEPT_PART)
        else:
            does(thread, task)


@each_their_own
def test_from_the_yes_to_the_end(world: World) -> None:
    thread = approved(world)
    ana, ben = world.person(ANA), world.person(BEN)
    assert "Before its pilot this is still needed" in thread.last
    assert "4 things before its pilot can start." in ana.home()
    assert not thread.offers(Action.MOVE_ON)
    all_done(world, thread)
    assert "you can start the pilot" in thread.last
    assert stage_of(thread.case) is Stage.idea, "nothing moves by itself"
    assert "things before" not in ana.home()

    thread.presses(Action.MOVE_ON, having="pilot")
    assert stage_of(thread.case) is Stage.pilot
    assert "its pilot begins" in words(ben.dm()[-1])
    assert "Before it goes live this is still needed" in thread.last
    all_done(world, thread)
    thread.presses(Action.MOVE_ON, having="in_use")
    assert stage_of(thread.case) is Stage.in_use
    shown = ana.steward(f"show {thread.case.ref}")
    assert "Stage: in use" in shown
    assert "It was tested, with the results: done, says <@U0ANA>" in shown
    assert "wiki.example.org/paper" in shown

    ana.clicks("Retire it", where="general")
    assert stage_of(thread.case) is Stage.retiring
    assert "Before that is done this is still needed" in thread.last
    all_done(world, thread)
    thread.presses(Action.MOVE_ON, having="retired")
    assert thread.case.status is Status.retired
    assert "please do not use it any more" in words(ben.dm()[-1])
    assert world.differences() == []
    assert world.is_untouched()
    with world.store.read() as session:
        lines = list(story(told(session, thread.case.ref or ""), Words(), everything=False))
    whole = "\n".join(lines)
    for said in (
        "moved it on; it was",
        "said that this is done: data deleted",
        "accepted to be the owner",
        "retired it",
    ):
        assert said in whole


@each_their_own
def test_whoever_oversees_it_stops_it_at_once(world: World) -> None:
    thread = approved(world)
    assert names(thread, "overseer", ANA) is not None, "nobody oversees their own"
    all_done(world, thread)
    ben = world.person(BEN)
    ben.steward(f"show {thread.case.ref}")
    ben.clicks("Stop it", where="general")
    ben.hands.fills(reason="It insults people.")
    assert ben.hands.submits() is None
    world.settle()
    assert thread.case.status is Status.in_review
    assert "stopped it" in thread.last
    (card,) = world.cards()
    assert "It insults people." in world.below(card)[-1]
    assert not thread.offers(Action.MOVE_ON), "the way on went with the approval"
    assert world.differences() == []


@each_their_own
def test_a_part_refused_is_named_anew(world: World) -> None:
    thread = approved(world)
    assert names(thread, "overseer", BEN) is None
    ben = world.person(BEN)
    assert pressed(ben, Action.REFUSE_PART)
    ben.hands.fills(reason="I do not know it.")
    assert ben.hands.submits() is None
    world.settle()
    assert "I do not know it." in thread.last
    assert not offers(ben, Action.ACCEPT_PART), "what is over cannot be pressed any more"
    assert names(thread, "overseer", EVE) is None
    assert world.differences() == []
