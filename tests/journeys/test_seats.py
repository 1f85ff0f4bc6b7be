"""Several have to say yes, as those who decide and whoever asked live through it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.slack.ids import Action
from tests.databases import Databases
from tests.slack_world import ANA, BEN, CLEO, EVE, HARMLESS, World, words

LEARNS = HARMLESS | {"data": "confidential", "train_on_data": "yes"}
"""The supplier learns from it: the risk owner has to say yes, and whoever looks after the supplier."""


@pytest.fixture
def world(databases: Databases) -> Iterator[World]:
    world = World(databases.copy(), settings={"roles.vendor_manager": [EVE]})
    try:
        yield world.open()
        assert world.is_untouched()
        assert world.refused() == []
    finally:
        world.close()


def test_each_says_yes_in_turn_and_the_last_one_decides(world: World) -> None:
    thread = world.person(ANA).asks().submitted(LEARNS)
    assert "and" in thread.last
    (card,) = world.cards()
    assert f"Needs a yes from:\n• Risk owner: <@{CLEO}>\n• Vendor manager: <@{EVE}>" in words(card)

    eve = world.person(EVE)
    assert "AIU-2026-0001" in eve.home().partition("Waiting for you")[2]
    assert eve.decides(Action.APPROVE_WITH_CONDITIONS, reason="Safe.", conditions="Not before March.") is None
    assert thread.case.status == "in_review"
    (card,) = world.cards()
    assert f"• Vendor manager: yes from <@{EVE}>" in words(card)
    assert ", if: Not before March." in words(card), "whoever is next reads it before they say yes"
    assert f"• Risk owner: <@{CLEO}>" in words(card)
    assert "AIU-2026-0001" not in eve.home().partition("Waiting for you")[2]
    note = world.below(world.cards()[0])[-1]
    assert f"<@{EVE}> says yes for vendor manager: Safe." in note
    assert f"Nothing is decided yet: <@{CLEO}> (the risk owner) decides" in note
    assert "The vendor manager said yes." in "\n".join(thread.texts())

    eve.presses_card(Action.APPROVE)
    assert "You have said yes to this already" in eve.told()
    assert world.person(CLEO).decides(Action.APPROVE, reason="Needed.") is None
    assert thread.case.status == "approved_with_conditions"
    assert "1. Not before March." in thread.last
    assert (
        f"<@{CLEO}> (risk owner) approved it: Needed.\n<@{EVE}> (vendor manager) said yes, too: Safe."
        in thread.last
    )
    receipt = world.below(world.cards()[0])[-1]
    assert f"by <@{CLEO}> as risk owner" in receipt
    assert f"<@{EVE}> as vendor manager" in receipt


def test_whoever_is_not_called_is_told_who_is(world: World) -> None:
    world.person(ANA).asks().submitted(LEARNS)
    ben = world.person(BEN)
    ben.presses_card(Action.APPROVE)
    assert "This is for the risk owner or the vendor manager to decide." in ben.told()


def test_one_no_is_enough(world: World) -> None:
    thread = world.person(ANA).asks().submitted(LEARNS)
    assert world.person(EVE).decides(Action.APPROVE, reason="Safe.") is None
    assert world.person(CLEO).decides(Action.DECLINE, reason="Too much at stake") is None
    assert thread.case.status == "declined"
