"""Home offers what can be done next on each row, to whoever may do it, and nothing that would be refused."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, HARMLESS, World
from tests.slack_world.people import FINDER
from triage.case import Status


def test_a_draft_can_be_finished_in_the_form(world: World) -> None:
    ana = world.person(ANA)
    thread = ana.asks()
    assert "Use a form instead" in ana.home()
    ana.hands.clicks_home(Action.USE_FORM.value)
    assert ana.hands.view() is not None
    ana.hands.fills(data=["internal"])
    assert ana.hands.submits() is None
    world.settle()
    assert thread.case.answers["data"].picked == ("internal",)


def test_whoever_decides_does_so_from_home(world: World) -> None:
    ana, ben = world.person(ANA), world.person(BEN)
    thread = ana.asks().submitted()
    assert "Approve" not in ana.home(), "nobody approves their own"
    assert "Approve" in ben.home()
    ben.hands.clicks_home(Action.ASK.value)
    ben.hands.fills(question="Who can listen?")
    assert ben.hands.submits() is None
    world.settle()
    assert "Answer" in ana.home()
    ana.hands.clicks_home(Action.ANSWER.value)
    ana.hands.fills(words="Only my team")
    assert ana.hands.submits() is None
    world.settle()
    assert "Answer\n" not in ana.home()
    ben.home()
    ben.hands.clicks_home(Action.APPROVE.value)
    ben.hands.fills(reason="Fits.")
    assert ben.hands.submits() is None
    world.settle()
    assert thread.case.status is Status.approved
    assert "Decline" not in ben.home()


def test_what_is_open_is_answered_from_home_by_whoever_may(world: World) -> None:
    ana = world.person(ANA)
    thread = ana.asks().submitted(HARMLESS | {"output_use": "unsure"})
    assert "Answer what is open" in ana.home()
    assert "Answer what is open" not in world.person(DAN).home()
    ben = world.person(BEN).home()
    assert "Approve" not in ben, "while something is open it would be refused"
    ana.hands.clicks_home(Action.SETTLE.value)
    ana.hands.fills(output_use=["draft_self"])
    assert ana.hands.submits() is None
    world.settle()
    assert thread.case.answers["output_use"].picked == ("draft_self",)


@pytest.mark.parametrize(
    ("decision", "label"), [(Action.APPROVE, "Ask for another use of it"), (Action.DECLINE, "Ask anew")]
)
def test_what_is_decided_leads_on_to_the_next_request(world: World, decision: Action, label: str) -> None:
    ana = world.person(ANA)
    ana.asks().submitted()
    world.person(BEN).decides(decision, reason="So it is.")
    assert label in ana.home()


def test_the_words_of_a_draft_are_cut_where_a_word_ends_and_it_is_said(world: World) -> None:
    ana = world.person(ANA)
    ana.asks(
        "I want to use Otter.ai for the minutes of our own meetings, " + "and for what comes after, " * 9
    )
    assert "…*" in ana.home()
    assert "minutes of our own meetings, and for what" in ana.home()


@pytest.mark.parametrize(
    "settings", [{"roles.legal": [EVE], "roles.privacy": [EVE], "roles.vendor_manager": [EVE]}], ids=["apart"]
)
def test_nobody_reads_that_one_decides_where_several_have_to(world: World) -> None:
    ana, eve, cleo = world.person(ANA), world.person(EVE), world.person(CLEO)
    ana.asks().submitted(FINDER)
    assert "Several people decide, by " in ana.home()
    assert " or <@" not in ana.home()
    assert eve.decides(Action.APPROVE, reason="Lawful.") is None
    assert f"<@{CLEO}> decides by " in ana.home()
    assert cleo.decides(Action.APPROVE, reason="Fits.") is None
    assert "decides by" not in ana.home()
