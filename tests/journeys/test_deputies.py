"""Somebody is away and named a deputy, who decides in their place: as all of them live through it."""

from __future__ import annotations

import pytest

from bot.cli.story import story, told
from bot.slack.ids import Action
from bot.words import Words
from store.accord import compare
from store.audit import records
from tests.journeys.test_assigning import below
from tests.slack_world import ANA, BEN, DAN, World, words

REF = "AIU-2026-0001"


def card(world: World) -> str:
    (only,) = world.cards()
    return words(only)


@pytest.mark.parametrize("door", ["socket", "http"])
def test_a_deputy_decides_in_the_place_of_who_is_away(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    ben, dan = world.person(BEN), world.person(DAN)
    assert "may decide in your place" in ben.steward(f"away until 14 December <@{DAN}>")
    assert any(f"<@{BEN}> is away" in text and "as reviewer" in text for text in map(words, dan.dm()))
    assert REF in dan.home().partition("Waiting for you")[2]
    assert dan.decides(Action.APPROVE, reason="Fits.") is None
    assert thread.case.status == "approved"
    assert f"<@{DAN}>, in place of <@{BEN}> (reviewer) approved it" in thread.last
    assert f"by <@{DAN}>, in place of <@{BEN}> as reviewer" in below(world)[-1]
    with world.store.read() as session:
        assert compare(session).differ == []
        last = [line for line in records(session) if line.what == "case.approved"][-1]
        lines = "\n".join(story(told(session, REF), Words(), everything=False))
    assert (last.detail["since"], last.detail["until"]) == ("2026-12-07", "2026-12-14")
    assert "in place of" in lines
    assert "away 2026-12-07 to 2026-12-14" in lines


def test_it_ends_when_they_are_back(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    ben, dan = world.person(BEN), world.person(DAN)
    ben.steward(f"away until 14 December <@{DAN}>")
    dan.presses_card(Action.TAKE)
    assert f"<@{DAN}> has had this" in card(world)
    ben.steward("back")
    assert f"<@{DAN}>" not in card(world)
    dan.presses_card(Action.DECLINE)
    assert "This is for the reviewer to decide." in dan.told()
    assert thread.case.status == "in_review"


@pytest.mark.parametrize("settings", [{"deputies": False}])
def test_an_organisation_may_have_no_deputies(world: World) -> None:
    world.person(ANA).asks().submitted()
    ben, dan = world.person(BEN), world.person(DAN)
    assert "may decide" not in ben.steward(f"away until 14 December <@{DAN}>")
    assert "you are reminded of what they have" in words(dan.dm()[-1])
    dan.presses_card(Action.APPROVE)
    assert "This is for the reviewer to decide." in dan.told()
