"""Risks in Slack: from what rules name to a draft, a yes, an acceptance, and to what makes that stale."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.reading import words
from bot.slack import risks, soa
from bot.slack.ids import Action
from bot.slack.ids import Press as Carried
from tests.journeys.test_system import by_hand, entries, gives, id_of, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World
from triage.aims.entry import Entry

UNTIL = "2026-12-31"
WEIGHTS = {
    "likelihood": "4",
    "impact": "3",
    "likelihood_now": "3",
    "impact_now": "3",
    "treatment": "reduce",
    "likelihood_after": "2",
    "impact_after": "2",
}


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO], auditor=[BEN], risk_owner=[EVE])


def works_out(world: World) -> None:
    """As the clock does."""
    desk = world.bot.front.desk()
    soa.keep(world.bot.front, desk)
    risks.keep(world.bot.front, desk)
    world.settle()


def fills(world: World, user: str, **said: Any) -> dict[str, str] | None:
    person = world.person(user)
    for name, value in said.items():
        person.hands.fills(**{f"entry.{name}": value})
        world.settle()
    problems = person.submits()
    world.settle()
    return problems


def drafts(world: World, user: str = DAN, owner: str = ANA, **more: Any) -> Entry:
    """The first that rules name."""
    person = world.person(user)
    person.steward("risks")
    press(world, user, Action.RISK_ADD)
    press(world, user, Action.RISK_TAKE)
    assert fills(world, user, owner=owner) is None
    assert fills(world, user, **(WEIGHTS | more)) is None
    return entries(world, "risk")[-1]


def approves(world: World, user: str = CLEO) -> None:
    person = world.person(user)
    shown = [m for m in person.dm() if "waits for your yes" in words(m)][-1]
    button = next(b for b in _buttons(shown) if b["action_id"].startswith(Action.APPROVE_ENTRY.value))
    assert person.hands.clicks("dm", shown["ts"], button["action_id"])
    world.settle()


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for block in message["blocks"] if block["type"] == "actions" for each in block["elements"]]


def opens(world: World, user: str, entry: Entry) -> str:
    person = world.person(user)
    if person.hands.view() is not None:
        person.hands.closes_view(all_of_them=True)
    person.steward("risks")
    press(world, user, Action.READ_ENTRY, entry.id)
    return person.window()


def accepts(world: World, user: str, entry: Entry, until: str = UNTIL) -> dict[str, str] | None:
    opens(world, user, entry)
    press(world, user, Action.ACT_ENTRY, f"accepted|0||{entry.id}")
    person = world.person(user)
    person.hands.fills(until=until, reason="Two people read each answer.")
    problems = person.submits()
    world.settle()
    return problems


def test_from_what_rules_name_to_an_acceptance_that_a_change_makes_stale(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    dan = world.person(DAN)
    dan.steward("risks")
    assert "that nobody weighed yet" in dan.window()
    press(world, DAN, Action.RISK_ADD)
    said = dan.window()
    assert "What rules name and nobody weighed" in said
    assert "AIU-2026-0001" in said
    press(world, DAN, Action.RISK_TAKE)
    assert fills(world, DAN, owner=ANA) is None
    assert "Choose both, and its level stands here." in dan.window()
    dan.hands.fills(**{"entry.likelihood": "4"})
    dan.hands.fills(**{"entry.impact": "4"})
    world.settle()
    assert "High by the matrix." in dan.window(), "the level is seen before it is handed in"
    assert fills(world, DAN, **WEIGHTS) is None
    assert "waits for a yes from" in dan.window()
    assert "High before any measure, medium now, low afterwards" in dan.window()
    (entry,) = entries(world, "risk")
    assert entry.said("source") == "triage_rule"
    assert entry.said("uses") == ("AIU-2026-0001",)
    approves(world)
    assert entries(world, "risk")[0].state == "in_force"
    said = opens(world, EVE, entry)
    assert "Nobody accepted what remains." in said
    assert accepts(world, EVE, entry) is None
    assert "Accepted until" in world.person(EVE).window()
    said = opens(world, DAN, entry)
    press(world, DAN, Action.RISK_WEIGH)
    assert fills(world, DAN, impact_now="4") is None
    approves(world)
    assert "changed since: it counts no more" in opens(world, DAN, entry)
    works_out(world)
    heard = [words(m) for m in world.person(EVE).dm() if "it has changed since" in words(m)]
    assert len(heard) == 1
    assert f"<@{CLEO}>" in heard[0], "at high it takes an executive"
    assert [1 for m in world.person(ANA).dm() if "it has changed since" in words(m)] == [1]
    works_out(world)
    assert len([m for m in world.person(EVE).dm() if "it has changed since" in words(m)]) == 1
    assert world.is_untouched()


def test_whoever_has_no_authority_or_a_part_in_it_does_not_accept(world: World) -> None:
    world.person(ANA).asks().submitted()
    works_out(world)
    entry = drafts(world, likelihood_now="4", impact_now="4")
    approves(world)
    opens(world, EVE, entry)
    press(world, EVE, Action.ACT_ENTRY, f"accepted|0||{entry.id}")
    assert "That is for an executive" in words(world.person(EVE).dm()[-1])
    gives(world, executive=[CLEO, DAN])
    assert "Accept what remains" not in opens(world, DAN, entry), "who drafted it is not asked"
    by_hand(world, DAN, Action.ACT_ENTRY, Carried("accepted", choice=entry.id))
    assert "somebody else accepts what remains" in words(world.person(DAN).dm()[-1])
    assert entries(world, "risk")[0].done == ()
    assert accepts(world, CLEO, entry, until="2029-01-01") == {
        "until": world.bot.front.words.label("problem.risk_until")
    }
    assert accepts(world, CLEO, entry) is None
    (done,) = entries(world, "risk")[0].done
    assert (done.act, done.by) == ("accepted", id_of(world, CLEO))
