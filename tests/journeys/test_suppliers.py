"""Suppliers in Slack: parts by several, looked at by somebody else, documents that end, and a yes that waits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from bot.keeping import keep
from bot.library import library
from bot.proof import prove
from bot.sandbox.reading import words
from bot.slack.ids import Action
from bot.slack.payloads import Who
from store import audit, suppliers
from store.suppliers import Held
from store.tools import check_terms
from tests.journeys.test_assessments import DECIDES
from tests.journeys.test_system import fills, press
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, HARMLESS, TEAM, World
from triage.asset import Asset
from triage.case import Status
from triage.confidences import Confide

OTTER = "otter"
ON = {"policies": ["supplier"], "roles.vendor_manager": [DAN], "roles.security": [BEN], "roles.auditor": []}
MANAGER: dict[str, Any] = {
    "terms": "Enterprise terms of May",
    "regions": "EU",
    "trains": "no",
    "until": "2027-11-01",
}
PAPER: dict[str, Any] = {
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
    press(world, user, Action.SUPPLIER_STATE, f"supplier|{turn}|")
    assert fills(world, user, **said) is None
    return world.person(user).window()


def whole(world: World) -> None:
    """Three parts by three people; Cleo, who wrote none, says yes."""
    writes(world, DAN, **MANAGER)
    writes(world, BEN, security="Audited each year", privacy="Voices, by contract")
    writes(world, EVE, legal="Nothing unusual", fit="fit")
    approves(world, CLEO)


LONG: dict[str, Any] = {
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
    press(world, user, Action.SUPPLIER_STATE, "supplier_paper|")
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


def test_what_changed_of_its_terms_makes_it_stale(world: World) -> None:
    whole(world)
    assert held(world).standing == "fit"
    now = world.store.now()
    with world.store.write() as session:
        tool = Asset(id=OTTER, name="Otter.ai", vendor="Otter.ai")
        check_terms(session, tool, "They may learn from it", now.date(), known_as="catalogue", now=now)
    assert held(world).standing == "stale"
    assert "changed since" in opens(world, CLEO, "Otter.ai")
    writes(world, DAN, terms="They may learn from it; we opted out", trains="opted_out")
    assert held(world).standing == "stale", "what was written waits for somebody who wrote none of it"
    approves(world, CLEO)
    assert held(world).standing == "fit"


def test_a_past_day_is_told_with_what_was_noted_by_then(world: World) -> None:
    """Stale once the terms moved, fit the day before, and not stale any more after it was written anew."""
    whole(world)
    looked = world.store.now()
    world.passes(days=1)
    now = world.store.now()
    with world.store.write() as session:
        tool = Asset(id=OTTER, name="Otter.ai", vendor="Otter.ai")
        check_terms(session, tool, "They may learn from it", now.date(), known_as="catalogue", now=now)
    moved = world.store.now()
    world.passes(days=1)
    writes(world, DAN, terms="They may learn from it; we opted out", trains="opted_out")
    approves(world, CLEO)

    def then(at: datetime | None) -> str:
        with world.store.read() as session:
            (found,) = suppliers.Supplies(session, moved.date(), at).every({})
        return found.standing

    assert [then(looked), then(moved), then(world.store.now()), then(None)] == ["fit", "stale", "fit", "fit"]


def test_what_was_known_when_it_was_written_has_to_be_known_still(world: World) -> None:
    writes(world, DAN, **MANAGER, security="Fine", privacy="Fine", legal="Fine", fit="fit")
    now = world.store.now()
    with world.store.write() as session:
        tool = Asset(id=OTTER, name="Otter.ai", vendor="Otter.ai")
        check_terms(session, tool, "New terms", now.date(), known_as="catalogue", now=now)
    assert "What is known of this tool changed" in approves(world, CLEO)
    assert held(world).standing == "waits"


def test_a_document_that_ends_is_told_before_and_shows_on_each_use(world: World) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS)
    world.person(BEN).decides(Action.APPROVE, reason="Fine")
    adds_paper(world, DAN, until="2027-02-01")
    (paper,) = held(world).papers
    assert (paper.lapsed, paper.checked) == (False, None)
    assert "nobody else has looked into it" in opens(world, CLEO, "Otter.ai")
    world.passes(days=28)
    assert any("ends on 1 February 2027" in words(m) for m in world.person(DAN).dm()), (
        "the vendor manager hears"
    )
    world.passes(days=40)
    (paper,) = held(world).papers
    assert paper.lapsed
    assert "ISO 27001 certificate of the supplier ended on" in world.person(ANA).steward("show 1")
    causes = [step.cause for step in thread.case.review_steps]
    assert causes.count("vendor_paper") == 1, "its uses are looked at again, once"
    world.passes(days=2)
    assert [step.cause for step in thread.case.review_steps].count("vendor_paper") == 1
    with world.store.read() as session:
        assert prove(session).ok, prove(session)


def test_somebody_else_looks_into_a_document(world: World) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS)
    assert thread.case.tool_id == OTTER
    adds_paper(world, DAN)
    opens(world, DAN, "Otter.ai")
    (paper,) = held(world).papers
    press(world, DAN, Action.READ_ENTRY, paper.entry)
    assert "I looked into it" not in str(world.person(DAN).hands.view()), "not whoever brought it"
    opens(world, BEN, "Otter.ai")
    press(world, BEN, Action.READ_ENTRY, paper.entry)
    press(world, BEN, Action.ACT_ENTRY, "looked_into")
    assert fills(world, BEN, holds="partly", found="One site is missing") is None
    (paper,) = held(world).papers
    assert (paper.holds, paper.checked) == ("partly", world.store.now().date())
    assert "it holds in part" in opens(world, CLEO, "Otter.ai")


def test_confidential_uses_are_not_counted_for_whoever_may_not_know_of_them(world: World) -> None:
    thread = world.person(ANA).asks().submitted(HARMLESS)
    world.person(BEN).decides(Action.APPROVE, reason="Fine")
    assert held(world).total == 1
    desk = world.bot.front.desk()
    who = world.bot.front.person(Who(TEAM, ANA))
    world.bot.office.ledger.execute(Confide(actor=who, key="closed", case=thread.case.id), desk)
    world.settle()
    assert held(world).total == 0
    for user in (DAN, EVE):
        shown = opens(world, user)
        assert "Otter" not in shown, shown
        assert "1 of low risk" not in shown


def test_whoever_holds_no_role_sees_nothing_of_it(world: World) -> None:
    assert "Suppliers are looked at by those" in world.person(ANA).steward("suppliers")
    assert "No such tool is known" in world.person(DAN).steward("suppliers Qwertzuiop")
