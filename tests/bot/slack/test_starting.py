"""A start in a bad moment of Slack or of the network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.finding import Unreachable
from bot.slack import process
from tests.databases import Databases
from tests.slack_world import ANA, World


@pytest.fixture
def unstarted(sqlite_databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A workspace to which nobody is connected yet."""
    monkeypatch.setattr(process, "PAUSE_SECONDS", 0.0)
    world = World(sqlite_databases.copy())
    world.server.start()
    yield world
    world.close()


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
@pytest.mark.parametrize("trouble", ["http", "time_out_after"])
def test_what_passes_is_waited_for(unstarted: World, method: str, trouble: str) -> None:
    getattr(unstarted.server.faults, trouble)(method, calls=2)
    unstarted.start_bot()
    assert len(unstarted.person(ANA).asks().shown()) == 1


@pytest.mark.parametrize(
    ("method", "token"), [("auth.test", "SLACK_BOT_TOKEN"), ("apps.connections.open", "SLACK_APP_TOKEN")]
)
def test_a_token_that_is_not_taken_is_named(unstarted: World, method: str, token: str) -> None:
    unstarted.server.faults.error(method, "invalid_auth", calls=None)
    with pytest.raises(Unreachable, match=f"invalid_auth.*Check {token}"):
        unstarted.start_bot()
