"""Harm that somebody outside reports: where they can, how it comes in, and that they are answered."""

from __future__ import annotations

import pytest

from bot.cli.incident import shown
from bot.slack.ids import Action
from bot.trust import answers, as_text
from bot.words import Words
from store import people, trust
from tests.journeys.test_announcing import opens
from tests.journeys.test_changing import approved
from tests.journeys.test_incidents import card, does, the_incident
from tests.slack_world import ANA, CLEO, DAN, World, words
from tests.slack_world.people import CARDS
from triage.incidents.incident import Status

DOOR = "https://acme.example/harm"
HARMLESS = {
    "harm": ["none"], "extent": "nothing", "people": "none", "personal_data": "no", "duties": ["none"],
    "our_role": "deployer", "data_role": "controller", "vulnerable": "no", "practice": "no", "irreversible": "no",
    "repeated": "no", "category": ["wrong_output"], "happening": "no",
}  # fmt: skip


def comes_in(world: World, origin: str) -> None:
    """Dan got a letter, and takes it in by the window in which everything is reported."""
    dan = world.person(DAN)
    assert dan.hands.command("/steward", "incident", "general")
    world.settle()
    assert "Somebody outside reported it (leave out who)" in str(dan.hands.view())
    dan.hands.fills(words="A customer was refused by *Otter* <!channel>", **{"asked.origin": origin})
    assert dan.hands.submits() is None
    world.settle()


@pytest.mark.parametrize("settings", [{"incidents.outside": DOOR}], ids=["door"])
def test_the_door_stands_in_the_notice_for_people_affected_and_in_the_trust_pack(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    opens(ana, thread)
    assert DOOR not in ana.window(), "colleagues report to Steward"
    ana.clicks("For people it affects")
    assert f"tell us, and you get an answer: {DOOR}" in ana.window()
    ana.clicks("Français")
    assert f"vous recevrez une réponse : {DOOR}" in ana.window()
    day = world.bot.front.desk().day
    with world.store.read() as session:
        found = trust.made(session, day, "Europe/Berlin")
    assert found.digest != found.model_copy(update={"outside": ""}).digest, "another door is another paper"
    asked = dict(answers(Words(), found))
    assert (
        asked["Where does somebody outside report harm?"]
        == f"Whoever reports something there is answered: {DOOR}"
    )
    assert any(DOOR in line for line in as_text(Words(), found, approved=True))


def test_without_a_door_nothing_is_promised(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    opens(ana, thread)
    ana.clicks("For people it affects")
    assert "you get an answer" not in ana.window()
    with world.store.read() as session:
        found = trust.made(session, world.bot.front.desk().day, "Europe/Berlin")
    assert "Where does somebody outside report harm?" not in dict(answers(Words(), found))


@pytest.mark.parametrize("settings", [{"incidents.outside": "Write to <!channel> *us*"}], ids=["words"])
def test_what_is_no_address_stays_words(world: World) -> None:
    thread, ana = approved(world), world.person(ANA)
    opens(ana, thread)
    ana.clicks("For people it affects")
    assert "<!channel>" not in str(ana.hands.view())
    assert "Write to &lt;" in str(ana.hands.view())


def test_a_report_from_outside_is_taken_in_and_ends_only_once_they_are_answered(world: World) -> None:
    comes_in(world, "outside")
    cleo = world.person(CLEO)
    assert "It came from outside of the organisation." in words(card(world))
    assert "Whoever reported it has no answer yet" in words(card(world))
    assert does(cleo, "assess", **{f"asked.{name}": each for name, each in HARMLESS.items()}) is None
    assert "somebody answers whoever reported it from outside" in words(card(world)), "what comes next"
    assert does(cleo, "close", words="We look twice") is None
    assert "Whoever reported it from outside has no answer yet" in cleo.window()
    cleo.hands.closes_view()
    assert does(cleo, "reject", reason="It was right") is None
    assert "Whoever reported it from outside has no answer yet" in cleo.window(), "nor is it none without"
    cleo.hands.closes_view()

    assert does(cleo, "noted_told", ruling="reporter", words="Called back; it was put right") is None
    assert f"<@{CLEO}> answered whoever reported it" in words(card(world))
    assert does(cleo, "close", words="We look twice") is None
    found = the_incident(world)
    assert found.status is Status.closed
    with world.store.read() as session:
        told = "\n".join(shown(found, Words(), people.names(session)))
    assert "It came from outside of the organisation, and whoever reported it was answered on" in told
    assert "answered whoever reported it from outside" in told
    dan = world.person(DAN)
    assert "answered whoever reported it from outside: Called back" in dan.steward("incident show 1")
    assert world.refused() == []
    assert world.differences() == []
    assert world.is_untouched()


def test_what_one_of_us_noticed_has_nobody_outside_to_answer(world: World) -> None:
    comes_in(world, "inside")
    cleo = world.person(CLEO)
    assert "outside" not in words(card(world))
    assert does(cleo, "assess", **{f"asked.{name}": each for name, each in HARMLESS.items()}) is None
    message = card(world)
    assert cleo.hands.selects(CARDS, message["ts"], Action.INCIDENT_MORE.value, ["noted_told"])
    world.settle()
    assert "Whoever reported it from outside" not in str(cleo.hands.view())
    cleo.hands.closes_view()
    assert does(cleo, "close", words="We look twice") is None
    assert the_incident(world).status is Status.closed
