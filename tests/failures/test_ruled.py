"""F23 to F31 for an organisation's own rules: putting into force what was proposed, and withdrawing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.config import change
from bot.keeping import keep
from bot.library import library
from bot.sandbox.people import Group
from bot.slack.ids import Action
from bot.slack.ruling import roles_changed
from tests.failures.acts import at_once, interacts
from tests.failures.test_decisions import card_press, wired
from tests.failures.wire import Wired, overtaken
from tests.journeys.test_own_rules import MILDER, STRICTER, buttons, in_force, presses, proposes, ruling
from tests.slack_world import BEN, CLEO, DAN, EVE, World, words

__all__ = ["wired"]

LEADS = "S0LEADS"
WISHES = (Action.ENFORCE_RULES, Action.WITHDRAW_RULES)
all_wishes = pytest.mark.parametrize("wish", WISHES, ids=lambda wish: wish.value)
by_group = pytest.mark.parametrize("lead", [LEADS], ids=["group"])


@pytest.fixture
def lead() -> str:
    return DAN


@pytest.fixture(autouse=True)
def _lead(request: pytest.FixtureRequest, lead: str) -> None:
    """Cleo owns the risk, and Dan leads: by name, or as a member of a group."""
    used = next(name for name in ("world", "wired", "alone") if name in request.fixturenames)
    world: World = request.getfixturevalue(used)
    named(world, DAN)
    keep(world.store, library())
    change(world.store, {"roles.governance_lead": [lead]}, by=None, key="lead", now=world.store.now())
    world.bot.office.changed()


def named(world: World, *people: str) -> None:
    world.workspace.groups[LEADS] = Group(LEADS, "leads", users=list(people))


def settled(world: World) -> list[str]:
    return [what for what in world.trail() if what in ("rules.agreed", "rules.in_force", "rules.withdrawn")]


def pressing(world: World, who: str, wish: Action, **change: Any) -> Callable[[], object]:
    person = world.person(who)
    body = card_press(person, ruling(world), wish, **change)
    return lambda: person.hands._send("interactive", body)


@all_wishes
def test_f23_a_double_click(world: World, wish: Action) -> None:
    proposes(world, CLEO, STRICTER)
    press = pressing(world, CLEO, wish)
    at_once(press, press)
    world.settle()
    assert settled(world) == ["rules.in_force" if wish is Action.ENFORCE_RULES else "rules.withdrawn"]
    assert world.person(CLEO).told() == ""


def test_f24_one_enforces_what_another_withdraws(world: World) -> None:
    proposes(world, CLEO, STRICTER)
    at_once(pressing(world, CLEO, Action.ENFORCE_RULES), pressing(world, DAN, Action.WITHDRAW_RULES))
    world.settle()
    (first,) = settled(world)
    won = first == "rules.in_force"
    assert in_force(world) == (STRICTER.strip() if won else "")
    assert ("In force" if won else "Withdrawn") in words(ruling(world))
    assert "replaced, withdrawn or put into force since" in world.person(DAN if won else CLEO).told()
    assert world.person(CLEO if won else DAN).told() == ""


def test_f24_two_say_the_second_yes_at_once(world: World) -> None:
    """Proposed by the first of three; either of the others is enough, and it is in force once."""
    change(world.store, {"roles.governance_lead": [DAN, EVE]}, by=None, key="two", now=world.store.now())
    world.bot.office.changed()
    looser(world)
    at_once(pressing(world, DAN, Action.ENFORCE_RULES), pressing(world, EVE, Action.ENFORCE_RULES))
    world.settle()
    assert settled(world) == ["rules.in_force"] * 2, "the stricter ones, then these"
    assert in_force(world) == MILDER.strip()


@all_wishes
def test_f25_the_first_click_after_a_restart(alone: World, wish: Action) -> None:
    proposes(alone, CLEO, STRICTER)
    card = ruling(alone)
    alone.restart()
    assert presses(alone, CLEO, wish) == ""
    assert len(settled(alone)) == 1
    assert ruling(alone)["ts"] == card["ts"]
    assert words(ruling(alone)) != words(card)


@all_wishes
def test_f26_who_does_not_hold_the_role(alone: World, wish: Action) -> None:
    proposes(alone, CLEO, STRICTER)
    card, lines = ruling(alone), len(alone.trail())
    assert "by the governance lead or the risk owner" in presses(alone, BEN, wish)
    assert alone.trail()[lines:] == [f"{wish.value}.refused"]
    assert words(ruling(alone)) == words(card)


def test_f27_whoever_proposed_what_is_looser_is_not_the_second(alone: World) -> None:
    looser(alone)
    assert "somebody else has to say yes too" in presses(alone, CLEO, Action.ENFORCE_RULES)
    assert in_force(alone) == STRICTER.strip()
    assert alone.trail()[-1] == "enforce_rules.refused"


@by_group
@all_wishes
def test_f28_left_the_group_between_post_and_click(alone: World, wish: Action) -> None:
    proposes(alone, CLEO, STRICTER)
    press = pressing(alone, DAN, wish)
    named(alone)
    press()
    alone.settle()
    assert "by the governance lead or the risk owner" in alone.person(DAN).told()
    assert settled(alone) == []


@by_group
def test_f28_a_yes_of_somebody_who_left_the_group_counts_no_more(alone: World) -> None:
    """The second yes is that of one person alone by then."""
    presses_in(alone)
    assert proposes(alone, DAN, MILDER, "It was too much") is None
    named(alone)
    presses(alone, CLEO, Action.ENFORCE_RULES)
    assert in_force(alone) == STRICTER.strip()


@all_wishes
def test_f29_a_press_from_another_organisation(alone: World, wish: Action) -> None:
    proposes(alone, CLEO, STRICTER)
    cleo = alone.person(CLEO)
    assert interacts(cleo, card_press(cleo, ruling(alone), wish, team_id="T0OTHER"))
    assert "by the governance lead or the risk owner" in cleo.told()
    assert settled(alone) == []


@all_wishes
def test_f30_a_click_on_what_was_replaced(alone: World, wish: Action) -> None:
    proposes(alone, CLEO, STRICTER)
    press = pressing(alone, CLEO, wish)
    proposes(alone, DAN, MILDER)
    press()
    alone.settle()
    assert "replaced, withdrawn or put into force since" in alone.person(CLEO).told()
    assert settled(alone) == []
    assert in_force(alone) == ""


@all_wishes
def test_f31_the_older_update_is_slower(wired: Wired, wish: Action) -> None:
    """The card is shown anew because of who may press it, and then pressed."""
    proposes(wired, CLEO, STRICTER)
    front, sign = wired.bot.front, ruling(wired)["ts"].encode()
    with overtaken(wired, lambda: roles_changed(front), pressing(wired, CLEO, wish), sign):
        assert ("In force" if wish is Action.ENFORCE_RULES else "Withdrawn") in words(ruling(wired))
        assert not {each.value for each in WISHES} & {*buttons(ruling(wired))}


def presses_in(world: World) -> None:
    proposes(world, CLEO, STRICTER)
    presses(world, CLEO, Action.ENFORCE_RULES)


def looser(world: World) -> None:
    """What takes two, said yes to by whoever proposed it."""
    presses_in(world)
    assert proposes(world, CLEO, MILDER, "It was too much") is None
