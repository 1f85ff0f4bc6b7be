"""A reaction puts a message below the card of an incident into its timeline, where the scope is, and no other does."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from store.tables import InboxRow
from tests.journeys.test_incidents import card, does, the_incident
from tests.slack_world import ANA, CLEO, DAN, EVE, World
from tests.slack_world.people import CARDS, SCOPES

MARK = pytest.mark.parametrize("settings", [{"incidents.reaction": "pushpin"}], ids=["pushpin"])


def heard(world: World, scope: bool = True) -> None:
    world.workspace.scopes = {*SCOPES, *(["reactions:read"] if scope else [])}
    world.workspace.events |= {"reaction_added", "reaction_removed"}


def an_incident(world: World) -> str:
    """Reported by Ana; the ts of its card."""
    ana = world.person(ANA)
    assert ana.hands.command("/steward", "incident", "general")
    world.settle()
    ana.hands.fills(words="It made a price up")
    assert ana.hands.submits() is None
    world.settle()
    return str(card(world)["ts"])


def notes(world: World) -> list[tuple[str, str]]:
    steps = [step for step in the_incident(world).steps if step.kind == "note"]
    return [(step.texts["words"], step.texts["link"]) for step in steps]


@MARK
def test_it_is_kept_once_with_its_link_and_for_good(world: World, settings: dict[str, Any]) -> None:
    heard(world)
    root = an_incident(world)
    cleo, eve = world.person(CLEO), world.person(EVE)
    ts = cleo.writes("The vendor says it is mended", to=CARDS, thread=root)
    cleo.hands.reacts(CARDS, ts, "pushpin")
    world.settle()
    ((words, link),) = notes(world)
    assert words == "A message below the card, marked with :pushpin:"
    assert ts in link
    eve.hands.reacts(CARDS, ts, "pushpin")
    world.settle()
    cleo.hands.unreacts(CARDS, ts, "pushpin")
    world.settle()
    cleo.hands.reacts(CARDS, ts, "pushpin")
    world.settle()
    assert len(notes(world)) == 1
    assert world.trail().count("incident.noted") == 1
    assert does(cleo, "reject", reason="It was none") is None
    late = eve.writes("And again", to=CARDS, thread=root)
    eve.hands.reacts(CARDS, late, "pushpin")
    world.settle()
    assert len(notes(world)) == 1, "nothing is added to what is over"


@MARK
def test_every_other_reaction_is_let_go_at_the_door(world: World, settings: dict[str, Any]) -> None:
    """Another emoji, another channel, the card itself, what stands below no card, and people with no part in it."""
    heard(world)
    root = an_incident(world)
    cleo, dan = world.person(CLEO), world.person(DAN)
    ts = dan.writes("What happened?", to=CARDS, thread=root)
    elsewhere = dan.writes("Lunch?", to="C0ALL")
    beside = dan.writes("Anybody there?", to=CARDS)
    with world.store.read() as session:
        known = len(session.exec(select(InboxRow)).all())
    cleo.hands.reacts(CARDS, ts, "eyes")
    dan.hands.reacts("C0ALL", elsewhere, "pushpin")
    world.settle()
    with world.store.read() as session:
        assert len(session.exec(select(InboxRow)).all()) == known, "nothing of them is stored"
    for person, message in ((cleo, root), (cleo, beside), (dan, ts)):
        person.hands.reacts(CARDS, message, "pushpin")
        world.settle()
    assert notes(world) == []
    assert "note.refused" not in world.trail()


@MARK
def test_without_the_scope_nothing_is_kept(world: World, settings: dict[str, Any]) -> None:
    heard(world, scope=False)
    root = an_incident(world)
    cleo = world.person(CLEO)
    ts = cleo.writes("The vendor says it is mended", to=CARDS, thread=root)
    cleo.hands.reacts(CARDS, ts, "pushpin")
    world.settle()
    assert notes(world) == []
    with world.store.read() as session:
        assert [row.kind for row in session.exec(select(InboxRow)) if row.kind == "reaction_added"] == []
