"""What whoever builds a system writes down before it goes live, in Slack; who only uses one is asked nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.keeping import keep
from bot.library import library
from bot.proof import prove
from bot.slack.ids import Action
from store import audit, coverage
from store.replaying import replay as replayed
from store.replaying import verdicts
from store.shelf import Shelf
from tests.journeys.test_assess import drawn, fields, section
from tests.journeys.test_before_use import hands_in
from tests.journeys.test_onward import LINK, PEOPLE, all_done, desk, names, pressed
from tests.journeys.test_whole_life import ROLES
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, HARMLESS, World
from tests.slack_world.people import FINDER
from tests.slack_world.somebody import Somebody
from tests.slack_world.thread import Thread
from triage.case import Status
from triage.schemes import BY_TASK
from triage.stages import Stage
from triage.tasks import left, tasks_of
from triage.whereabouts import stage_of

BUILT = FINDER | {"kind": "build", "base_model": "fine_tune"}
HOSTILE = "<!channel> =1+1"
WITHIN, BEYOND = (f"Gap of two groups | at most 3 % | {result}" for result in ("2,5 %", "3.01 %"))
TESTS = {f"{kind}_tests": WITHIN for kind in ("performance", "fairness", "safety")} | {
    "fairness_about": "people",
    "where": "In the wiki",
}
SYSTEM: dict[str, Any] = {
    "requirements": "Finds what came in twice | 50 old pairs each month\nSays why | a look at ten",
    "must_not": f"Sorting people out {HOSTILE} | it writes nothing into their files",
    "agreed_with": "Recruiting asked, Legal agreed",
    "runs_on": ["own_cloud"],
    "parts": "Model | our cloud, Frankfurt | Platform team",
    "compute": "One graphics card; without it people compare by hand",
}
DATA: dict[str, Any] = {
    "sets": "Applications of 2025 | our portal | consent of applicants | closest to what comes in",
    "may_use": "yes",
    "journey": "From the portal, names taken out in May; the wiki has each step",
    "kept": "day",
    "quality_tests": "Pairs with a wrong label, of 200 | at most 2 % | 1.5 %",
    "quality_gaps": "Few from abroad: not good enough for them",
    "steps": "Names taken out | by a list, then looked at | data team",
    "managed": "Adding applications | data steward | handbook, section 4",
}
DUTIES: dict[str, Any] = {
    "parties": "Acme Models | gives the model | contract, section 3\nWe | adapt and use it | contract, section 3",
    "agreed": "written",
    **{
        f"{duty}_by": ["us"]
        for duty in ("testing", "oversight", "telling", "incidents", "logs", "data", "ending")
    },
    **{f"{duty}_by": ["supplier", "us"] for duty in ("changes", "security")},
}
RECORDS = {"use-tests": TESTS, "system-record": SYSTEM, "data-record": DATA, "shared-duties": DUTIES}


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    made = World(database_url, settings={"policies": ["own-systems"], **ROLES}).open()
    keep(made.store, library())
    yield made
    made.close()


def agreed(world: World, answers: dict[str, Any]) -> Thread:
    thread = world.person(ANA).asks().submitted(answers)
    for user in (EVE, DAN, CLEO, BEN):
        if thread.case.status is not Status.approved and world.cards(user):
            world.person(user).decides(Action.APPROVE, reason="Fits.")
    assert thread.case.status is Status.approved
    return thread


def opens(person: Somebody, name: str) -> dict[str, Any]:
    """By the command, and from the first questionnaire to the one that is meant."""
    person.steward("assess 1")
    if name != "use-tests":
        jumps = [
            each
            for block in drawn(person)["blocks"]
            if block["type"] == "actions"
            for each in block["elements"]
            if name in each["value"]
        ]
        person.hands.clicks_view(jumps[0]["action_id"])
        person.world.settle()
    return drawn(person)


def writes(person: Somebody, name: str, answers: dict[str, Any], pages: int = 20) -> dict[str, Any]:
    """From the overview on, so many pages."""
    opens(person, name)
    view = hands_in(person, {})
    while fields(view) and pages:
        view, pages = hands_in(person, answers), pages - 1
    person.hands.closes_view() if fields(view) else None
    return view


def looks(person: Somebody, name: str, ruling: str = "stands") -> str:
    """What is shown to whoever looks at it."""
    opens(person, name)
    person.hands.clicks_view(Action.ASSESS_REVIEW.value)
    person.world.settle()
    shown = str(drawn(person))
    person.hands.fills(ruling=ruling, words="Read it all")
    person.hands.submits()
    person.world.settle()
    return shown


def standing(world: World, point: str) -> tuple[str, int]:
    with world.store.read() as session:
        found = coverage.covered(session, "UTC", world.bot.front.desk().now)
    one = next(each for each in found if each.point == point)
    names = ("system_records", "data_records", "duties_shared", "tests_passed")
    return one.standing, sum(each.count for each in one.evidence if each.name in names)


def piloted(world: World) -> Thread:
    """Everything but what is written down in questionnaires."""
    thread = agreed(world, BUILT)
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
    return thread


def test_who_only_uses_a_tool_is_asked_nothing_of_it(world: World) -> None:
    for answers in (HARMLESS, FINDER):
        thread = agreed(world, answers)
        assert not {task.task for task in tasks_of(thread.case)} & (set(BY_TASK) - {"tests"})
    assert "System record" not in str(world.person(ANA).dm())


def test_a_built_system_of_high_risk_goes_live_with_its_records_and_they_show_their_controls(
    world: World,
) -> None:
    thread, ana, cleo = piloted(world), world.person(ANA), world.person(CLEO)
    assert {t.task for t in left(thread.case, desk(thread))} == set(BY_TASK) - {"use_plan"}
    assert "what it must not be used for, and on what it runs" in str(ana.dm())
    bad = {"quality_tests": "Wrong labels | at most 2 % | 2.1 %"}
    view = writes(world.person(DAN), "data-record", DATA | bad, pages=2)
    assert section(view) == "How it was prepared"
    view = writes(ana, "data-record", DATA)
    assert "The data is not good enough, by its figures" in str(view)
    for name, answers in RECORDS.items():
        assert standing(world, "A.7.6") == ("nothing", 0)
        view = writes(ana, name, answers)
        assert "All of it is there" in str(view), name
    assert not left(thread.case, desk(thread))
    assert standing(world, "A.7.6") == ("nothing", 0), "nobody else has looked at it"
    shown = {name: looks(cleo, name) for name in RECORDS}
    assert "within its limit" in shown["use-tests"]
    assert "• Names taken out | by a list, then looked at | data team" in shown["data-record"]
    assert "&lt;!channel&gt;" in shown["system-record"]
    for point in ("A.4.5", "A.6.2.2", "A.6.2.4", "A.7.2", "A.7.3", "A.7.4", "A.7.5", "A.7.6", "A.10.2"):
        assert standing(world, point) == ("operating", 1), point
    thread.presses(Action.MOVE_ON, having="in_use")
    assert stage_of(thread.case) is Stage.in_use
    with world.store.read() as session:
        line = [each for each in audit.records(session) if each.what == "stage.moved"][-1]
        frozen = {str(each).partition(" ")[0] for each in line.detail["assessments"]}
        assert frozen == set(RECORDS), "going live names exactly what it rested on"
        assert prove(session).ok, prove(session)
        assert not any(each.problem for each in replayed(session, Shelf(), verdicts(session)))
    assert world.differences() == []


def test_a_line_that_does_not_fit_is_said_with_its_number_and_nothing_is_lost(world: World) -> None:
    thread, ana = piloted(world), world.person(ANA)
    opens(ana, "use-tests")
    hands_in(ana, {})
    ana.hands.fills(performance_tests=f"{WITHIN}\nRight answers | 92 % | 94 %")
    wrong = ana.hands.submits()
    assert wrong is not None
    assert "Line 2: please say on which side it is good" in wrong["performance_tests"]
    ana.hands.fills(performance_tests=f"{WITHIN}\nRight answers | at least 92 % | -")
    assert ana.hands.submits() is None
    ana.hands.closes_view()
    view = writes(
        ana, "use-tests", TESTS | {"performance_tests": f"{WITHIN}\nRight answers | at least 92 % | -"}
    )
    assert "Measure how well it works" in str(view)
    assert "tests" in {task.task for task in left(thread.case, desk(thread))}
    view = writes(ana, "use-tests", TESTS | {"safety_tests": f"{WITHIN}\n{BEYOND}"})
    assert "It is not safe enough, by its figures" in str(view)


def test_what_is_unfinished_never_stands(world: World) -> None:
    piloted(world)
    ana, cleo = world.person(ANA), world.person(CLEO)
    writes(ana, "data-record", DATA | {"may_use": "partly"})
    looks(cleo, "data-record")
    assert "Something is not answered yet" in str(cleo.hands.view())
    cleo.hands.closes_view()
    assert standing(world, "A.7.3") == ("nothing", 0)
    looks(cleo, "data-record", "work_left")
    assert standing(world, "A.7.3") == ("nothing", 0), "that work is left shows nothing"
