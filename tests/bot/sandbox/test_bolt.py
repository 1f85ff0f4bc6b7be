"""A real Bolt app talks to the local workspace through its own clients, unchanged."""

from typing import Any

import pytest

ASK = {
    "type": "modal",
    "callback_id": "ask",
    "private_metadata": "m1",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "tool",
            "label": {"type": "plain_text", "text": "Which tool?"},
            "element": {"type": "plain_text_input", "action_id": "v", "min_length": 2},
        }
    ],
}


def button(action_id: str, value: str) -> dict[str, Any]:
    text = {"type": "plain_text", "text": value}
    return {
        "type": "actions",
        "elements": [{"type": "button", "action_id": action_id, "text": text, "value": value}],
    }


def test_a_message_is_answered_in_its_thread(server, app, connect):
    heard = []

    @app.event("message")
    def hear(event, body, say):
        heard.append((event, body))
        say(text="*Hello*", thread_ts=event["ts"])

    connect()
    mira = server.person("U0MIRA")
    ts = mira.says("dm", "may I use <b> & otter.ai, @Leila Haddad?")
    server.wait_until(lambda: len(mira.sees("dm")) == 2)
    event, body = heard[0]
    assert event["text"] == "may I use &lt;b&gt; &amp; <http://otter.ai|otter.ai>, <@U0LEILA>?"
    assert (event["channel"], event["channel_type"], event["user"]) == ("D0MIRA", "im", "U0MIRA")
    assert body["authorizations"][0]["user_id"] == "U0STEWARD"
    assert [m["text"] for m in mira.sees("dm", ts)][-1] == "*Hello*"
    assert mira.sees("dm")[-1]["thread_ts"] == ts
    assert server.refusals == []


def test_a_button_updates_its_message_once_and_carries_the_state(server, app, client, connect):
    bodies = []

    @app.action("go")
    def go(ack, body, client):
        ack()
        bodies.append(body)
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="done")

    connect()
    mira = server.person("Mira Kovac")
    blocks = [button("go", "yes"), button("go", "no")]
    ts = client.chat_postMessage(channel="U0MIRA", text="Well?", blocks=blocks)["ts"]
    with pytest.raises(LookupError, match="2 elements"):
        mira.clicks("dm", ts, "go")
    assert mira.clicks("dm", ts, "go", value="no")
    assert mira.sees("dm")[-1]["text"] == "done"
    assert mira.sees("dm")[-1]["blocks"] == []
    action = bodies[0]["actions"][0]
    assert (action["value"], action["type"]) == ("no", "button")
    assert bodies[0]["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "D0MIRA",
        "is_ephemeral": False,
    }


def test_a_modal_is_refused_updated_and_closed(server, app, connect):
    seen = []

    @app.command("/steward")
    def command(ack, body, client):
        ack("one moment")
        client.views_open(trigger_id=body["trigger_id"], view=ASK)

    @app.view("ask")
    def submitted(ack, view):
        value = view["state"]["values"]["tool"]["v"]["value"]
        seen.append(view["private_metadata"])
        if value == "wrong":
            ack(response_action="errors", errors={"tool": "Not that one."})
        elif value == "more":
            ack(response_action="update", view=ASK | {"callback_id": "ask", "private_metadata": "m2"})
        else:
            ack()

    connect()
    mira = server.person("U0MIRA")
    assert mira.command("/steward", "otter", "general")
    assert mira.sees("general")[-1]["ephemeral"] is True
    assert mira.view()["callback_id"] == "ask"
    assert mira.submits() == {"tool": "Please complete this required field."}
    mira.fills(tool="x")
    assert mira.submits() == {"tool": "Please enter at least 2 characters."}
    assert seen == []
    mira.fills(tool="wrong")
    assert mira.submits() == {"tool": "Not that one."}
    mira.fills(tool="more")
    assert mira.submits() is None
    assert mira.view()["private_metadata"] == "m2"
    assert mira.view()["state"]["values"]["tool"]["v"]["value"] == "more"
    mira.fills(tool="fine")
    assert mira.submits() is None
    assert mira.view() is None
    assert seen == ["m1", "m1", "m2"]
    assert server.refusals == []


def test_home_is_published_and_pressed(server, app, connect):
    @app.event("app_home_opened")
    def opened(event, client):
        assert "view" not in event
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [button("help", "h")]})

    @app.action("help")
    def help_(ack, body, client):
        ack()
        assert body["container"]["type"] == "view"
        client.chat_postMessage(channel=body["user"]["id"], text="Here to help.")

    connect()
    mira = server.person("U0MIRA")
    mira.opens_home()
    server.wait_until(mira.home)
    assert mira.clicks_home("help")
    assert mira.sees("dm")[-1]["text"] == "Here to help."


def test_a_mention_in_a_channel_and_an_answer_for_one_person_only(server, app, connect):
    @app.event("app_mention")
    def mentioned(event, client):
        client.chat_postEphemeral(channel=event["channel"], user=event["user"], text="psst")

    connect()
    mira = server.person("U0MIRA")
    mira.says("general", "@Steward is this allowed?")
    server.wait_until(lambda: len(mira.sees("general")) == 2)
    assert [m["text"] for m in server.person("U0JONAS").sees("general")] == ["<@U0STEWARD> is this allowed?"]


def test_edits_and_deletions_arrive_as_events(server, app, connect):
    kinds = []

    @app.event({"type": "message", "subtype": "message_changed"})
    def changed(event):
        kinds.append(("changed", event["message"]["text"], event["previous_message"]["text"]))

    @app.event({"type": "message", "subtype": "message_deleted"})
    def deleted(event):
        kinds.append(("deleted", event["deleted_ts"], event["previous_message"]["text"]))

    @app.event({"type": "message", "subtype": "file_share"})
    def shared(event):
        kinds.append(("file", event["files"][0]["name"], event["text"]))

    @app.event("message")
    def other(event):
        pass

    connect()
    mira = server.person("U0MIRA")
    ts = mira.says("dm", "one")
    mira.edits("dm", ts, "two")
    mira.deletes("dm", ts)
    mira.says("dm", "", files=[("dpa.pdf", b"%PDF")])
    server.wait_until(lambda: len(kinds) == 3)
    assert set(kinds) == {("changed", "two", "one"), ("deleted", ts, "two"), ("file", "dpa.pdf", "")}


def test_response_urls_replace_and_run_out(server, app, client, connect):
    answers = []

    @app.action("go")
    def go(ack, respond):
        ack()
        answers.append(respond(text="replaced", replace_original=True).status_code)
        answers.extend(respond(text="more").status_code for _ in range(5))

    connect()
    mira = server.person("U0MIRA")
    ts = client.chat_postEphemeral(channel="C0GENERAL", user="U0MIRA", text="?", blocks=[button("go", "x")])
    assert mira.clicks("general", ts["message_ts"], "go")
    assert answers == [200, 200, 200, 200, 200, 404]
    assert mira.sees("general")[0]["text"] == "replaced"
    assert server.refusals[-1]["error"] == "used_url"


def test_shortcuts_open_modals(server, app, connect):
    bodies = []

    @app.shortcut("ask_tool")
    @app.shortcut("log_tool")
    def shortcut(ack, body, client):
        ack()
        bodies.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=ASK)

    connect()
    mira = server.person("U0MIRA")
    ts = mira.says("general", "we use ToolX")
    assert mira.shortcut("log_tool", "general", ts)
    assert mira.view()["title"]["text"] == "Ask"
    assert bodies[0]["type"] == "message_action"
    assert bodies[0]["message"]["text"] == "we use ToolX"
    mira.closes_view()
    assert mira.shortcut("ask_tool")
    assert "channel" not in bodies[1]
