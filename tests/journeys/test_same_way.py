"""The same request goes the same way each time: two organisations that settled the same, and never met."""

from __future__ import annotations

from bot.slack.ids import Action
from tests.databases import Databases
from tests.slack_world import ANA, CLEO, EVE, World
from tests.slack_world.people import FINDER
from triage.tasks import tasks_of

Way = tuple[list[str], list[str], list[str], dict[str, object]]


def way(databases: Databases) -> Way:
    """The steps in the trail, the tasks, who was called, and what the rules found."""
    world = World(databases.copy(), settings={"roles.privacy": [EVE], "roles.vendor_manager": [EVE]})
    try:
        thread = world.open().person(ANA).asks().submitted(FINDER)
        for user in (EVE, CLEO):
            assert world.person(user).decides(Action.APPROVE, reason="Fits.") is None
        case = thread.case
        assert case.status == "approved"
        assert case.verdict is not None
        tasks = [each.task for each in tasks_of(case)]
        called = [seat.role for seat in case.verdict.seats]
        found: dict[str, object] = {n: (each.floor, each.ceiling) for n, each in case.verdict.results.items()}
        return world.trail(), tasks, called, found
    finally:
        world.close()


def test_the_same_request_takes_the_same_steps_in_two_organisations(sqlite_databases: Databases) -> None:
    once, again = way(sqlite_databases), way(sqlite_databases)
    assert once == again
    steps, tasks, called, _ = once
    assert {"case.submitted", "case.approved"} <= set(steps)
    assert tasks
    assert len(called) > 1
