"""What goes wrong on demand."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.faults import ANY
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
    server.faults.time_out_after("chat.postMessage")
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


def test_a_call_can_be_lost_before_it_has_any_effect(server: WorkspaceServer, client: WebClient) -> None:
    server.faults.time_out_before("chat.postMessage")
    with pytest.raises(ConnectionError):
        client.chat_postMessage(channel="C0GENERAL", text="lost")
    assert server.workspace.messages("general") == []
    client.chat_postMessage(channel="C0GENERAL", text="again")
    assert [m["text"] for m in server.workspace.messages("general")] == ["again"]


@pytest.mark.parametrize("code", ["invalid_auth", "account_inactive", "token_revoked"])
def test_a_token_can_end_for_every_method(server: WorkspaceServer, client: WebClient, code: str) -> None:
    server.faults.error(ANY, code, calls=None)
    for call in (client.auth_test, client.users_list, client.usergroups_list):
        with pytest.raises(SlackApiError, match=code):
            call()
    del server.faults[ANY]
    assert client.auth_test()["ok"]


def outcomes(client: WebClient, count: int) -> list[str]:
    """What became of so many calls."""
    found = []
    for _ in range(count):
        try:
            client.auth_test()
        except SlackApiError as refused:
            found.append(str(refused.response.status_code))
        except ConnectionError:
            found.append("cut")
        else:
            found.append("ok")
    return found


def test_a_share_of_all_calls_goes_wrong_the_same_way_for_the_same_seed(
    server: WorkspaceServer, client: WebClient
) -> None:
    server.faults.rate(0.5, seed=7)
    first = outcomes(client, 60)
    server.faults.rate(0.5, seed=7)
    assert outcomes(client, 60) == first
    assert set(first) == {"ok", "429", "500", "cut"}
    assert 15 < first.count("ok") < 45
    server.faults.rate(1.0, kinds=("http",))
    assert outcomes(client, 3) == ["500"] * 3
    server.faults.rate(0.0)
    assert outcomes(client, 3) == ["ok"] * 3
    with pytest.raises(ValueError, match="rain"):
        server.faults.rate(0.5, kinds=("rain",))
