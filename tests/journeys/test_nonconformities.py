"""What goes against a rule, raised from a message and worked on to its end: told once, checked by somebody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.demo.player import elements
from bot.sandbox.reading import words
from bot.slack.ids import Action, Shortcut
from bot.slack.ids import Press as Carried
from tests.journeys.test_changing import approved
from tests.journeys.test_incidents import card, does, the_incident
from tests.journeys.test_system import by_hand, entries, fills, gives, id_of, newest, press
from tests.slack_world import ANA, BEN, CARDS, CLEO, DAN, EVE, World
from triage.aims.entry import Entry
from triage.aims.errands import errands

NONCONFORMITY = "nonconformity"
SAID = {"title": "A review was missed", "weight": "minor", "points": ["8.2"], "due": "2026-12-20"}


@pytest.fixture(autouse=True)
def _roles(world: World) -> None:
    gives(world, governance_lead=[DAN], risk_owner=[CLEO], executive=[CLEO], auditor=[BEN], legal=[EVE])


def raises(world: World, user: str = EVE, **more: Any) -> Entry:
    person = world.person(user)
    ts = world.person(DAN).hands.says("general", "Nobody looked at <!here> Otter for a year")
    world.settle()
    assert person.hands.shortcut(Shortcut.RAISE_FROM.value, "C0ALL", ts)
    world.settle()
    press(world, user, Action.RAISE_ENTRY, f"{NONCONFORMITY}|")
    assert fills(world, user, **(SAID | {"owner": ANA} | more)) is None
    return entries(world, NONCONFORMITY)[-1]


def yours(world: World, user: str) -> list[Any]:
    return [m for m in world.person(user).dm() if "is yours" in words(m)]


def acts(world: World, user: str, act: str, **said: Any) -> dict[str, str] | None:
    """From the list, by the window of the entry."""
    person = world.person(user)
    person.steward("nonconformities")
    press(world, user, Action.READ_ENTRY)
    press(world, user, Action.ACT_ENTRY, f"{act}|")
    return fills(world, user, **said)


def test_from_a_message_to_its_end_with_a_check_that_failed_once(world: World) -> None:
    entry = raises(world)
    assert str(entry.said("what")).startswith("Nobody looked at <!here> Otter for a year\nhttp")
    assert (entry.said("source"), entry.owner) == ("other", id_of(world, ANA))
    (told,) = yours(world, ANA)
    (button,) = [e for e in elements(told) if e.get("action_id", "").startswith(Action.ACT_ENTRY.value)]
    ana = world.person(ANA)
    assert ana.hands.clicks("dm", told["ts"], button["action_id"], value=button["value"])
    assert fills(world, ANA, correction="Looked at it today") is None
    assert len(yours(world, ANA)) == 1, "once, however far it goes"

    eve = world.person(EVE)
    eve.steward("nonconformities")
    shown = eve.window()
    assert "One open" in shown
    assert "● correction → ◐ *cause* → ○ plan → ○ action → ○ check" in shown
    assert f"Next: say why it happened. It is for <@{ANA}>, by " in shown

    assert acts(world, CLEO, "explained", cause="Nobody was named", elsewhere="Nowhere else") is None
    day = date(2027, 1, 15)
    plan = {"action": "Name somebody", "success": "No review is missed", "until": "2026-12-28"}
    assert acts(world, CLEO, "planned", **plan, check_on=day.isoformat()) is None
    assert acts(world, CLEO, "done", evidence="It stands in the list") is None
    (entry,) = entries(world, NONCONFORMITY)
    assert [(each.kind, each.due) for each in errands(entry, world.bot.front.desk())] == [("effect", day)]
    assert acts_offered(world, CLEO) == set(), "who planned it and did it does not say whether it worked"

    world.passes(days=(day - world.store.now().date()).days + 4)
    reminded = [words(m) for m in world.person(DAN).dm() if "A review was missed" in words(m)]
    assert reminded, "on its day whoever may look hears of it"

    assert acts(world, DAN, "not_effective", shows="Another one was missed") is None
    (entry,) = entries(world, NONCONFORMITY)
    assert entry.stage == "not_effective"
    later = (world.store.now().date() + timedelta(days=20)).isoformat()
    assert acts(world, CLEO, "planned", action="A deputy each", success="None missed", until=later) is None
    assert acts(world, CLEO, "done", evidence="Each has one") is None
    assert acts(world, DAN, "effective", shows="None in two months") is None
    (entry,) = entries(world, NONCONFORMITY)
    assert entry.stage == "closed"
    eve.steward("nonconformities")
    assert "Nothing open, one over" in eve.window()
    assert [each.act for each in entry.done] == [
        *("corrected", "explained", "planned", "done", "not_effective", "planned", "done", "effective")
    ]


def acts_offered(world: World, user: str) -> set[str]:
    person = world.person(user)
    person.steward("nonconformities")
    press(world, user, Action.READ_ENTRY)
    view = person.hands.view()
    assert view is not None
    rows = [each for block in view["blocks"] if block["type"] == "actions" for each in block["elements"]]
    found = {each["value"] for each in rows if each["action_id"].startswith(Action.ACT_ENTRY.value)}
    person.hands.closes_view(all_of_them=True)
    return found


def test_who_has_no_part_in_governance_sees_no_list_and_raises_ideas_alone(world: World) -> None:
    raises(world, owner=CLEO)
    assert "is for" in world.person(ANA).steward("nonconformities")
    by_hand(world, ANA, Action.SYSTEM_KIND, Carried(NONCONFORMITY))
    assert "is for" in newest(world, ANA)
    by_hand(world, ANA, Action.RAISE_ENTRY, Carried(NONCONFORMITY))
    assert "Nothing was done" in newest(world, ANA) or "is for" in newest(world, ANA)
    for user in (BEN, CLEO, DAN):
        world.person(user).steward("nonconformities")
        assert "A review was missed" in world.person(user).window()


def test_pressed_twice_it_is_one(world: World) -> None:
    entry = raises(world)
    person = world.person(CLEO)
    person.steward("nonconformities")
    press(world, CLEO, Action.READ_ENTRY)
    press(world, CLEO, Action.ACT_ENTRY, "corrected|")
    person.hands.fills(**{"entry.correction": "Put right"})
    assert person.submits() is None
    world.settle()
    by_hand(world, CLEO, Action.ACT_ENTRY, Carried("corrected", choice=entry.id))
    assert "changed since it was shown" in newest(world, CLEO)
    assert [each.act for each in entries(world, NONCONFORMITY)[0].done] == ["corrected"]


def test_an_incident_is_worked_on_once(world: World) -> None:
    """It becomes one nonconformity, which takes over what the incident says; each names the other."""
    approved(world)
    incident(world)
    dan = world.person(DAN)
    look(world, DAN)
    press(world, DAN, Action.RAISE_ENTRY, f"{NONCONFORMITY}|")
    assert fills(world, DAN, title="A price was made up", owner=CLEO) is None
    (entry,) = entries(world, NONCONFORMITY)
    told = [entry.said(each) for each in ("from", "source", "what")]
    assert told == [("AII-2026-0001",), "incident", "It made a price up"]
    dan.hands.closes_view(all_of_them=True)
    look(world, DAN)
    shown = dan.window()
    assert f"{entry.ref} A price was made up" in shown
    assert "Make it a nonconformity" not in shown
    dan.hands.closes_view(all_of_them=True)
    by_hand(world, DAN, Action.RAISE_ENTRY, Carried(NONCONFORMITY, choice="AII-2026-0001"))
    assert newest(world, DAN).startswith(f"{entry.ref} already works on AII-2026-0001")
    dan.steward("nonconformities")
    press(world, DAN, Action.STATE_ENTRY, NONCONFORMITY)
    wrong = fills(world, DAN, **SAID, what="Again", source="incident", **{"from": "AII-2026-0001"}) or {}
    assert list(wrong) == ["entry.from"]
    assert entry.ref in wrong["entry.from"]
    dan.hands.closes_view(all_of_them=True)

    dan.steward("nonconformities")
    press(world, DAN, Action.READ_ENTRY)
    assert "AII-2026-0001" in dan.window()
    press(world, DAN, Action.ACT_ENTRY, "corrected|")
    assert "What AII-2026-0001 says of it already stands below" in dan.window()
    assert dan.submits() is None, "nobody writes it twice"
    world.settle()
    assert entries(world, NONCONFORMITY)[0].done[0].said == {"correction": "Until we know why"}
    assert len(entries(world, NONCONFORMITY)) == 1


def incident(world: World) -> None:
    eve, cleo = world.person(EVE), world.person(CLEO)
    ts = eve.hands.says("general", "Otter told a customer a wrong price")
    world.settle()
    assert eve.hands.shortcut(Shortcut.INCIDENT_FROM.value, "C0ALL", ts)
    world.settle()
    eve.hands.fills(words="It made a price up")
    assert eve.hands.submits() is None
    world.settle()
    does(cleo, "take_up")
    assert does(cleo, "contain", ruling="stopped", words="Until we know why") is None
    assert the_incident(world).now.contained


def look(world: World, user: str) -> None:
    message = card(world, user)
    button = next(e for e in elements(message) if e.get("action_id") == Action.INCIDENT_SHOW.value)
    hands = world.person(user).hands
    assert hands.clicks(CARDS, message["ts"], button["action_id"], value=button["value"])
    world.settle()
