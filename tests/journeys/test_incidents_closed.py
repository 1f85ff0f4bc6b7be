"""What of an incident stays with those who may read it: a use closed later, an action given before, old windows."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from bot.demo.player import elements
from bot.slack.ids import Action
from store.tables import DueRow
from tests.journeys.test_changing import approved
from tests.journeys.test_incidents import card, does, the_incident
from tests.slack_world import ANA, CLEO, DAN, EVE, Somebody, World, words
from tests.slack_world.people import CARDS
from tests.slack_world.thread import Thread
from triage.incidents.incident import Status

SAID, DONE = "The Wolpertinger was sent to a customer", "Lock the Wolpertinger away"


def reports(world: World, thread: Thread, user: str = DAN) -> Somebody:
    person = world.person(user)
    assert person.hands.command("/steward", "incident", "general")
    world.settle()
    person.hands.fills(words=SAID, use=thread.case.id)
    assert person.hands.submits() is None
    world.settle()
    return person


def closes(world: World, thread: Thread) -> None:
    thread.presses(Action.READERS)
    world.person(ANA).hands.clicks_view(Action.CONFIDE.value)
    world.settle()
    assert thread.case.confidential


def presses(person: Somebody, message: Any, wish: str, channel: str = "dm") -> str:
    """A button of a message; the words of the window that it opened, or "" where none did."""
    button = next(e for e in elements(message) if str(e.get("value", "")).endswith(wish))
    assert person.hands.clicks(channel, message["ts"], button["action_id"], value=button["value"])
    person.world.settle()
    return person.window()


def test_a_use_closed_after_the_report_stays_closed_in_the_incident(world: World) -> None:
    """Neither its card, its windows, its list nor what the reporter is told say what it is about."""
    thread = approved(world)
    dan, cleo = reports(world, thread), world.person(CLEO)
    assert SAID in words(card(world))
    assert SAID in dan.steward("incident show AII-2026-0001")
    closes(world, thread)
    shown = words(card(world))
    assert thread.case.ref is not None
    assert thread.case.ref in shown
    assert "Wolpertinger" not in shown
    assert "Otter" not in shown
    opened = presses(cleo, card(world), "|0||", CARDS)  # Details
    assert "AII-2026-0001" in opened, "what stands on the card stands there, too"
    assert "Wolpertinger" not in opened
    assert "Otter" not in opened
    cleo.hands.closes_view()
    assert presses(cleo, card(world), "|assess", CARDS) == "", "its windows name what is on record"
    for person in (cleo, dan):
        assert "I find no such incident" in person.steward("incident show AII-2026-0001")
        assert "no incident that you can see" in person.steward("incident list")
    thread.presses(Action.READERS)
    world.person(ANA).hands.fills(person=CLEO)
    assert world.person(ANA).hands.submits() is None
    world.settle()
    assert SAID in cleo.steward("incident show AII-2026-0001"), "whoever is made a reader reads it"
    assert does(cleo, "reject", reason="The Wolpertinger is tame") is None
    told = words(dan.dm()[-1])
    assert "was found to be no incident" in told
    assert "Wolpertinger" not in told
    assert "Why?" in presses(dan, dan.dm()[-1], "|reopen"), "an objection stays open to whoever reported it"
    dan.hands.fills(reason="It is not")
    assert dan.hands.submits() is None
    world.settle()
    assert the_incident(world).status is Status.reopened


def test_whoever_does_something_about_a_closed_one_sees_their_own_part_alone(world: World) -> None:
    thread = approved(world)
    reports(world, thread, ANA)
    assert does(world.person(EVE), "add_action", words="Lock it", person=DAN, due="2026-12-20") is None
    assert does(world.person(EVE), "add_action", words=DONE, person=EVE, due="2026-12-20") is None
    closes(world, thread)
    dan = world.person(DAN)
    assert "Lock it" in words(dan.dm()[-1])
    assert "I find no such incident" in dan.steward("incident show AII-2026-0001")
    opened = presses(dan, dan.dm()[-1], "|do_action")
    assert "Lock it" in opened
    assert "Wolpertinger" not in opened, "neither the incident nor what others do"
    dan.hands.fills(task=the_incident(world).now.actions[0].id, words="Ticket 7")
    assert dan.hands.submits() is None
    world.settle()
    assert the_incident(world).now.actions[0].evidence == "Ticket 7"
    assert "Wolpertinger" not in str(dan.hands.sees("dm"))


@pytest.mark.parametrize("ends", ["close", "reject"])
def test_a_window_that_was_open_when_it_ended_changes_nothing(world: World, ends: str) -> None:
    """What was written in it is told as not taken, and the attempt stands in the trail."""
    thread = approved(world)
    reports(world, thread)
    eve, cleo = world.person(EVE), world.person(CLEO)
    message = card(world, EVE)
    assert eve.hands.selects(CARDS, message["ts"], Action.INCIDENT_MORE.value, ["note"])
    world.settle()
    eve.hands.fills(words="One more thing")
    harmless = {
        "harm": ["none"], "extent": "nothing", "people": "none", "personal_data": "no", "duties": ["none"],
        "our_role": "deployer", "data_role": "controller", "practice": "no", "irreversible": "no", "repeated": "no",
        "vulnerable": "no", "category": ["wrong_output"], "happening": "no",
    }  # fmt: skip
    assert does(cleo, "assess", **{f"asked.{name}": each for name, each in harmless.items()}) is None
    said: dict[str, Any] = {"words": "Lists age"} if ends == "close" else {"reason": "A test"}
    assert does(cleo, ends, **said) is None
    before = the_incident(world)
    assert eve.hands.submits() is None
    world.settle()
    assert "This incident is closed" in eve.window()
    assert the_incident(world) == before
    assert world.trail()[-1] == "note.refused"


def test_what_ends_in_the_use_ends_no_clock_of_its_incident(world: World) -> None:
    """The use stops, its task waits for nobody any more, and is retired: whoever must act is reminded as before."""
    thread = approved(world)
    reports(world, thread)

    def counting() -> list[tuple[str, str]]:
        with world.store.read() as session:
            rows = session.exec(select(DueRow).where(DueRow.state == "counting"))
            return sorted((row.subject_kind, row.kind) for row in rows)

    before = counting()
    assert ("incident", "gdpr-authority") in before
    assert does(world.person(CLEO), "suspend", reason="Until we know why") is None
    assert not thread.case.in_use
    assert counting() == before
    eve = world.person(EVE)
    told = len([m for m in eve.dm() if "please see to this" in words(m)])
    world.passes(days=2, hours=20)
    assert len([m for m in eve.dm() if "please see to this" in words(m)]) > told
