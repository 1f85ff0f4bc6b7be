"""The local workspace passes for Slack: the check of its example finds exactly what is wrong there."""

from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.checks.workspace import DECIDING, SETTLING, look
from bot.config import Channels, Config
from bot.sandbox.workspace import Workspace, WorkspaceServer
from bot.settings import Settings

EVERYBODY = dict.fromkeys((*DECIDING, *SETTLING), ("U0LEILA", "U0AMARA"))


@pytest.mark.parametrize(
    ("governance", "legal", "found"),
    [
        ("G0REVIEW", ("U0LEILA", "S0PRIVACY"), []),
        ("C0SALES", ("U0LEILA", "U0AMARA"), ["The bot is not in the governance channel #sales."]),
        ("G0REVIEW", ("U0LEILA", "U0OLD", "U0AMARA"), ["Petra Lind (U0OLD) was deactivated."]),
    ],
)
def test_the_example_workspace(governance: str, legal: tuple[str, ...], found: list[str]) -> None:
    config = Config(channels=Channels(governance=governance), roles={**EVERYBODY, "legal": legal})
    with WorkspaceServer(Workspace()) as server:
        settings = Settings(
            slack_bot_token=SecretStr("xoxb-local"),
            slack_app_token=SecretStr("xapp-local"),
            slack_api_url=server.api_url,
        )
        seen = list(look(settings, config, lambda: datetime.now(UTC)))
    assert [finding.what for finding in seen if finding.level != "info"] == found
