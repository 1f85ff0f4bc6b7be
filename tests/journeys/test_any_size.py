"""The same Steward in an organisation of two people and in one of ten units: asked, decided, and taken out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.config import change
from bot.keeping import keep
from bot.library import library
from bot.slack.ids import Action
from tests.journeys.test_own_rules import presses, proposes
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, HARMLESS, World
from triage.case import Status
from triage.roles import SEATED

TWO_PEOPLE: dict[str, Any] = {"organisation.units": []} | {f"roles.{role}": [BEN] for role in SEATED}
UNITS = [f"Unit {number}" for number in range(1, 11)]
TEN_UNITS: dict[str, Any] = {"organisation.units": UNITS, "organisation.public_body": True}
COMMITTEE = """\
seats:
  - id: own-committee
    role: committee
    people: 2
    when: {question: data, contains: internal}
    because: The committee looks at whatever stays in the house.
    source: Our AI policy, section 2
    examples:
      - fires: Minutes
        given: {data: [internal]}
        misses: A press release
        but: {data: [public]}
"""


def taken_out(world: World, monkeypatch: pytest.MonkeyPatch, folder: Path) -> list[dict[str, Any]]:
    monkeypatch.setenv("DATABASE_URL", world.database_url)
    assert main(["export", "--format", "json", "--out", str(folder)]) == 0
    uses: list[dict[str, Any]] = json.loads((folder / "uses.json").read_text("utf-8"))
    return uses


@pytest.mark.parametrize("settings", [TWO_PEOPLE], ids=["two people"])
def test_the_smallest_organisation_asks_decides_and_exports(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Who holds every role decides about what the other asks for, and never about their own."""
    own = world.person(BEN).asks().submitted(HARMLESS)
    world.person(BEN).presses_card(Action.APPROVE)
    assert world.case(own.root, BEN).status is Status.in_review
    assert "You asked for this use" in world.person(BEN).told()
    thread = world.person(ANA).asks().submitted(HARMLESS)
    assert world.person(BEN).decides(Action.APPROVE) is None
    assert thread.case.status is Status.approved
    found = {use["ref"]: use["state"] for use in taken_out(world, monkeypatch, tmp_path / "out")}
    assert found == {"AIU-2026-0001": "in_review", "AIU-2026-0002": "approved"}


@pytest.mark.parametrize("settings", [TEN_UNITS], ids=["ten units"])
def test_an_organisation_of_ten_units_does_so_too(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for unit in UNITS:
        thread = world.person(ANA).asks(
            f"The {unit} team would like to use Otter.ai to write down our meetings"
        )
        thread.submitted(HARMLESS)
        assert world.person(BEN).decides(Action.APPROVE) is None
        assert thread.case.status is Status.approved
    exported = taken_out(world, monkeypatch, tmp_path / "out")
    assert [use["state"] for use in exported] == ["approved"] * len(UNITS)


def test_the_same_request_needs_one_person_or_two_of_a_committee(world: World) -> None:
    """By one file of the organisation's own, and without a line of the program being another."""
    keep(world.store, library())
    first = world.person(ANA).asks().submitted(HARMLESS)
    assert world.person(BEN).decides(Action.APPROVE) is None
    assert first.case.status is Status.approved
    change(world.store, {"roles.governance_lead": [DAN]}, by=None, key="lead", now=world.store.now())
    world.bot.front.office.changed()
    assert proposes(world, CLEO, COMMITTEE) is None
    presses(world, CLEO, Action.ENFORCE_RULES)
    second = world.person(ANA).asks().submitted(HARMLESS)
    for user in (EVE, CLEO):
        assert world.person(user).decides(Action.APPROVE, reason="Fits.") is None
        assert second.case.status is Status.in_review, "a reviewer and one of the committee are too few now"
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    assert second.case.status is Status.approved
