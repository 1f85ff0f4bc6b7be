"""`steward check` before a workspace as strict as Slack: it sees scopes that are missing, and that we were removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.checks.workspace import look
from bot.finding import Finding
from bot.manifest import declared
from bot.sandbox.workspace import Workspace, WorkspaceServer
from bot.settings import Settings


@pytest.fixture
def server() -> Iterator[WorkspaceServer]:
    workspace = Workspace()
    workspace.scopes = set(declared().scopes)
    with WorkspaceServer(workspace) as running:
        yield running


@pytest.fixture
def errors(server: WorkspaceServer) -> Callable[[], list[Finding]]:
    token = SecretStr("xoxb-local")
    settings = Settings(slack_bot_token=token, slack_api_url=server.api_url, database_url="sqlite://")
    return lambda: [f for f in look(settings, None, lambda: datetime.now(UTC)) if f.level == "error"]


def test_with_all_scopes_nothing_is_wrong(errors: Callable[[], list[Finding]]) -> None:
    assert errors() == []


def test_a_scope_that_was_not_granted(server: WorkspaceServer, errors: Callable[[], list[Finding]]) -> None:
    server.workspace.scopes = set(declared().scopes - {"im:history"})
    assert [found.what for found in errors()] == ["The scope im:history is missing."]


def test_taken_out_of_the_workspace(server: WorkspaceServer, errors: Callable[[], list[Finding]]) -> None:
    server.uninstalls()
    (found,) = errors()
    assert "account_inactive" in found.what
    assert found.mend == "The app was removed from the workspace: install it again."
