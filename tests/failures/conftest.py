"""Worlds for the failures: with whatever Slack, the network and the database do wrong on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.sandbox.people import Group
from store.engine import PATIENCE
from tests.crash.conftest import Doomed, doomed, nursery
from tests.databases import Databases
from tests.failures.acts import GROUP
from tests.slack_world import BEN, EVE, World

__all__ = ["Doomed", "doomed", "nursery"]

Open = Callable[..., World]


@contextmanager
def opened(url: str, **how: Any) -> Iterator[World]:
    """A story may not end with anything that Slack refused, nor with a trail that does not prove itself."""
    world = World(url, **how)
    world.workspace.groups[GROUP] = Group(GROUP, "reviewers", users=[BEN, EVE])
    try:
        yield world.open()
        assert world.refused() == []
        assert world.is_untouched()
    finally:
        world.close()


@pytest.fixture
def patience() -> float:
    """Seconds to wait for a locked database; a test that locks it says less."""
    return PATIENCE


@pytest.fixture
def by_http() -> bool:
    return False


@pytest.fixture
def settings() -> dict[str, Any]:
    return {}


@pytest.fixture
def alone(
    sqlite_databases: Databases, patience: float, by_http: bool, settings: dict[str, Any]
) -> Iterator[World]:
    """On SQLite alone, for what has nothing to do with storage."""
    with opened(sqlite_databases.copy(), patience=patience, by_http=by_http, settings=settings) as world:
        yield world


@pytest.fixture
def world(database_url: str, patience: float, by_http: bool, settings: dict[str, Any]) -> Iterator[World]:
    """On each kind of database."""
    with opened(database_url, patience=patience, by_http=by_http, settings=settings) as world:
        yield world
