"""A world for each story: a workspace, a database file, and the whole bot."""

from collections.abc import Iterator
from typing import Any

import pytest

from store.engine import PATIENCE
from tests.databases import Databases
from tests.slack_world import World


@pytest.fixture
def patience() -> float:
    """Seconds to wait for a locked database; a test that locks it says less."""
    return PATIENCE


@pytest.fixture
def door() -> str:
    """How Slack and the bot speak; a story that is to be told over both is marked so."""
    return "socket"


@pytest.fixture
def settings() -> dict[str, Any]:
    """What the organisation says otherwise than the usual one of these stories."""
    return {}


@pytest.fixture
def world(
    sqlite_databases: Databases, patience: float, door: str, settings: dict[str, Any]
) -> Iterator[World]:
    """No story may end with anything that Slack refused, or with a trail that does not prove itself and all records."""
    world = World(sqlite_databases.copy(), patience=patience, by_http=door == "http", settings=settings)
    try:
        yield world.open()
        assert world.refused() == []
        assert world.is_untouched()
        assert world.differences() == []
    finally:
        world.close()
