"""The Web API through the real client: what is answered, what is refused, who sees what."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.methods import METHODS
from bot.sandbox.workspace import WorkspaceServer

SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}
MODAL = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": [SECTION]}
HOME = {"type": "home", "blocks": [SECTION]}


def refusal(client: WebClient, method: str, **args: Any) -> str:
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json=args)
    return str(refused.value.response["error"])


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("nonsense", "invalid_auth"), ("xapp-1", "not_allowed_token_type")],
)
def test_tokens(server: WorkspaceServer, token: str, error: str) -> None:
    assert refusal(WebClient(token=token, base_url=server.api_url), "auth.test") == error


@pytest.mark.parametrize("method", sorted(METHODS.keys() - {"api.test"}))
def test_every_method_asks_for_a_token(server: WorkspaceServer, method: str) -> None:
    assert refusal(WebClient(base_url=server.api_url), method) == "not_authed"


def test_every_answer_says_what_the_token_was_given(server: WorkspaceServer, client: WebClient) -> None:
    assert "x-oauth-scopes" not in client.auth_test().headers, "without a list everything is granted"
    server.workspace.scopes = {"users:read", "chat:write"}
    assert client.auth_test().headers["x-oauth-scopes"] == "chat:write,users:read"
    with pytest.raises(SlackApiError) as refused:
        client.team_info()
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response.headers["x-oauth-scopes"] == "chat:write,users:read"
    stranger = WebClient(token="nonsense", base_url=server.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError) as refused:
        stranger.auth_test()
    assert "x-oauth-scopes" not in refused.value.response.headers


def test_the_token_of_an_app_that_was_taken_out_counts_no_more(
    server: WorkspaceServer, client: WebClient
) -> None:
    heard: list[dict[str, Any]] = []
    server.workspace.outlet = heard.append
    server.uninstalls()
    assert [told["event"]["type"] for told in heard] == ["tokens_revoked", "app_uninstalled"]
    assert heard[0]["event"]["tokens"] == {"oauth": [], "bot": [server.workspace.bot.user_id]}
    assert refusal(client, "auth.test") == "account_inactive"
    assert client.api_test()["ok"]
    server.installs()
    assert client.auth_test()["ok"]


def test_the_app_token_opens_connections(server: WorkspaceServer, client: WebClient) -> None:
    url = client.apps_connections_open(app_token="xapp-1")["url"]
    assert url.startswith(server.url.replace("http", "ws") + "/link?ticket=")
    assert refusal(client, "apps.connections.open") == "not_allowed_token_type"


def test_refusals_say_where(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(
            channel="C0GENERAL", text="x", blocks=[SECTION | {"text": {"type": "mrkdwn", "text": ""}}]
        )
    assert refused.value.response["error"] == "invalid_blocks"
    assert "json-pointer:/blocks/0/text/text" in refused.value.response["response_metadata"]["messages"][0]


def test_posting_updating_deleting(server: WorkspaceServer, client: WebClient) -> None:
    posted = client.chat_postMessage(channel="U0MIRA", text="one", blocks=[SECTION])
    ts, channel = posted["ts"], posted["channel"]
    assert channel == "D0MIRA"
    assert posted["message"]["blocks"][0]["block_id"]
    assert refusal(client, "chat.update", channel=channel, ts=ts, text="x" * 4001) == "msg_too_long"
    client.chat_update(channel=channel, ts=ts, text="two")
    assert [(m["text"], m["blocks"]) for m in server.workspace.messages(channel)] == [("two", [])]
    own = server.person("U0MIRA").says("dm", "mine")
    assert refusal(client, "chat.update", channel=channel, ts=own, text="x") == "cant_update_message"
    assert refusal(client, "chat.delete", channel=channel, ts=own) == "cant_delete_message"
    client.chat_delete(channel=channel, ts=ts)
    assert [m["text"] for m in server.workspace.messages(channel)] == ["mine"]


def test_long_text_is_cut(server: WorkspaceServer, client: WebClient) -> None:
    client.chat_postMessage(channel="C0GENERAL", text="x" * 40_001)
    assert len(server.workspace.messages("general")[0]["text"]) == 40_000


def test_a_reply_cannot_head_a_thread_and_a_deleted_head_leaves_a_tombstone(
    server: WorkspaceServer, client: WebClient
) -> None:
    head = client.chat_postMessage(channel="C0GENERAL", text="head")["ts"]
    reply = client.chat_postMessage(channel="C0GENERAL", text="reply", thread_ts=head)["ts"]
    assert (
        refusal(client, "chat.postMessage", channel="C0GENERAL", text="x", thread_ts=reply)
        == "thread_not_found"
    )
    client.chat_delete(channel="C0GENERAL", ts=head)
    seen = server.person("U0MIRA").sees("general")
    assert [(m["deleted"], m["text"]) for m in seen] == [
        (True, "This message was deleted."),
        (False, "reply"),
    ]


def test_metadata_comes_back_in_history_when_asked_for(server: WorkspaceServer, client: WebClient) -> None:
    metadata = {"event_type": "outbox", "event_payload": {"id": "7"}}
    client.chat_postMessage(channel="D0MIRA", text="one", metadata=metadata)
    server.person("U0MIRA").says("dm", "two")
    found = client.conversations_history(channel="D0MIRA", include_all_metadata=True)["messages"]
    assert [m["text"] for m in found] == ["two", "one"]
    assert found[1]["metadata"] == metadata
    assert "metadata" not in client.conversations_history(channel="D0MIRA")["messages"][1]
    assert refusal(client, "conversations.history", channel="C0SALES") == "not_in_channel"


def test_replies_and_pages(client: WebClient) -> None:
    head = client.chat_postMessage(channel="D0MIRA", text="0")["ts"]
    for number in range(1, 5):
        client.chat_postMessage(channel="D0MIRA", text=str(number), thread_ts=head)
    texts = [
        m["text"]
        for page in client.conversations_replies(channel="D0MIRA", ts=head, limit=2)
        for m in page["messages"]
    ]
    assert texts == ["0", "1", "2", "3", "4"]
    assert client.conversations_history(channel="D0MIRA")["messages"][0]["reply_count"] == 4


def test_private_channels_and_ephemeral_messages_have_few_witnesses(
    server: WorkspaceServer, client: WebClient
) -> None:
    client.chat_postMessage(channel="G0REVIEW", text="secret")
    assert [m["text"] for m in server.person("U0AMARA").sees("ai-reviews")] == ["secret"]
    with pytest.raises(LookupError, match="sees no conversation"):
        server.person("U0MIRA").sees("ai-reviews")
    with pytest.raises(LookupError, match="sees no conversation"):
        server.person("U0MIRA").sees("D0JONAS")
    whispered = client.chat_postEphemeral(channel="C0GENERAL", user="U0MIRA", text="psst")["message_ts"]
    assert server.person("U0MIRA").sees("general")[0]["ephemeral"]
    assert server.person("U0JONAS").sees("general") == []
    assert refusal(client, "chat.update", channel="C0GENERAL", ts=whispered, text="x") == "message_not_found"


def test_directory(server: WorkspaceServer, client: WebClient) -> None:
    assert client.auth_test()["user_id"] == "U0STEWARD"
    assert client.team_info()["team"]["name"] == "Example Works"
    old = client.users_info(user="U0OLD")["user"]
    assert (old["deleted"], old["profile"]["title"]) == (True, "Left the company")
    assert len([u for page in client.users_list(limit=3) for u in page["members"]]) == 8
    assert client.usergroups_list(include_users=True)["usergroups"][0]["users"] == ["U0AMARA"]
    assert client.usergroups_users_list(usergroup="S0PRIVACY")["users"] == ["U0AMARA"]
    assert client.conversations_members(channel="G0REVIEW")["members"] == ["U0AMARA", "U0LEILA", "U0STEWARD"]
    listed = client.conversations_list(types="public_channel,private_channel", exclude_archived=True)[
        "channels"
    ]
    assert [c["name"] for c in listed] == ["general", "sales", "ai-reviews", "with-partner"]
    assert client.conversations_info(channel="C0OLD")["channel"]["is_archived"] is True
    assert client.conversations_open(users=["U0MIRA"])["channel"]["id"] == "D0MIRA"
    ts = client.chat_postMessage(channel="C0GENERAL", text="x")["ts"]
    assert client.chat_getPermalink(channel="C0GENERAL", message_ts=ts)["permalink"].startswith(server.url)
    assert client.api_test(hello="you")["args"]["hello"] == "you"


def test_where_a_workspace_has_an_address_its_links_look_like_those_of_slack(
    server: WorkspaceServer, client: WebClient
) -> None:
    server.workspace.address = "https://example-works.example.com"
    ts = client.chat_postMessage(channel="C0GENERAL", text="x")["ts"]
    reply = client.chat_postMessage(channel="C0GENERAL", text="y", thread_ts=ts)["ts"]
    first, second = (
        client.chat_getPermalink(channel="C0GENERAL", message_ts=each)["permalink"] for each in (ts, reply)
    )
    there = "https://example-works.example.com/archives/C0GENERAL/p"
    assert first == there + ts.replace(".", "")
    assert second == f"{there}{reply.replace('.', '')}?thread_ts={ts}&cid=C0GENERAL"


def test_an_update_links_names_unless_told_not_to(server: WorkspaceServer, client: WebClient) -> None:
    ts = client.chat_postMessage(channel="C0GENERAL", text="@Mira Kovac")["ts"]
    assert server.workspace.messages("general")[0]["text"] == "@Mira Kovac"
    client.chat_update(channel="C0GENERAL", ts=ts, text="@Mira Kovac")
    assert server.workspace.messages("general")[0]["text"] == "<@U0MIRA>"
    client.chat_update(channel="C0GENERAL", ts=ts, text="@Mira Kovac", parse="none")
    assert server.workspace.messages("general")[0]["text"] == "@Mira Kovac"


def test_files_are_uploaded_and_shared(server: WorkspaceServer, client: WebClient) -> None:
    client.files_upload_v2(channel="D0MIRA", filename="export.csv", content="a,b\n", initial_comment="Here")
    message = server.workspace.messages("D0MIRA")[0]
    assert (message["text"], message["files"][0]["name"], message["files"][0]["size"]) == (
        "Here",
        "export.csv",
        4,
    )
    assert server.workspace.files[message["files"][0]["id"]][1] == b"a,b\n"
    assert client.files_info(file=message["files"][0]["id"])["file"]["title"] == "export.csv"


def test_scopes_are_checked_when_they_are_listed(server: WorkspaceServer, client: WebClient) -> None:
    server.workspace.scopes = {"chat:write", "im:history"}
    client.conversations_history(channel="D0MIRA")
    with pytest.raises(SlackApiError) as refused:
        client.conversations_history(channel="C0GENERAL")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "channels:history"


def test_an_address_finds_whose_it_is_and_is_told_only_with_its_scope(
    server: WorkspaceServer, client: WebClient
) -> None:
    mira = server.workspace.person("U0MIRA")
    assert client.users_lookupByEmail(email=mira.email.upper())["user"]["id"] == "U0MIRA"
    assert client.users_info(user="U0MIRA")["user"]["profile"]["email"] == mira.email
    server.workspace.scopes = {"users:read"}
    assert "email" not in client.users_info(user="U0MIRA")["user"]["profile"]
    assert all("email" not in each["profile"] for each in client.users_list()["members"])
    assert refusal(client, "users.lookupByEmail", email=mira.email) == "missing_scope"
