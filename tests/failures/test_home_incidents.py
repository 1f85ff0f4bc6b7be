"""Incidents on Home: open ones with their clocks for whoever looks into them, one's own reports for each."""

from __future__ import annotations

from typing import Any

from bot.slack.ids import Action
from tests.journeys.test_changing import approved
from tests.journeys.test_incidents import card, does, the_incident
from tests.journeys.test_incidents_closed import closes, reports
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, Somebody, World, words

OPEN, MINE = "Incidents that are open", "What you reported"


def button(person: Somebody, ending: str) -> dict[str, Any]:
    """One of Home, by what it is about."""
    view = person.hands.home()
    assert view is not None
    found = [block.get("accessory") for block in view["blocks"]]
    found += [each for block in view["blocks"] if block["type"] == "actions" for each in block["elements"]]
    return next(each for each in found if each and str(each.get("value", "")).endswith(ending))


def presses(person: Somebody, ending: str) -> str:
    element = button(person, ending)
    assert person.hands.clicks_home(element["action_id"], value=element["value"])
    person.world.settle()
    return person.window() if person.hands.view() is not None else ""


def test_f26_whoever_looks_into_it_finds_it_with_the_clock_that_ends_first(world: World) -> None:
    thread = approved(world)
    dan, cleo = reports(world, thread), world.person(CLEO)
    home = cleo.home()
    assert OPEN in home
    assert "AII-2026-0001: Incident" in home
    assert "Find out first:" in home
    assert "duties may apply" in home
    assert "still owed" not in home, "nothing decides yet that anything is owed"
    assert "Otter" in home.partition(OPEN)[2].partition("Nobody sees to it yet")[0]
    opened = presses(cleo, f"{the_incident(world).id}|0||")
    assert "may apply until it is known, and I keep the time" in opened
    cleo.hands.closes_view()
    presses(cleo, "|take_up")
    assert f"<@{CLEO}> sees to it" in str(cleo.hands.home()), "Home shows at once what was pressed"
    for person in (world.person(ANA), dan):
        assert OPEN not in person.home()


def test_one_that_is_due_first_stands_first(world: World) -> None:
    dan = world.person(DAN)
    for said in ("The first", "The second"):
        assert dan.hands.command("/steward", "incident", "general")
        world.settle()
        dan.hands.fills(words=said)
        assert dan.hands.submits() is None
        world.settle()
        world.passes(days=1)
    home = world.person(EVE).home()
    assert home.index("AII-2026-0001") < home.index("AII-2026-0002")


def test_f30_whoever_reported_it_finds_how_it_stands_until_it_is_over(world: World) -> None:
    thread = approved(world)
    dan, cleo = reports(world, thread), world.person(CLEO)
    home = dan.home()
    assert MINE in home
    assert "nobody has looked into it yet" in home
    assert "You will hear from me when it is closed" in home
    assert MINE not in cleo.home()
    assert does(cleo, "take_up") is None
    assert f"<@{CLEO}> sees to it" in str(dan.hands.home())
    assert does(cleo, "reject", reason="It was a test") is None
    assert "It was found to be no incident" in str(dan.hands.home())
    assert "It was a test" in str(dan.hands.home())
    assert "Why?" in presses(dan, "|reopen")


def test_f26_nobody_reads_on_home_what_only_readers_see(world: World) -> None:
    """Its reference and its clocks, since the law's clock does not wait; no title, no words, no window."""
    thread = approved(world)
    dan, cleo = reports(world, thread), world.person(CLEO)
    closes(world, thread)
    assert thread.case.ref is not None
    for person, part in ((cleo, OPEN), (dan, MINE)):
        home = person.home().partition(part)[2]
        assert "AII-2026-0001" in home
        assert thread.case.ref in home
        assert "Wolpertinger" not in person.home()
        assert "Otter" not in home.partition("AII-2026-0001")[2].partition("What you may use")[0]
        assert "|assess" not in str(person.hands.home())
    assert "may apply" in cleo.home()


def test_f30_the_card_of_what_stopped_a_use_follows_what_is_decided_of_it(world: World) -> None:
    """Also once it is closed itself: nobody takes a use for stopped that is allowed again."""
    thread = approved(world)
    reports(world, thread)
    cleo, ben = world.person(CLEO), world.person(BEN)
    assert does(cleo, "suspend", reason="Until we know why") is None
    assert "is suspended until it is decided anew" in words(card(world))
    assert does(cleo, "reject", reason="It was a test") is None
    assert "is suspended until it is decided anew" in words(card(world))
    use = next(m for m in world.cards(BEN) if "AIU-" in words(m) and "AII-" not in words(m))
    assert ben.decides(Action.APPROVE, use, reason="It was a test.") is None
    assert thread.case.in_use
    shown = words(card(world))
    assert "until it is decided anew" not in shown
    assert "since then: *approved*" in shown
