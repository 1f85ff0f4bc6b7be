"""A world for each story: a workspace, a database file, and the whole bot."""

from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.slack_world import World


@pytest.fixture
def world(sqlite_databases: Databases) -> Iterator[World]:
    """A story may not end with anything that Slack refused, nor with a trail that does not prove itself."""
    world = World(sqlite_databases.copy())
    try:
        yield world.open()
        assert world.refused() == []
        assert world.is_untouched()
    finally:
        world.close()
