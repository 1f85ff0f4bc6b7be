"""The management system set up in Slack: whoever leads drafts, others say yes, and everybody reads what counts."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import change
from bot.sandbox.reading import words
from bot.slack.ids import Action
from bot.slack.payloads import Who
from store import aims
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, HARMLESS, TEAM, Shown, World
from triage.aims.entry import Entry
from triage.aims.standing import ORDER

ALL = "C0ALL"


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], executive=[CLEO, DAN], auditor=[BEN], risk_owner=[CLEO])


def gives(world: World, **roles: list[str]) -> None:
    named = {f"roles.{role}": held for role, held in roles.items()}
    key = f"roles {sorted(roles.items())} {world.clock.now()}"
    change(world.store, named, by=None, key=key, now=world.store.now())
    world.bot.front.office.changed()


def id_of(world: World, user: str) -> str:
    return world.bot.front.person(Who(TEAM, user))


def entries(world: World, kind: str = "") -> list[Entry]:
    with world.store.read() as session:
        return [each for each in aims.every_one(session) if not kind or each.kind == kind]


SAID: dict[str, dict[str, Any]] = {
    "context": {"purpose": "We sort mail", "plays": ["uses"], "climate": "no", "climate_why": "Small models"},
    "issue": {"title": "A new law", "side": "outside", "effect": "Duties with dates"},
    "party": {"title": "Applicants", "needs": "A fair look\nAn answer"},
    "scope": {"covers": "All our AI", "activities": "Sales\nHiring", "left_out": "Research: no effect"},
    "policy": {"title": "AI policy", "text": "A person answers for every result.", "since": "2026-12-07"},
    "commitment": {"text": "We give the time it takes.", "sponsor": CLEO},
    "duty": {"title": "Keeps it in order", "tasks": "Looks at it", "people": [DAN]},
    "objective": {"title": "All on record", "measure": "Share with owner", "target": "95 %", "how": "Campaigns",
                  "owner": EVE, "due": "2027-03-01"},
    "appetite": {"words": "Low is fine", "most": "low", "accepts_medium": "risk_owner",
                 "accepts_high": "executive"},
    "document": {"title": "Security policy", "points": ["7.5.1"], "system": "iso_27001", "origin": "inside",
                 "link": "https://example.com/isms"},
}  # fmt: skip


def states(world: World, user: str, kind: str, **more: Any) -> dict[str, str] | None:
    """From the window of the set-up, by the press of its step."""
    person = world.person(user)
    if "Management system" not in person.window():
        person.steward("setup")
    press(world, user, Action.STATE_ENTRY, f"{kind}|")
    return fills(world, user, **(SAID[kind] | more))


def fills(world: World, user: str, **said: Any) -> dict[str, str] | None:
    person = world.person(user)
    person.hands.fills(**{f"entry.{name}": value for name, value in said.items()})
    problems = person.submits()
    world.settle()
    return problems


def press(world: World, user: str, action: Action, value: str = "") -> None:
    """A button in the window, found by the beginning of what it carries."""
    person = world.person(user)
    view = person.hands.view()
    assert view is not None
    found = [each for each in _buttons(view["blocks"]) if each["action_id"].split(".")[0] == action.value]
    wanted = next(each for each in found if each["value"].startswith(value) or each["value"].endswith(value))
    assert person.hands.clicks_view(wanted["action_id"], wanted["value"])
    world.settle()


def _buttons(blocks: list[Shown]) -> list[Shown]:
    beside = [block["accessory"] for block in blocks if block.get("accessory")]
    rows = [each for block in blocks if block["type"] == "actions" for each in block["elements"]]
    return [each for each in (*beside, *rows) if each["type"] == "button"]


def drafts_all(world: World) -> None:
    person = world.person(DAN)
    for kind in SAID:
        assert states(world, DAN, kind) is None
        person.hands.closes_view()  # what happens next, read
    person.hands.closes_view()


def message(world: World, user: str, said: str) -> Shown:
    return [m for m in world.person(user).dm() if said in words(m)][-1]


def approves_all(world: World, user: str = CLEO) -> str:
    person = world.person(user)
    shown = message(world, user, "wait for your yes")
    assert person.hands.clicks("dm", shown["ts"], Action.LOOK_ENTRIES.value)
    assert person.submits() is None
    world.settle()
    return person.window()


def test_whoever_leads_sets_it_up_and_an_executive_approves_it_together(world: World) -> None:
    drafts_all(world)
    assert [entry.kind for entry in entries(world)] == sorted(SAID, key=list(SAID).index)
    told = [m for m in world.person(CLEO).dm() if "wait for your yes" in words(m)]
    assert len(told) == 1, "one message, drawn anew, for all that came in one go"
    assert "9 entries of the management system wait for your yes" in words(told[0])
    window = world.person(DAN)
    window.steward("setup")
    assert "1 of 9 in place, 8 wait for a yes" in window.window()
    said = approves_all(world)
    assert "Approved and counting from now on" in said
    assert {entry.state for entry in entries(world)} == {"in_force"}
    assert "Nothing of the management system waits for your yes any more." in words(
        world.person(CLEO).dm()[-1]
    ) or any("Nothing of the management system waits" in words(m) for m in world.person(CLEO).dm())
    heard = [words(m) for m in world.person(DAN).dm() if "What you drafted was approved" in words(m)]
    assert len(heard) == 1
    assert "AI policy, version 1, counts from now on" in heard[0]
    world.person(DAN).steward("setup")
    assert "9 of 9 in place" in world.person(DAN).window()
    assert world.is_untouched()
    assert not world.refused()
