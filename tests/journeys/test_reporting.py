"""Anybody says in two presses that an answer was wrong: its owner reads all of them in one message, and they count."""

from __future__ import annotations

from bot.demo.player import elements
from bot.slack.ids import Action, Shortcut
from tests.journeys.test_changing import approved
from tests.slack_world import ANA, BEN, DAN, EVE, Somebody, World, words
from tests.slack_world.people import HARMLESS
from triage.enough import most


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
    assert "Wrong answers reported: 2" in world.person(ANA).steward(
        "show <https://acme.slack.com/archives/C1/p1|AIU-2026-0001>."
    )
    assert world.trail().count("answer.reported") == 2
    assert thread.case.in_use, "nothing stops by itself"
    assert world.differences() == []


def test_nothing_is_offered_of_what_is_not_in_use(world: World) -> None:
    world.person(ANA).asks().submitted()
    assert world.person(ANA).hands.command("/steward", "show 1", "general")
    world.settle()
    shown = [m for m in world.person(ANA).hands.sees("general") if m.get("ephemeral")][-1]
    assert not [e for e in elements(shown) if e.get("action_id") == Action.REPORT_WRONG]


def on(person: Somebody, text: str) -> None:
    """The shortcut in the menu of a message that somebody wrote."""
    ts = person.world.person(EVE).hands.says("general", text)
    person.world.settle()
    assert person.hands.shortcut(Shortcut.ANSWER_WRONG.value, "C0ALL", ts)
    person.world.settle()


def test_on_a_message_that_names_the_tool(world: World) -> None:
    thread, dan = approved(world), world.person(DAN)
    on(dan, "Look what Otter made of my name")
    dan.hands.fills(words="It made a name up")
    assert dan.hands.submits() is None
    world.settle()
    assert [each.words for each in thread.case.reports] == ["It made a name up"]
    assert "hears of it, and it counts" in dan.window()


def test_of_several_uses_one_is_picked(world: World) -> None:
    first, second = approved(world), approved(world)
    dan = world.person(DAN)
    on(dan, "Otter is wrong again")
    assert "Several uses fit" in dan.window()
    dan.hands.fills(use=first.case.id)
    assert dan.hands.submits() is None
    world.settle()
    assert [len(thread.case.reports) for thread in (first, second)] == [1, 0]
    dan.hands.closes_view()
    on(dan, f"See {second.case.ref}, please")
    assert dan.hands.submits() is None
    world.settle()
    assert [len(thread.case.reports) for thread in (first, second)] == [1, 1]


def test_on_a_message_that_names_nothing_of_theirs(world: World) -> None:
    """What is confidential reads like what does not exist, by its reference as well."""
    thread = world.person(ANA).asks("I'd like to use Otter.ai for our minutes")
    assert thread.fills(HARMLESS) is None
    thread.answers()
    thread.presses(Action.CONFIDE)
    thread.presses(Action.SUBMIT)
    ben, dan = world.person(BEN), world.person(DAN)
    ben.presses_card(Action.OPEN_WHOLE)
    ben.hands.clicks_view(Action.APPROVE.value)
    ben.hands.fills(reason="Fits.")
    assert ben.hands.submits() is None
    world.settle()
    for text in ("Lunch?", "AIU-2026-0001 is wrong", "Otter is wrong"):
        on(dan, text)
        assert dan.hands.view() is None
        assert "I find no use in this message" in dan.told()
    on(ben, "AIU-2026-0001 is wrong")
    assert ben.hands.submits() is None
    world.settle()
    assert len(thread.case.reports) == 1


def test_more_of_one_day_is_declined_kindly(world: World) -> None:
    thread, dan = approved(world), world.person(DAN)
    for _ in range(most()):
        reports(dan)
        dan.hands.closes_view()
    reports(dan, "Once more")
    assert "has heard each of them" in dan.window()
    assert len(thread.case.reports) == most()
    reports(world.person(BEN))
    assert len(thread.case.reports) == most() + 1
