"""What people do besides writing and pressing, and what the app hears of it."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.errors import Impossible
from bot.sandbox.workspace import WorkspaceServer

Heard = list[dict[str, Any]]


@pytest.fixture
def heard(server: WorkspaceServer) -> Heard:
    """Every event the app would be sent."""
    told: Heard = []
    server.workspace.outlet = told.append
    server.workspace.events |= {"message.channels", "message.groups", "reaction_added", "reaction_removed"}
    return told


def events(heard: Heard) -> list[dict[str, Any]]:
    return [callback["event"] for callback in heard]


def error(refused: pytest.ExceptionInfo[SlackApiError]) -> str:
    return str(refused.value.response["error"])


def test_reactions_of_people(server: WorkspaceServer, heard: Heard) -> None:
    mira, jonas = server.person("U0MIRA"), server.person("U0JONAS")
    ts = mira.says("general", "hello")
    mira.reacts("general", ts, "eyes")
    jonas.reacts("general", ts, ":eyes:")
    assert mira.sees("general")[0]["reactions"] == [
        {"name": "eyes", "users": ["U0MIRA", "U0JONAS"], "count": 2}
    ]
    with pytest.raises(Impossible, match="already_reacted"):
        mira.reacts("general", ts, "eyes")
    mira.unreacts("general", ts, "eyes")
    with pytest.raises(Impossible, match="no_reaction"):
        mira.unreacts("general", ts, "eyes")
    kinds = [(e["type"], e["user"], e["reaction"]) for e in events(heard) if "reaction" in e]
    assert kinds == [
        ("reaction_added", "U0MIRA", "eyes"),
        ("reaction_added", "U0JONAS", "eyes"),
        ("reaction_removed", "U0MIRA", "eyes"),
    ]
    assert events(heard)[-1]["item"] == {"type": "message", "channel": "C0GENERAL", "ts": ts}
    assert events(heard)[-1]["item_user"] == "U0MIRA"


def test_who_is_not_there_neither_reacts_nor_hears_of_it(server: WorkspaceServer, heard: Heard) -> None:
    ts = server.person("U0LEILA").says("sales", "the bot is not a member here")
    server.person("U0MIRA").reacts("sales", ts, "eyes")
    assert heard == []
    with pytest.raises(Impossible, match="is not in #sales"):
        server.person("U0JONAS").reacts("sales", ts, "eyes")


def test_reactions_of_the_bot(server: WorkspaceServer, client: WebClient) -> None:
    ts = server.person("U0MIRA").says("dm", "hello")
    client.reactions_add(channel="D0MIRA", timestamp=ts, name="white_check_mark")
    got = client.reactions_get(channel="D0MIRA", timestamp=ts)["message"]["reactions"]
    assert got == [{"name": "white_check_mark", "users": ["U0STEWARD"], "count": 1}]
    for method, name, code in (
        ("reactions.add", "white_check_mark", "already_reacted"),
        ("reactions.add", "No Name", "invalid_name"),
        ("reactions.remove", "eyes", "no_reaction"),
    ):
        with pytest.raises(SlackApiError) as refused:
            client.api_call(method, params={"channel": "D0MIRA", "timestamp": ts, "name": name})
        assert error(refused) == code
    with pytest.raises(SlackApiError) as refused:
        client.reactions_add(channel="D0MIRA", timestamp="1.2", name="eyes")
    assert error(refused) == "message_not_found"
    with pytest.raises(SlackApiError) as refused:
        client.api_call("reactions.add", params={"name": "eyes"})
    assert error(refused) == "no_item_specified"
    client.reactions_remove(channel="D0MIRA", timestamp=ts, name="white_check_mark")
    assert "reactions" not in client.reactions_get(channel="D0MIRA", timestamp=ts)["message"]


def test_messages_of_channels_reach_only_those_who_listen_and_are_there(
    server: WorkspaceServer, heard: Heard
) -> None:
    mira = server.person("U0MIRA")
    ts = mira.says("general", "one")
    mira.edits("general", ts, "two")
    mira.deletes("general", ts)
    mira.says("sales", "the bot is not a member here")
    seen = [(e.get("subtype"), e["channel_type"]) for e in events(heard)]
    assert seen == [(None, "channel"), ("message_changed", "channel"), ("message_deleted", "channel")]
    assert events(heard)[1]["previous_message"]["text"] == "one"
    assert events(heard)[2]["deleted_ts"] == ts
    server.workspace.events -= {"message.channels"}
    mira.says("general", "nobody listens")
    assert len(heard) == 3


def test_a_reply_that_is_also_shown_in_the_channel(server: WorkspaceServer, heard: Heard) -> None:
    mira = server.person("U0MIRA")
    head = mira.says("general", "one")
    mira.says("general", "two", thread_ts=head, also_in_channel=True)
    assert events(heard)[-1]["subtype"] == "thread_broadcast"
    assert server.workspace.messages("general")[-1]["broadcast"]


def test_the_app_shows_a_reply_in_the_channel_too(server: WorkspaceServer, client: WebClient) -> None:
    head = client.chat_postMessage(channel="general", text="one")["ts"]
    for n, loud in (("two", False), ("three", True)):
        client.chat_postMessage(channel="general", text=n, thread_ts=head, reply_broadcast=loud)
    alone = client.chat_postMessage(channel="general", text="four", reply_broadcast=True)
    found = client.conversations_history(channel=alone["channel"])["messages"]
    assert [(m["text"], m.get("subtype")) for m in found] == [
        ("four", None),
        ("three", "thread_broadcast"),
        ("one", None),
    ]
    below = client.conversations_replies(channel=alone["channel"], ts=head)["messages"]
    assert [m["text"] for m in below] == ["one", "two", "three"]


def test_a_group_is_mentioned_by_its_handle(server: WorkspaceServer) -> None:
    mira = server.person("U0MIRA")
    ts = mira.says("general", "ask @privacy-team")
    assert mira.sees("general")[0]["text"] == "ask <!subteam^S0PRIVACY>"
    mira.edits("general", ts, "not @privacy-teams")
    assert mira.sees("general")[0]["text"] == "not @privacy-teams"


def test_guests_and_strangers_see_only_where_they_are(server: WorkspaceServer) -> None:
    sam, nia = server.person("U0SAM"), server.person("W0NIA")
    for outsider in (sam, nia):
        assert outsider.sees("with-partner") == []
        with pytest.raises(Impossible, match="sees no conversation"):
            outsider.sees("general")
    assert sam.sees("dm") == []
    with pytest.raises(Impossible, match="sees no conversation"):
        nia.sees("dm")
    with pytest.raises(Impossible, match="another workspace"):
        nia.command("/steward", channel="with-partner")
    with pytest.raises(Impossible, match="another workspace"):
        nia.shortcut("ask_tool")
    with pytest.raises(Impossible, match="another workspace"):
        nia.opens_home()


def test_a_stranger_is_known_by_their_own_workspace(
    server: WorkspaceServer, client: WebClient, heard: Heard
) -> None:
    nia = server.person("W0NIA")
    nia.says("with-partner", "@Steward hello")
    mention = heard[-1]
    assert mention["event"]["type"] == "app_mention"
    assert mention["event"]["user_team"] == mention["event"]["team"] == "T0PARTNER"
    assert (mention["team_id"], mention["is_ext_shared_channel"]) == ("T0LOCAL01", True)
    shown = client.users_info(user="W0NIA")["user"]
    assert (shown["team_id"], shown["is_stranger"], shown["tz"]) == ("T0PARTNER", True, None)
    assert "email" not in shown["profile"]
    assert client.conversations_info(channel="C0SHARED")["channel"]["is_ext_shared"]
    assert "W0NIA" not in [u["id"] for u in client.users_list()["members"]]
    with pytest.raises(SlackApiError) as refused:
        client.conversations_open(users="W0NIA")
    assert error(refused) == "user_not_visible"
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel="W0NIA", text="x")
    assert error(refused) == "channel_not_found"


def test_guests_are_marked_and_the_offset_is_of_the_day(server: WorkspaceServer, client: WebClient) -> None:
    def user(ident: str) -> Any:
        return client.users_info(user=ident)["user"]

    assert [user("U0TOM")[k] for k in ("is_restricted", "is_ultra_restricted")] == [True, False]
    assert [user("U0SAM")[k] for k in ("is_restricted", "is_ultra_restricted")] == [True, True]
    offsets = set()
    for _ in range(3):
        offsets.add(user("U0MIRA")["tz_offset"])
        server.workspace.clock.move(122 * 86400)
    assert offsets == {3600, 7200}


def test_only_shortcuts_that_exist_can_be_used(server: WorkspaceServer) -> None:
    mira = server.person("U0MIRA")
    ts = mira.says("general", "one")
    with pytest.raises(Impossible, match="no global shortcut"):
        mira.shortcut("log_tool")
    with pytest.raises(Impossible, match="no message shortcut"):
        mira.shortcut("ask_tool", "general", ts)


def test_a_channel_comes_back(server: WorkspaceServer, heard: Heard) -> None:
    server.archives("general")
    server.unarchives("general")
    assert [e["type"] for e in events(heard)] == ["channel_archive", "channel_unarchive"]
    server.person("U0MIRA").says("general", "again")
