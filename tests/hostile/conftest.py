"""One recording for all of it: a story as the local workspace sends it, and the bot that takes its payloads again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.hostile.recording import GROUP, MEG, Recording, record
from tests.hostile.slack import Slack
from tests.hostile.stage import MORNING, Stage
from tests.slack_world import BEN, CARDS, TEAM


@pytest.fixture(scope="session")
def recording(sqlite_databases: Databases) -> Iterator[Recording]:
    with pytest.MonkeyPatch.context() as patch:
        yield record(sqlite_databases.copy(), patch)


@pytest.fixture(scope="session")
def stage(recording: Recording) -> Iterator[Stage]:
    slack = Slack("U0BOT", {CARDS, "C0ALL"}, dict(recording.dms), {GROUP: [MEG, BEN]})
    stage = Stage(recording.database_url, slack, TEAM, MORNING)
    yield stage
    stage.close()
