"""The log holds ids, never answers: nothing that people write or are called is there, however much is logged."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import pytest

from bot.cli.starting import Lines, start_logging
from bot.slack.ids import Action
from store import people
from tests.journeys.test_deadlines import until
from tests.slack_world import ANA, BEN, EVE, World
from tests.slack_world.people import CARDS

OURS = ("bot", "store", "triage", "intake", "steward")
MARK = "qzvelvet"


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, Any]:
    return {
        "roles.governance_lead": [EVE],
        "anchor.channel": CARDS,
        "anchor.file": str(tmp_path / "none" / "a"),
    }


def test_nothing_that_was_said_stands_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    start_logging("debug")
    caplog.set_level(logging.DEBUG)
    for name in OURS:
        caplog.set_level(logging.DEBUG, logger=name)
    thread = world.person(ANA).asks(f"I want to use {MARK}words for {MARK}purpose")
    thread.submitted()
    world.person(ANA).steward(f"can I use {MARK}tool for {MARK}this?")
    world.person(ANA).steward(f"{MARK}nonsense")
    assert world.person(BEN).decides(Action.DECLINE, reason=f"{MARK}reason") is None
    world.server.faults.error("chat.postMessage", "invalid_blocks", calls=2)
    for day in (8, 9, 10):
        until(world, day, 12)
        world.passes(hours=1)
    told = [record for record in caplog.records if record.name.split(".")[0] in OURS]
    lines = "\n".join(Lines("%(name)s: %(message)s").format(record) for record in told)
    assert "anchor.failed" in lines, "the log was listened to"
    assert MARK not in lines.casefold()
    with world.store.read() as session:
        called = set(people.names(session).values())
    assert called
    assert not [name for name in called if re.search(rf"\b{re.escape(name)}\b", lines)]


@pytest.mark.parametrize("name", ["slack_bolt", "slack_sdk", "aiohttp", "waitress", "apscheduler", "alembic"])
def test_libraries_that_would_write_what_passes_are_kept_to_warnings(name: str) -> None:
    start_logging("debug")
    assert logging.getLogger(name).getEffectiveLevel() == logging.WARNING
