"""The corpora through the real client: every broken payload has Slack's code, and the place where it says one."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.methods import METHODS
from bot.sandbox.scopes import FREE, SCOPES
from bot.sandbox.workspace import Workspace, WorkspaceServer
from tests.bot.sandbox.corpus import MESSAGES, VIEWS, broken, read

PLACE = re.compile(r"\[json-pointer:(.*?)\]$")
CALLS: list[dict[str, Any]] = read("broken/calls.yaml")
TEXT: dict[str, Any] = {"channel": "C0GENERAL", "text": "x"}


@pytest.fixture(scope="module")
def patient() -> Iterator[WorkspaceServer]:
    """A workspace that bears any number of calls."""
    with WorkspaceServer(Workspace(limited=False)) as running:
        yield running


@pytest.fixture(scope="module")
def caller(patient: WorkspaceServer) -> WebClient:
    return WebClient(token="xoxb-local", base_url=patient.api_url, retry_handlers=[])


def refusal(client: WebClient, method: str, args: dict[str, Any]) -> tuple[str, str]:
    """The code, and the first place named; nothing when it is carried out."""
    try:
        client.api_call(method, json=args)
    except SlackApiError as refused:
        lines = (refused.response.get("response_metadata") or {}).get("messages") or [""]
        found = PLACE.search(lines[0])
        return str(refused.response["error"]), found[1] if found else ""
    return "", ""


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call["name"])
def test_a_broken_call_has_slacks_code(
    patient: WorkspaceServer, caller: WebClient, call: dict[str, Any]
) -> None:
    args = dict(call.get("args") or {})
    if isinstance(args.get("view"), str):
        args["view"] = VIEWS.get(args["view"], args["view"])
    assert refusal(caller, call["method"], args) == (call["error"], call.get("place", ""))
    assert (patient.refusals[-1]["method"], patient.refusals[-1]["error"]) == (call["method"], call["error"])
    assert patient.calls[-1]["error"] == call["error"]


@pytest.mark.parametrize("name", ["blocks", "elements"])
@pytest.mark.parametrize("method", ["chat.postMessage", "chat.postEphemeral", "chat.update"])
def test_broken_blocks_are_refused_on_every_way(caller: WebClient, name: str, method: str) -> None:
    ts = caller.chat_postMessage(**TEXT)["ts"]
    more = {"chat.update": {"ts": ts}, "chat.postEphemeral": {"user": "U0MIRA"}}.get(method, {})
    for case in broken(name, MESSAGES, "/blocks"):
        found = refusal(caller, method, TEXT | more | {"blocks": case.payload})
        assert found == ("invalid_blocks", case.place), case.name


def test_broken_views_are_refused_on_every_way(patient: WorkspaceServer, caller: WebClient) -> None:
    caller.views_publish(user_id="U0MIRA", view=VIEWS["home"])
    for case in broken("views", VIEWS, "/view"):
        home = case.name.startswith("home")
        trigger = patient.workspace.permits.new_trigger("U0MIRA")
        method = "views.publish" if home else "views.open"
        args = {"user_id": "U0MIRA"} if home else {"trigger_id": trigger}
        found = refusal(caller, method, args | {"view": case.payload})
        assert found == ("invalid_arguments", case.place), case.name


def test_what_is_valid_is_taken(patient: WorkspaceServer, caller: WebClient) -> None:
    for name, blocks in MESSAGES.items():
        assert refusal(caller, "chat.postMessage", TEXT | {"blocks": blocks}) == ("", ""), name
    for name, view in VIEWS.items():
        trigger = patient.workspace.permits.new_trigger("U0MIRA")
        method = "views.publish" if name == "home" else "views.open"
        args = {"user_id": "U0MIRA"} if name == "home" else {"trigger_id": trigger}
        assert refusal(caller, method, args | {"view": view}) == ("", ""), name


def test_metadata_has_a_limit(caller: WebClient) -> None:
    metadata = {"event_type": "outbox", "event_payload": {"id": "x" * 16_000}}
    assert refusal(caller, "chat.postMessage", TEXT | {"metadata": metadata})[0] == "metadata_too_large"


def test_what_slack_does_although_it_advises_against_it(caller: WebClient) -> None:
    divider = [{"type": "divider"}]
    told = caller.api_call("chat.postMessage", json={"channel": "C0GENERAL", "blocks": divider})
    assert told["warning"] == "missing_text_in_message"
    assert told["response_metadata"]["warnings"] == ["missing_text_in_message"]
    assert "warning" not in caller.chat_postMessage(**TEXT, blocks=divider).data
    long = caller.chat_postMessage(channel="C0GENERAL", text="x" * 40_001)
    assert long["response_metadata"]["warnings"] == ["message_truncated"]


def test_a_message_of_an_archived_channel_stays_as_it_is(server: WorkspaceServer, client: WebClient) -> None:
    ts = client.chat_postMessage(**TEXT)["ts"]
    server.archives("general")
    assert refusal(client, "chat.update", {"channel": "C0GENERAL", "ts": ts, "text": "y"})[0] == "is_inactive"


# -- scopes


def test_every_method_needs_a_scope_or_is_known_to_need_none() -> None:
    assert set(METHODS) == {*SCOPES, *FREE}


@pytest.mark.parametrize("method", sorted(SCOPES))
def test_without_scopes_a_method_says_which_it_needs(
    server: WorkspaceServer, client: WebClient, method: str
) -> None:
    server.workspace.scopes = {"commands"}
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json={"channel": "C0GENERAL"})
    answer = refused.value.response
    assert (answer["error"], answer["provided"]) == ("missing_scope", "commands")
    server.workspace.scopes = {"commands", answer["needed"]}
    assert refusal(client, method, {"channel": "C0GENERAL"})[0] != "missing_scope"


def test_kinds_of_conversations_have_scopes_of_their_own(server: WorkspaceServer, client: WebClient) -> None:
    server.workspace.scopes = {"channels:read", "im:history"}
    assert client.conversations_list()["ok"]
    assert (
        refusal(client, "conversations.list", {"types": "public_channel,private_channel"})[0]
        == "missing_scope"
    )
    assert refusal(client, "conversations.info", {"channel": "G0REVIEW"})[0] == "missing_scope"
    assert refusal(client, "conversations.history", {"channel": "D0MIRA"})[0] == ""
    assert refusal(client, "conversations.history", {"channel": "C0GENERAL"})[0] == "missing_scope"


def test_one_scope_lets_the_bot_post_without_an_invitation(
    server: WorkspaceServer, client: WebClient
) -> None:
    elsewhere = {"channel": "C0SALES", "text": "x"}
    server.workspace.scopes = {"chat:write"}
    assert refusal(client, "chat.postMessage", elsewhere)[0] == "not_in_channel"
    server.workspace.scopes = {"chat:write", "chat:write.public"}
    assert refusal(client, "chat.postMessage", elsewhere)[0] == ""
