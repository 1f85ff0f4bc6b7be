"""What goes wrong on demand."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.workspace import WorkspaceServer


def test_too_many_requests_say_how_long_to_wait(server: WorkspaceServer, client: WebClient) -> None:
    server.faults.ratelimit("chat.postMessage", calls=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel="C0GENERAL", text="x")
        assert refused.value.response.status_code == 429
        assert refused.value.response.headers["Retry-After"] == "7"
    client.chat_postMessage(channel="C0GENERAL", text="x")
    assert len(server.workspace.messages("general")) == 1


def test_a_message_can_be_stored_although_the_connection_breaks(
    server: WorkspaceServer, client: WebClient
) -> None:
    server.faults.drop("chat.postMessage")
    with pytest.raises(ConnectionError):
        client.chat_postMessage(channel="C0GENERAL", text="stored")
    assert [m["text"] for m in server.workspace.messages("general")] == ["stored"]


def test_errors_and_missing_methods(server: WorkspaceServer, client: WebClient) -> None:
    server.faults.error("chat.postMessage", "internal_error")
    with pytest.raises(SlackApiError, match="internal_error"):
        client.chat_postMessage(channel="C0GENERAL", text="x")
    assert server.workspace.messages("general") == []
    server.faults.unknown("usergroups.list")
    for _ in range(2):
        with pytest.raises(SlackApiError, match="unknown_method"):
            client.usergroups_list()
    del server.faults["usergroups.list"]
    assert client.usergroups_list()["ok"]
    server.faults.http("auth.test")
    with pytest.raises(SlackApiError) as refused:
        client.auth_test()
    assert refused.value.response.status_code == 500
