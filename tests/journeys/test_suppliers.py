"""Suppliers in Slack: parts written by several, looked at by somebody else, documents that end, and a yes that waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.keeping import keep
from bot.library import library
from bot.proof import prove
from bot.sandbox.reading import words
from bot.slack.ids import Action
from store import aims, audit, suppliers
from store.suppliers import Held
from store.tools import check_terms
from tests.journeys.test_assessments import DECIDES
from tests.journeys.test_system import fills, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, World
from triage.asset import Asset
from triage.case import Status

OTTER = "otter"
ON = {"policies": ["supplier"], "roles.vendor_manager": [DAN], "roles.security": [BEN], "roles.auditor": []}
MANAGER = {"terms": "Enterprise terms of May", "regions": "EU", "trains": "no", "until": "2027-11-01"}
PAPER = {
    "title": "ISO 27001 certificate",
    "what": "iso_27001",
    "scope": "Hosting",
    "link": "https://example.com/trust",
}


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    made = World(database_url, settings=ON | {"roles.privacy": [BEN], "roles.legal": [EVE]}).open()
    keep(made.store, library())
    yield made
    made.close()


def held(world: World, key: str = OTTER) -> Held:
    with world.store.read() as session:
        return suppliers.of_key(session, key, world.bot.front.desk().day)


def opens(world: World, user: str, name: str = "") -> str:
    person = world.person(user)
    if person.hands.view() is not None:
        person.hands.closes_view()
    return person.steward(f"suppliers {name}".strip()) or person.window()


def writes(world: World, user: str, turn: int = 0, **said: Any) -> str:
    """Their part, from the window of the tool; with `turn` by the long form."""
    opens(world, user, "Otter.ai")
    press(world, user, Action.SUPPLIER_ASSESS, f"|{turn}|")
    assert fills(world, user, **said) is None
    return world.person(user).window()


def whole(world: World) -> None:
    """Three parts by three people; Cleo, who wrote none, says yes."""
    writes(world, DAN, **MANAGER)
    writes(world, BEN, security="Audited each year", privacy="Voices, by contract")
    writes(world, EVE, legal="Nothing unusual", fit="fit")
    approves(world, CLEO)


LONG = {
    "data_use": "Nothing else",
    "people_rights": "A form of theirs",
    "changes": "Thirty days before",
    "incidents": "None that we know of",
    "fallback": "Notes by hand, tried in May",
    "leaving": "An export, within a day",
}


def reads(world: World, user: str) -> dict[str, Any]:
    opens(world, user, "Otter.ai")
    press(world, user, Action.READ_ENTRY, "supplier:otter")
    view = world.person(user).hands.view()
    assert view is not None
    return view


def may_approve(world: World, user: str) -> bool:
    return bool(reads(world, user).get("submit"))


def approves(world: World, user: str) -> str:
    reads(world, user)
    person = world.person(user)
    person.submits()
    world.settle()
    return person.window()


def adds_paper(world: World, user: str, **more: Any) -> None:
    opens(world, user, "Otter.ai")
    press(world, user, Action.SUPPLIER_PAPER)
    assert fills(world, user, **(PAPER | more)) is None


def test_three_write_a_fourth_looks_and_the_yes_rests_on_it(world: World) -> None:
    thread = world.person(ANA).asks().submitted(DECIDES)
    cleo = world.person(CLEO)
    cleo.decides(Action.APPROVE, reason="Fine")
    assert thread.case.status is Status.in_review
    assert "First the supplier of Otter.ai is assessed" in str(cleo.hands.view())
    cleo.hands.closes_view()
    told = writes(world, DAN, **MANAGER)
    assert "Still open" in told
    assert "Security" in told
    assert "still open" in opens(world, BEN, "Otter.ai")
    writes(world, BEN, security="Audited each year", privacy="Voices, by contract")
    assert held(world).standing == "waits"
    writes(world, EVE, legal="Nothing unusual", fit="fit")
    assert not any(may_approve(world, user) for user in (DAN, BEN, EVE)), "nobody looks at their own"
    approves(world, CLEO)
    assert held(world).standing == "fit"
    cleo.decides(Action.APPROVE, reason="Fine")
    assert thread.case.status is Status.in_review, "at this risk the long form is needed"
    assert "First the supplier" in str(cleo.hands.view())
    cleo.hands.closes_view()
    writes(world, EVE, turn=1, **LONG)
    approves(world, CLEO)
    cleo.decides(Action.APPROVE, reason="Fine")
    assert thread.case.decision is not None
    with world.store.read() as session:
        (line,) = [each for each in audit.records(session) if each.what == "case.approved"]
        assert list(line.detail["assessments"]) == ["supplier AIS-2026-0001.4 stands"]
        assert prove(session).ok, prove(session)
