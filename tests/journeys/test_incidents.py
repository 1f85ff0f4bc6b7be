"""An incident from a message in a channel to its end: reported, seen to on its card, told to whoever reported it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import change
from bot.demo.player import elements
from bot.slack.ids import Action, Shortcut
from store import incidents, origins
from tests.failures.acts import at_once
from tests.failures.test_changed import window
from tests.journeys.test_changing import approved
from tests.slack_world import ANA, CLEO, DAN, EVE, Somebody, World, words
from tests.slack_world.people import CARDS, HARMLESS
from triage.incidents.incident import Incident, Status


def the_incident(world: World) -> Incident:
    with world.store.read() as session:
        (row,) = incidents.rows_of(session)
        found = incidents.load(session, row.id)
    assert found is not None
    return found


def arisen(world: World) -> list[str]:
    """Which risks it suggests."""
    with world.store.read() as session:
        return [each.origin for each in origins.worked_out(session)]


def card(world: World, user: str = CLEO) -> Any:
    return next(m for m in reversed(world.cards(user)) if "AII-" in words(m))


def does(person: Somebody, wish: str, /, **fields: Any) -> dict[str, str] | None:
    """A button of the card, or a choice from its menu, and its window."""
    message = card(person.world, person.user)
    row = [e for e in elements(message) if e.get("action_id", "").startswith(Action.INCIDENT_DO)]
    button = next((e for e in row if e["value"].endswith(f"|{wish}")), None)
    if button is not None:
        assert person.hands.clicks(CARDS, message["ts"], button["action_id"], value=button["value"])
    else:
        assert person.hands.selects(CARDS, message["ts"], Action.INCIDENT_MORE.value, [wish])
    person.world.settle()
    if wish == "take_up":
        return None
    assert person.hands.view() is not None, person.told()
    person.hands.fills(**fields)
    problems = person.hands.submits()
    person.world.settle()
    return problems


def test_from_a_message_to_its_end(world: World) -> None:
    thread = approved(world)
    dan, cleo, eve = (world.person(one) for one in (DAN, CLEO, EVE))
    ts = eve.hands.says("general", "Otter told a <!here> customer a wrong price")
    world.settle()
    assert dan.hands.shortcut(Shortcut.INCIDENT_FROM.value, "C0ALL", ts)
    world.settle()
    assert "are kept with it" in dan.window()
    dan.hands.fills(words="It made a price up", use=thread.case.id)
    assert dan.hands.submits() is None
    world.settle()
    found = the_incident(world)
    assert (found.ref, found.now.reporter != "", found.now.message) == (
        "AII-2026-0001",
        True,
        "Otter told a <!here> customer a wrong price",
    )
    assert found.now.link.startswith("http")
    assert "You will hear from me when it is closed" in words(dan.dm()[-1])
    assert "which you answer for" in words(world.person(ANA).dm()[-1])
    shown = words(card(world))
    assert "at least low severity, and up to critical" in shown
    assert "GDPR (at once, then by" in shown
    assert "is not for" not in cleo.told()
    assert does(cleo, "take_up") is None
    assert f"<@{CLEO}> sees to it" in words(card(world))
    assert does(dan, "note", words="It happened twice") is None
    known = {
        "harm": ["financial"], "extent": "inconvenience", "people": "few", "vulnerable": "no", "personal_data": "no",
        "practice": "no", "irreversible": "no", "repeated": "no", "our_role": "deployer", "data_role": "controller",
        "duties": ["none"], "category": ["wrong_output"], "happening": "no",
    }  # fmt: skip
    assert does(cleo, "assess", **{f"asked.{name}": each for name, each in known.items()}) is None
    shown = words(card(world))
    assert "medium severity: it had some effect" in shown
    assert "No clock of the law runs" in shown
    assert does(cleo, "suspend", reason="Until we know why") is None
    assert not thread.case.in_use
    assert any("AII-2026-0001" in words(m) for m in world.person(ANA).dm())
    assert arisen(world) == [], "not before its cause is known"
    assert does(cleo, "cause", words="An old list", ground=["data"]) is None
    assert arisen(world) == ["incident_medium"]
    assert does(cleo, "close", words="Lists age") is None
    assert "something has to be done against its cause" in cleo.window()
    cleo.hands.closes_view()
    assert does(cleo, "add_action", words="Load it nightly", person=EVE, due="2026-12-20") is None
    assert "You were asked to do this" in words(eve.dm()[-1])
    (action,) = the_incident(world).now.actions
    assert does(eve, "do_action", task=action.id, words="Ticket 7") is None
    assert does(cleo, "check_action", task=action.id, ruling="effective") is None
    assert does(cleo, "close", words="Lists age") is None
    assert the_incident(world).status is Status.closed
    assert "Lists age" in words(dan.dm()[-1])
    assert "closed it" in words(card(world))
    assert len([m for m in world.cards(CLEO) if "AII-" in words(m)]) == 1
    assert world.refused() == []
    assert world.differences() == []
    assert world.is_untouched()


def test_clocks_call_whoever_must_act_until_they_are_settled(world: World) -> None:
    """No burst after a stop, nothing twice with a second worker, and quiet once it was settled."""
    dan, eve, cleo = (world.person(one) for one in (DAN, EVE, CLEO))
    assert dan.hands.command("/steward", "incident", "general")
    world.settle()
    dan.hands.fills(words="A list of customers stood in an answer")
    assert dan.hands.submits() is None
    world.settle()
    world.passes(minutes=2)
    asked = [m for m in eve.dm() if "please see to this" in words(m)]
    assert len(asked) == 1, "all that is due at once in one message"
    shown = words(asked[0])
    assert shown.count("\n• ") == 1, "what ends first in full, as long as nothing is assessed"
    assert "more of its clocks are to be looked at; *Details* has each" in shown
    assert len(shown) < 900, "it is read on a phone"
    world.passes(minutes=2)
    assert len([m for m in eve.dm() if "please see to this" in words(m)]) == 1
    world.stop_bot()
    world.clock.move(3 * 86400)
    world.start_bot()
    world.passes(minutes=2)
    world.passes(minutes=2)
    assert len([m for m in eve.dm() if "please see to this" in words(m)]) == 2, "once for the three days"
    harmless = {
        "harm": ["none"], "extent": "nothing", "people": "none", "personal_data": "no", "duties": ["none"],
        "our_role": "deployer", "data_role": "controller",
    }  # fmt: skip
    assert does(cleo, "assess", **{f"asked.{name}": each for name, each in harmless.items()}) is None
    assert "No clock of the law runs" in words(card(world))
    world.passes(days=9)
    assert len([m for m in eve.dm() if "please see to this" in words(m)]) == 2
    assert world.trail().count("incident.reminded") == 2
    assert world.refused() == []
    assert world.differences() == []


def test_about_a_confidential_use_the_card_tells_nothing_of_it(world: World) -> None:
    thread = world.person(ANA).asks("I'd like to use Otter.ai for our minutes")
    assert thread.fills(HARMLESS) is None
    thread.answers()
    thread.presses(Action.CONFIDE)
    thread.presses(Action.SUBMIT)
    ana, dan = world.person(ANA), world.person(DAN)
    assert ana.hands.command("/steward", "incident", "general")
    world.settle()
    ana.hands.fills(words="The board was in it", use=thread.case.id)
    assert ana.hands.submits() is None
    world.settle()
    shown = words(card(world))
    assert thread.case.ref is not None
    assert thread.case.ref in shown
    assert "board" not in shown
    assert "Otter" not in shown
    assert "I find no such incident" in dan.steward("incident show AII-2026-0001")
    assert "The board was in it" in ana.steward("incident show AII-2026-0001")
    for copied in (
        "show <https://acme.slack.com/archives/C1/p1|AII-2026-0001>",
        "`aii-2026-1`.",
        "incident show 1",
    ):
        assert "The board was in it" in ana.steward(copied)
        assert "The board was in it" not in dan.steward(copied)
    assert "There is no incident that you can see" in dan.steward("incident list")
    assert dan.hands.command("/steward", "incident", "general")
    world.settle()
    assert thread.case.id not in str(dan.hands.view()), "nor is it offered to whoever does not see it"
    assert world.refused() == []
    assert world.differences() == []


@pytest.mark.parametrize("settings", [{"incidents.speak_up": "The ombudsman, ext. 12"}], ids=["speak-up"])
def test_a_concern_is_first_pointed_to_where_else_it_can_be_raised(world: World) -> None:
    dan = world.person(DAN)
    assert dan.hands.command("/steward", "incident", "general")
    world.settle()
    assert "You can do that here: The ombudsman, ext. 12." in dan.window()


def test_a_window_delivered_twice_is_one_report(world: World) -> None:
    dan = world.person(DAN)
    assert dan.hands.command("/steward", "incident", "general")
    world.settle()
    dan.hands.fills(words="It made a price up")
    body = window(dan)
    at_once(*[lambda: dan.hands._send("interactive", body)] * 2)
    world.settle()
    assert world.trail().count("incident.reported") == 1
    assert len([m for m in world.cards(CLEO) if "AII-" in words(m)]) == 1
    assert world.differences() == []


@pytest.mark.parametrize("settings", [{"channels.incidents": "C0ALL"}], ids=["apart"])
def test_cards_of_incidents_have_a_channel_of_their_own(world: World) -> None:
    """It is seen to there; after another change of mind the old card goes on telling how things are."""
    ana, cleo = world.person(ANA), world.person(CLEO)
    assert ana.hands.command("/steward", "incident", "general")
    world.settle()
    ana.hands.fills(words="It made a price up", **{"asked.harm": ["health_or_life"]})
    assert ana.hands.submits() is None
    world.settle()
    assert not any("AII-" in words(m) for m in world.cards(CLEO)), "nothing where requests are decided"
    (shown,) = [m for m in cleo.hands.sees("C0ALL") if "AII-" in words(m)]
    assert f"*Nobody sees to it yet:* <@{CLEO}> or <@{EVE}>, please take it up now" in words(shown)
    button = next(e for e in elements(shown) if e.get("value", "").endswith("|take_up"))
    assert cleo.hands.clicks("C0ALL", shown["ts"], button["action_id"], value=button["value"])
    world.settle()
    change(world.store, {"channels.incidents": None}, by=None, key="back", now=world.clock.moment())
    world.clock.move(10)
    assert "stands in the timeline" in cleo.steward(
        "incident note <https://acme.slack.com/archives/C1/p1|AII-2026-0001> The vendor called"
    )
    assert f"<@{CLEO}> sees to it" in words(card(world))
    (old,) = [m for m in cleo.hands.sees("C0ALL") if "AII-" in words(m) and not m.get("ephemeral")]
    assert f"<@{CLEO}> sees to it" in words(old)
