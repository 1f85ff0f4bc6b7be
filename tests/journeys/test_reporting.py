"""Anybody says in two presses that an answer was wrong: its owner reads all of them in one message, and they count."""

from __future__ import annotations

from bot.demo.player import elements
from bot.slack.ids import Action
from tests.journeys.test_changing import approved
from tests.slack_world import ANA, BEN, DAN, Somebody, World, words


def presses(person: Somebody) -> None:
    """On the use, as anybody finds it."""
    assert person.hands.command("/steward", "show 1", "general")
    person.world.settle()
    message = [m for m in person.hands.sees("general") if m.get("ephemeral")][-1]
    button = next(e for e in elements(message) if e.get("action_id") == Action.REPORT_WRONG)
    assert person.hands.clicks("general", message["ts"], button["action_id"], value=button["value"])
    person.world.settle()


def reports(person: Somebody, text: str = "") -> None:
    presses(person)
    if text:
        person.hands.fills(words=text)
    assert person.hands.submits() is None
    person.world.settle()


def test_its_owner_reads_all_of_them_in_one_message(world: World) -> None:
    thread = approved(world)
    before = len(thread.shown())
    reports(world.person(DAN))
    assert "hears of it, and it counts" in world.person(DAN).window()
    assert f"was wrong*.\n• <@{DAN}>" in words(thread.shown()[-1])
    reports(world.person(BEN), "It made <!here> up")
    told = words(thread.shown()[-1])
    assert len(thread.shown()) == before + 1
    assert "2 times so far" in told
    assert "It made &lt;!here&gt; up" in told
    assert [each.words for each in thread.case.reports] == ["", "It made <!here> up"]
    assert "Wrong answers reported: 2" in world.person(ANA).steward("show 1")
    assert world.trail().count("answer.reported") == 2
    assert thread.case.in_use, "nothing stops by itself"
    assert world.differences() == []


def test_nothing_is_offered_of_what_is_not_in_use(world: World) -> None:
    world.person(ANA).asks().submitted()
    assert world.person(ANA).hands.command("/steward", "show 1", "general")
    world.settle()
    shown = [m for m in world.person(ANA).hands.sees("general") if m.get("ephemeral")][-1]
    assert not [e for e in elements(shown) if e.get("action_id") == Action.REPORT_WRONG]
