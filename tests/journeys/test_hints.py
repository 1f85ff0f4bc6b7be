"""Where a channel wants it, whoever names an AI tool that nobody registered is told so, privately and once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from bot.config import change
from bot.sandbox.reading import words
from bot.slack.ids import Action
from store.tables import AuditTextRow, DoneRow, InboxRow, OutboxRow
from tests.slack_world import ANA, BEN, CARDS, EVE, SCOPES, Shown, World

ALL = "C0ALL"
SAID = "By the way, https://otter.ai/x writes my minutes, and Zebra 4711 is our secret"


@pytest.fixture(autouse=True)
def _opted_in(world: World) -> None:
    opt_in(world)


def opt_in(world: World) -> None:
    world.workspace.scopes = {*SCOPES, "channels:history", "groups:history"}
    world.workspace.events |= {"message.channels", "message.groups"}
    settle(world, {"channels.hints": [ALL]})


def settle(world: World, wished: dict[str, Any]) -> None:
    change(world.store, wished, by=None, key=f"wished:{wished}", now=world.store.now())
    world.bot.front.office.changed()


def hints(world: World, user: str = ANA, channel: str = ALL) -> list[Shown]:
    return [m for m in world.person(user).hands.sees(channel) if "Only you see this" in words(m)]


def writes(world: World, text: str = SAID, user: str = ANA, channel: str = ALL, **more: Any) -> str:
    return world.person(user).writes(text, to=channel, **more)


def test_who_links_to_it_is_told_alone_and_once_and_nothing_of_the_words_is_kept(world: World) -> None:
    writes(world)
    (hint,) = hints(world)
    assert hint["ephemeral"]
    assert "Otter.ai is not in our AI register yet" in words(hint).replace("*", "")
    assert hints(world, BEN) == []
    writes(world, "otter.ai again")
    assert len(hints(world)) == 1
    writes(world, "I use Otter.ai too", BEN)
    assert len(hints(world, BEN)) == 1
    with world.store.read() as session:
        kept = [str(row.model_dump()) for row in session.exec(select(InboxRow)).all()]
        kept += [str(row.model_dump()) for row in session.exec(select(OutboxRow)).all()]
        kept += [str(row.model_dump()) for row in session.exec(select(DoneRow)).all()]
        kept += session.exec(select(AuditTextRow.text)).all()
    assert not [each for each in kept if "Zebra" in each or "4711" in each]
    with world.store.read() as session:
        keys = [row.key for row in session.exec(select(DoneRow)).all() if row.key.startswith("hint:")]
    assert len(keys) == 2
    assert not [key for key in keys if "otter" in key]


def test_asking_for_it_goes_on_in_a_direct_message(world: World) -> None:
    writes(world)
    hint = hints(world)[0]
    assert world.person(ANA).hands.clicks(ALL, hint["ts"], Action.HINT_ASK.value)
    world.settle()
    assert "direct message" in world.person(ANA).told()
    assert any("Otter.ai" in words(message) for message in world.person(ANA).dm())
    begun = len(world.person(ANA).dm())
    assert world.person(ANA).hands.clicks(ALL, hint["ts"], Action.HINT_ASK.value)
    world.settle()
    assert len(world.person(ANA).dm()) == begun


@pytest.mark.parametrize(
    "text",
    [
        "https://notion.so/page is where it stands",  # AI among much else
        "See https://www.adobe.com/products and docs.google.com",
        "We use Ashby for our notes",
        "The otter at the zoo was lovely",
        "I read that somebody uses a tool for it",
        "https://example.org/otter.ai",
    ],
)
def test_what_is_not_certainly_an_ai_tool_is_left_alone(world: World, text: str) -> None:
    writes(world, text)
    assert hints(world) == []


def test_not_in_threads_nor_for_edits_nor_elsewhere_nor_without_the_scope(world: World) -> None:
    thread = writes(world, "Good morning")
    writes(world, thread=thread)
    assert hints(world) == []
    writes(world, user=EVE, channel=CARDS)
    assert hints(world, EVE, CARDS) == []
    world.person(ANA).hands.edits(ALL, thread, SAID)
    world.settle()
    assert hints(world) == []
    settle(world, {"channels.hints": []})
    writes(world)
    assert hints(world) == []


def test_a_registered_tool_needs_no_hint(world: World) -> None:
    world.person(ANA).asks().submitted()
    writes(world)
    assert hints(world) == []


@pytest.mark.parametrize("change", [{"is_restricted": True}, {"is_ultra_restricted": True}])
def test_not_to_guests(world: World, change: dict[str, Any]) -> None:
    with world.workspace.lock:
        for name in change:
            setattr(world.workspace.person(ANA), name, True)
    writes(world)
    assert hints(world) == []


def test_not_in_a_channel_that_others_read(world: World) -> None:
    with world.workspace.lock:
        world.workspace.place(ANA, ALL).shared_with = ["T0THEIRS"]
    writes(world)
    assert hints(world) == []
