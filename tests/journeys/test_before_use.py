"""The plan and the tests of a use in Slack: asked of its owner after the yes, done with its last page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.keeping import keep
from bot.library import library
from bot.proof import prove
from bot.slack.ids import Action
from store.replaying import replay as replayed
from store.replaying import verdicts
from store.shelf import Shelf
from tests.journeys.test_assess import drawn, fields
from tests.journeys.test_onward import LINK, PEOPLE, all_done, approved, desk, names, pressed
from tests.journeys.test_whole_life import ROLES
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, HARMLESS, World
from tests.slack_world.somebody import Somebody
from tests.slack_world.thread import Thread
from triage.case import Status
from triage.schemes import BY_TASK
from triage.stages import Stage
from triage.tasks import left, tasks_of
from triage.whereabouts import stage_of

MEDIUM = HARMLESS | {"data": "client_owned"}
PLAN: dict[str, Any] = {
    "benefit": "An hour a day",
    "alternatives": ["without_ai", "other_tool"],
    "because": "<!channel> it knows our language",
    "learns": "no",
    "several": "no",
    "level": "regular",
    "leaning": ["own_view"],
    "fallback": "this_year",
    "fallback_day": "In May",
}
WITHIN, BEYOND = (f"Gap between two groups | at most 3 % | {result}" for result in ("2,5 %", "3.01 %"))
TESTS = {f"{kind}_tests": WITHIN for kind in ("performance", "fairness", "safety")} | {
    "fairness_about": "people",
    "where": "In the wiki",
}


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    made = World(database_url, settings={"policies": ["before-use"], **ROLES}).open()
    keep(made.store, library())
    yield made
    made.close()


def writes(thread: Thread, name: str, answers: dict[str, Any]) -> dict[str, Any]:
    """From the button below what is still needed; the view that stands at the end."""
    thread.presses(Action.ASSESS, having=name)
    view = hands_in(thread.person, {})
    while fields(view):
        view = hands_in(thread.person, answers)
    return view


def hands_in(person: Somebody, answers: dict[str, Any]) -> dict[str, Any]:
    for question in fields(drawn(person)):
        if question in answers:
            person.hands.fills(**{question: answers[question]})
    assert person.hands.submits() is None, person.told()
    person.world.settle()
    return drawn(person)


def test_low_risk_hears_nothing_of_it(world: World) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS)
    world.person(BEN).decides(Action.APPROVE, reason="Fits.")
    assert thread.case.status is Status.approved
    assert not {task.task for task in tasks_of(thread.case)} & set(BY_TASK)
    assert "Plan of the use" not in str(world.person(ANA).dm())


def test_medium_risk_says_why_this_one_in_one_page_before_it_goes_live(world: World) -> None:
    thread = world.person(ANA).asks().submitted(MEDIUM)
    for user in (BEN, CLEO, DAN, EVE):
        if thread.case.status is not Status.approved and world.cards(user):
            world.person(user).decides(Action.APPROVE, reason="Fits.")
    assert thread.case.status is Status.approved
    all_done(world, thread)
    thread.presses(Action.MOVE_ON, having="pilot")
    assert "It is settled why this one, and how it is kept in hand" in thread.last
    thread.presses(Action.DO_TASK)
    assert "why this one" not in str(drawn(thread.person)["blocks"][1:]), "it is answered, not stated"
    thread.person.hands.closes_view()
    view = writes(thread, "use-plan", PLAN | {"alternatives": ["other_tool"], "because": ""})
    assert "Look at a way without AI" not in str(view), "not all of it is answered yet"
    view = writes(thread, "use-plan", PLAN | {"alternatives": ["other_tool"]})
    assert "Look at a way without AI" in str(view)
    assert "use_plan" in {task.task for task in left(thread.case, desk(thread))}
    view = writes(thread, "use-plan", PLAN | {"learns": "unsure"})
    assert "One answer is not sure" in str(view)
    view = writes(thread, "use-plan", PLAN)
    assert "All of it is there" in str(view)
    assert "use_plan" not in {task.task for task in left(thread.case, desk(thread))}
    shown = thread.person.steward(f"show {thread.case.ref}")
    assert "done, says <@U0ANA>" in shown
    assert "&lt;!channel&gt;" not in view["title"]["text"]
    is_proven(world)


def test_high_risk_goes_live_with_passed_tests_and_not_after_they_changed(world: World) -> None:
    thread = approved(world)
    all_done(world, thread)
    thread.presses(Action.MOVE_ON, having="pilot")
    for task in [t.task for t in left(thread.case, desk(thread)) if t.task not in BY_TASK]:
        if task in PEOPLE:
            assert names(thread, task, PEOPLE[task]) is None
            assert pressed(world.person(PEOPLE[task]), Action.ACCEPT_PART)
        else:
            thread.presses(Action.DO_TASK)
            thread.person.hands.fills(task=task, link=LINK)
            assert thread.person.hands.submits() is None
            thread.person.hands.closes_view()
            world.settle()
    view = writes(thread, "use-plan", PLAN | {"fallback": "never"})
    assert "Try the work without it once" in str(view)
    writes(thread, "use-plan", PLAN)
    view = writes(thread, "use-tests", TESTS | {"fairness_tests": BEYOND})
    assert "It is not fair enough, by its figures" in str(view)
    assert not thread.offers(Action.MOVE_ON)
    writes(thread, "use-tests", TESTS)
    assert not left(thread.case, desk(thread))
    message, element = thread.find(Action.MOVE_ON, having="in_use")
    again(world.person(ANA), thread, TESTS | {"safety_tests": f"{WITHIN}\n{BEYOND}"})
    thread.again(message, element)
    world.settle()
    assert stage_of(thread.case) is Stage.pilot
    assert "something in the Tests of the use is open" in world.person(ANA).told()
    again(world.person(ANA), thread, TESTS)
    thread.again(message, element)
    world.settle()
    assert stage_of(thread.case) is Stage.in_use
    is_proven(world)


def again(person: Somebody, thread: Thread, answers: dict[str, Any]) -> dict[str, Any]:
    """Once it is done it is opened by name."""
    person.steward(f"assess {thread.case.ref}")
    person.hands.clicks_view(f"{Action.ASSESS_PAGE.value}.0")
    person.world.settle()
    view = hands_in(person, {})
    while fields(view):
        view = hands_in(person, answers)
    return view


def is_proven(world: World) -> None:
    assert world.differences() == []
    with world.store.read() as session:
        assert prove(session).ok, prove(session)
        assert not any(each.problem for each in replayed(session, Shelf(), verdicts(session)))
