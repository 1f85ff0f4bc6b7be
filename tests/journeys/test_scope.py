"""The scope is stated and changed in Slack; reviewers read on each use whether it is within, at once."""

from __future__ import annotations

import pytest

from bot.sandbox.reading import words
from bot.slack.ids import Action, to_choice
from tests.journeys.test_system import entries, gives, message, states
from tests.slack_world import ANA, BEN, CLEO, DAN, World
from triage.case import Status


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO], reviewer=[BEN])


def counts(world: World, **said: object) -> None:
    assert states(world, DAN, "scope", **said) is None
    world.person(DAN).hands.closes_view()
    world.person(DAN).hands.closes_view()
    cleo = world.person(CLEO)
    assert cleo.hands.clicks(
        "dm", message(world, CLEO, "for your yes")["ts"], f"{Action.APPROVE_ENTRY.value}.0"
    )
    world.settle()


def card(world: World) -> str:
    (shown,) = world.cards()
    return words(shown)


def test_a_changed_scope_marks_what_waits_at_once(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    assert "Management system" not in card(world), "no scope, no line"
    counts(world)
    assert "Management system: within the scope (it names no units, so it covers all of them)" in card(world)
    counts(world, units=[to_choice("People")], left_out="Otter.ai: a trial that ends in May")
    said = card(world)
    assert "outside of the scope (which leaves out “Otter.ai: a trial that ends in May”)" in said
    (scope,) = entries(world, "scope")
    made = scope.in_force
    assert made is not None
    assert (made.number, bool(made.by), [bool(each.by) for each in made.yeses]) == (2, True, [True])
    ben = world.person(BEN)
    assert "outside of the scope" in ben.steward("list outside of the scope")
    assert "Nothing on record matches" in ben.steward("list within the scope")
    assert "Management system: outside of the scope" in ben.steward("show 1")
    ana = world.person(ANA)
    assert "Management system" not in ana.steward("show 1"), "it is for those who review"
    assert "of the scope" not in ana.steward("list")
    assert thread.case.status is Status.in_review, "outside of the scope it is decided all the same"
    assert world.differences() == []


def test_of_which_unit_nobody_said_it_is_not_sure(world: World) -> None:
    world.person(ANA).asks().submitted()
    counts(world, units=[to_choice("People")])
    assert "not sure whether within the scope (nobody has said to which unit it belongs)" in card(world)


def test_whoever_changes_one_thing_of_the_scope_keeps_every_unit_in_it(world: World) -> None:
    """The window ticks all that stands, so handing it in takes nothing away that nobody took."""
    units = tuple(world.bot.front.desk().organisation.units)
    assert len(units) > 1
    counts(world, units=[to_choice(each) for each in units])
    counts(world, left_out="Otter.ai: a trial that ends in May")
    (scope,) = entries(world, "scope")
    assert scope.said("units") == units
