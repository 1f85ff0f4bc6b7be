"""The bot was never let into the channel where cards go: nothing is lost, and the card comes when it is."""

from collections.abc import Iterator

import pytest

from bot.sandbox import changes
from store import aside
from tests.databases import Databases
from tests.slack_world import ANA, World

CHANNEL = "ai-governance"


@pytest.fixture
def world(sqlite_databases: Databases) -> Iterator[World]:
    """A story in which Slack refuses on purpose."""
    world = World(sqlite_databases.copy())
    try:
        yield world.open()
        assert world.is_untouched()
    finally:
        world.close()


def test_a_card_that_slack_refused_comes_once_the_bot_is_in_the_channel(world: World) -> None:
    bot = world.workspace.bot.user_id
    changes.leave(world.workspace, bot, CHANNEL)
    world.settle()
    world.person(ANA).asks().submitted()
    assert world.cards() == []
    with world.store.read() as session:
        assert [each.problem for each in aside.put_aside(session)] == ["channel_not_found"]
    changes.join(world.workspace, bot, CHANNEL)
    world.settle()
    assert len(world.cards()) == 1
    with world.store.read() as session:
        assert aside.put_aside(session) == ()
