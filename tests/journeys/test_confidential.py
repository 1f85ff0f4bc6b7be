"""A confidential request: its readers read it, everybody else its reference and its tier."""

from __future__ import annotations

import json

import pytest

from bot.config import change
from bot.keeping import keep
from bot.library import library
from bot.slack.ids import Action
from bot.slack.payloads import Who
from tests.slack_world import ANA, BEN, CLEO, DAN, EVE, TEAM, World, words
from tests.slack_world.people import HARMLESS
from tests.slack_world.thread import Thread
from triage.afterwards import Join

MARK = "Wolpertinger"
"""A word that stands nowhere but in what people wrote about the confidential use."""


@pytest.fixture
def asked(world: World) -> Thread:
    """Everything is answered, nothing handed in; two reviewers decide about such a use."""
    keep(world.store, library())
    thread = world.person(ANA).asks(f"I'd like to use Otter.ai for {MARK}")
    assert thread.fills(HARMLESS | {"purpose": f"Write down {MARK}"}) is None
    thread.answers()
    return thread


def before(world: World, user: str) -> str:
    """All that this person can read: channels, direct messages, Home, what they ask for, what they can open."""
    person = world.person(user)
    said = [person.home(), *(person.steward(text) for text in ASKED), view(world, user)]
    person.hands.closes_view()
    for channel in [c for c in world.workspace.channels.values() if user in c.members]:
        messages = person.hands.sees(channel.id)
        below = [m for each in messages for m in person.hands.sees(channel.id, thread_ts=each["ts"])]
        said.append(json.dumps([*messages, *below], ensure_ascii=False))
    return "\n".join(said)


ASKED = (
    "list",
    "list otter",
    f"list {MARK.lower()}",
    "show 1",
    "can I use Otter?",
    "what is allowed?",
    "queue",
)


def view(world: World, user: str) -> str:
    return json.dumps(world.person(user).hands.view() or {}, ensure_ascii=False)


def outside(world: World) -> None:
    """The risk owner oversees every use and has no say in this one; Dan has no role at all."""
    for user in (CLEO, DAN):
        assert MARK not in before(world, user)


def test_who_is_no_reader_reads_none_of_its_words(world: World, asked: Thread) -> None:
    asked.presses(Action.CONFIDE)
    assert asked.offers(Action.OPEN_UP)
    asked.presses(Action.SUBMIT)
    assert asked.case.confidential
    outside(world)
    card = world.cards()[-1]
    assert "AIU-2026-0001" in words(card)
    assert "ow risk" in words(card)
    assert f"<@{BEN}>" in words(card)
    assert "Otter" not in words(card)

    cleo, ben, eve = (world.person(user) for user in (CLEO, BEN, EVE))
    cleo.presses_card(Action.OPEN_WHOLE)
    assert cleo.hands.view() is None
    assert "AIU-2026-0001 is confidential" in cleo.steward("show 1")
    assert "AIU-2026-0001" in cleo.steward("list")

    ben.presses_card(Action.OPEN_WHOLE)
    assert MARK in view(world, BEN)
    ben.hands.clicks_view(Action.ASK.value)
    ben.hands.fills(question=f"Which {MARK}?")
    assert ben.hands.submits() is None
    world.settle()
    assert asked.case.status == "needs_info"
    asked.types(f"The {MARK} of the house")
    assert any(f"The {MARK} of the house" in words(m) for m in eve.dm())
    outside(world)

    eve.presses_card(Action.OPEN_WHOLE)
    eve.hands.clicks_view(Action.APPROVE_WITH_CONDITIONS.value)
    eve.hands.fills(reason=f"{MARK} is fine.", conditions=f"Feed the {MARK}")
    assert eve.hands.submits() is None
    world.settle()
    assert asked.case.status == "approved_with_conditions"
    assert f"Feed the {MARK}" in asked.last
    outside(world)
    assert world.differences() == []


def test_a_reader_is_named_and_two_open_it_again(world: World, asked: Thread) -> None:
    asked.presses(Action.SUBMIT)
    assert MARK in before(world, CLEO)
    ana, ben, dan = (world.person(user) for user in (ANA, BEN, DAN))
    asked.presses(Action.READERS)
    ana.hands.clicks_view(Action.CONFIDE.value)
    world.settle()
    assert asked.case.confidential
    assert MARK not in words(world.cards()[-1])
    asked.presses(Action.READERS)
    ana.hands.fills(person=DAN)
    assert ana.hands.submits() is None
    view = ana.hands.view()
    assert view is not None
    assert DAN not in str(view["state"]["values"]), "whoever was named stands in no field of the next"
    world.settle()
    assert MARK in words(dan.dm()[-1])
    assert MARK in dan.steward("show 1")
    asked.presses(Action.READERS)
    ana.hands.fills(**{"person.1": ANA})
    assert ana.hands.submits() == {"person.1": "They read it already."}
    ana.hands.clicks_view(Action.DROP_READER.value)
    world.settle()
    assert MARK not in dan.steward("show 1")

    asked.presses(Action.READERS)
    ana.hands.clicks_view(Action.OPEN_UP.value)
    world.settle()
    assert asked.case.confidential
    ana.hands.clicks_view(Action.OPEN_UP.value)
    world.settle()
    assert asked.case.confidential
    ben.presses_card(Action.OPEN_WHOLE)
    ben.hands.clicks_view(Action.READERS.value)
    ben.hands.clicks_view(Action.OPEN_UP.value)
    world.settle()
    assert not asked.case.confidential
    assert "no longer confidential" in "\n".join(asked.texts())
    assert MARK in words(world.cards()[-1])
    assert world.differences() == []


def test_closed_by_words_nothing_of_it_ever_stands_before_others(world: World) -> None:
    """From the first message on; handed in by the form."""
    thread = world.person(ANA).asks(f"Keep this between us: I'd like to use Otter.ai for {MARK}")
    assert any("Kept confidential" in text for text in thread.texts())
    assert thread.fills(HARMLESS | {"purpose": f"Write down {MARK}"}) is None
    thread.answers()
    kept = "It is *confidential*. You read it, whoever answers for it, those whose yes it needs"
    assert any("Your request" not in text and kept in text for text in thread.texts()), "before it is sent"
    thread.presses(Action.SUBMIT)
    assert kept in next(text for text in thread.texts() if text.startswith("Recorded as"))
    assert thread.case.confidential
    outside(world)
    assert MARK not in words(world.cards()[-1])
    assert world.trail().count("readers.confided") == 1
    assert world.differences() == []


def test_the_box_of_the_form_closes_it_and_opens_it_again(world: World) -> None:
    thread = world.person(ANA).asks(f"I'd like to use Otter.ai for {MARK}")
    for ticked, closed in ((["confidential"], True), (None, True), ([], False), (["confidential"], True)):
        thread.presses(Action.USE_FORM)
        if ticked is not None:
            thread.person.hands.fills(confidential=ticked)
        assert thread.person.hands.submits() is None
        world.settle()
        assert thread.case.confidential is closed
    assert thread.fills(HARMLESS) is None
    thread.answers()
    thread.presses(Action.SUBMIT)
    outside(world)
    assert MARK not in words(world.cards()[-1])
    assert world.differences() == []


def test_home_of_a_team_that_joined_shows_no_more_than_it_reads(world: World, asked: Thread) -> None:
    """Until it is closed, and again once whoever joined is named."""
    asked.presses(Action.SUBMIT)
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    dan, front = world.person(DAN), world.bot.front
    front.do(Join(actor=front.person(Who(TEAM, DAN)), key="joined", case=asked.case.id, unit="Sales"))
    world.settle()
    assert MARK in dan.home()
    asked.presses(Action.READERS)
    world.person(ANA).hands.clicks_view(Action.CONFIDE.value)
    world.settle()
    assert MARK not in dan.home()
    before = len(dan.dm())
    asked.types("status")
    asked.presses(Action.CHANGE)
    world.person(ANA).hands.fills(data=["special"])
    world.person(ANA).hands.submits()
    world.person(ANA).hands.submits()
    world.settle()
    assert asked.case.status == "in_review"
    assert MARK not in "".join(map(words, dan.dm()[before:])), "what follows is told without its words"
    asked.presses(Action.READERS)
    world.person(ANA).hands.fills(person=DAN)
    assert world.person(ANA).hands.submits() is None
    world.settle()
    assert MARK in dan.home()


def test_whoever_is_asked_about_a_confidential_request_is_called_and_reads_nothing_of_it_there(
    world: World,
) -> None:
    lead = world.bot.directory.person(Who(TEAM, CLEO))
    change(world.store, {"roles.privacy": [DAN]}, by=lead, key="privacy", now=world.clock.moment())
    world.bot.office.changed()
    asked = world.person(ANA).asks(f"Keep this between us: I'd like to use Otter.ai for {MARK}")
    asked.submitted(HARMLESS | {"data": "unsure", "purpose": f"Write down {MARK}"})
    assert asked.case.confidential
    noted = "\n".join(world.below(world.cards()[-1]))
    assert f"<@{DAN}>: a question about AIU-2026-0001 waits for you, on Home or on its card." in noted
    assert MARK not in noted
    assert "Otter" not in noted
