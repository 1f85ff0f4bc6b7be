"""Triggers, the stack of modals, hashes, and what survives an update."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox import answering
from bot.sandbox.delivery import Ack
from bot.sandbox.errors import Refusal
from bot.sandbox.methods.views import accept


def modal(title: str, *inputs: str, **more: Any) -> dict[str, Any]:
    def field(block_id: str) -> dict[str, Any]:
        label = {"type": "plain_text", "text": block_id}
        element = {"type": "plain_text_input", "action_id": "v"}
        return {"type": "input", "block_id": block_id, "label": label, "element": element, "optional": True}

    push = {"type": "button", "action_id": "push", "text": {"type": "plain_text", "text": "Push"}}
    blocks = [*(field(name) for name in inputs), {"type": "actions", "elements": [push]}]
    words = {"title": {"type": "plain_text", "text": title}, "submit": {"type": "plain_text", "text": "Send"}}
    return {"type": "modal", "blocks": blocks, "callback_id": "m"} | words | more


@pytest.fixture
def triggers(app, connect):
    """Every trigger the app receives, newest last."""
    got = []

    @app.command("/steward")
    def command(ack, body):
        ack()
        got.append(body["trigger_id"])

    @app.action("push")
    def push(ack, body):
        ack()
        got.append(body["trigger_id"])

    @app.view("m")
    def submitted(ack, body):
        ack()
        got.append(body["trigger_id"])

    connect()
    return got


def error(call, **args) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**args)
    return refused.value.response["error"]


def test_a_trigger_lives_three_seconds_and_works_once(server, client, clock, triggers):
    mira = server.person("U0MIRA")
    mira.command("/steward")
    clock.move(2)
    client.views_open(trigger_id=triggers[0], view=modal("One"))
    assert error(client.views_open, trigger_id=triggers[0], view=modal("Two")) == "exchanged_trigger_id"
    mira.command("/steward")
    clock.move(3.1)
    assert error(client.views_open, trigger_id=triggers[1], view=modal("Two")) == "expired_trigger_id"
    assert mira.view()["title"]["text"] == "One"


def test_a_bad_view_does_not_use_up_the_trigger(server, client, triggers):
    server.person("U0MIRA").command("/steward")
    assert error(client.views_open, trigger_id=triggers[0], view=modal("x" * 25)) == "invalid_arguments"
    assert client.views_open(trigger_id=triggers[0], view=modal("Fine"))["ok"]


def test_three_views_lie_on_each_other_and_no_more(server, client, triggers):
    mira = server.person("U0MIRA")
    mira.command("/steward")
    root = client.views_open(trigger_id=triggers[-1], view=modal("1"))["view"]
    for title in ("2", "3"):
        mira.clicks_view("push")
        pushed = client.views_push(trigger_id=triggers[-1], view=modal(title))["view"]
    assert (pushed["root_view_id"], mira.view()["title"]["text"]) == (root["id"], "3")
    mira.clicks_view("push")
    assert error(client.views_push, trigger_id=triggers[-1], view=modal("4")) == "push_limit_reached"
    mira.closes_view()
    assert mira.view()["title"]["text"] == "2"
    mira.closes_view(all_of_them=True)
    assert mira.view() is None
    assert error(client.views_update, view_id=root["id"], view=modal("late")) == "not_found"


def test_an_update_needs_the_newest_hash_and_keeps_what_was_typed(server, client, triggers):
    mira = server.person("U0MIRA")
    mira.command("/steward")
    view = client.views_open(trigger_id=triggers[0], view=modal("One", "name", "old", external_id="e1"))[
        "view"
    ]
    mira.fills(name="Otter", old="gone")
    client.views_update(
        view_id=view["id"], hash=view["hash"], view=modal("Two", "name", "new", external_id="e1")
    )
    assert (
        error(client.views_update, view_id=view["id"], hash=view["hash"], view=modal("x")) == "hash_conflict"
    )
    values = mira.view()["state"]["values"]
    assert {block: state["v"]["value"] for block, state in values.items()} == {"name": "Otter", "new": None}
    client.views_update(external_id="e1", view=modal("Three", external_id="e1"))
    assert mira.view()["title"]["text"] == "Three"


def test_an_external_id_is_unique(server, client, triggers):
    server.person("U0MIRA").command("/steward")
    client.views_open(trigger_id=triggers[-1], view=modal("One", external_id="e"))
    server.person("U0JONAS").command("/steward")
    assert (
        error(client.views_open, trigger_id=triggers[-1], view=modal("Two", external_id="e"))
        == "duplicate_external_id"
    )


def test_closing_is_told_when_asked_for(server, app, client, triggers):
    closed = []

    @app.view_closed("m")
    def close(ack, body):
        ack()
        closed.append((body["is_cleared"], body["view"]["title"]["text"]))

    mira = server.person("U0MIRA")
    mira.command("/steward")
    client.views_open(trigger_id=triggers[-1], view=modal("One", notify_on_close=True))
    mira.closes_view()
    assert closed == [(False, "One")]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"response_action": "errors", "errors": {"elsewhere": "No."}}, "invalid_errors"),
        ({"response_action": "errors", "errors": {"name": ""}}, "invalid_errors"),
        ({"response_action": "errors", "errors": {"name": 7}}, "invalid_errors"),
        ({"response_action": "errors", "errors": {}}, "invalid_errors"),
        ({"response_action": "errors", "errors": "No."}, "invalid_errors"),
        ({"response_action": "update", "view": modal("x" * 25)}, "invalid_arguments"),
        ({"response_action": "update"}, "invalid_arguments"),
        ({"response_action": "push", "view": modal("")}, "invalid_arguments"),
        ({"response_action": "push", "view": {"type": "home", "blocks": []}}, "invalid_arguments"),
        ({"response_action": "close"}, "invalid_response_action"),
    ],
)
def test_an_answer_to_a_submission_is_looked_at_as_strictly_as_a_call(server, answer, code):
    ws, mira = server.workspace, server.person("U0MIRA")
    view = ws.views.open("U0MIRA", accept(ws, modal("One", "name"), "modal"))
    with pytest.raises(Refusal) as refused:
        answering.after_submission(ws, view, Ack(payload=answer))
    assert refused.value.error == code
    assert mira.view()["title"]["text"] == "One"


def test_a_refused_answer_to_a_submission_leaves_the_window_and_says_so(server, app, client, connect):
    got = []

    @app.command("/steward")
    def command(ack, body):
        ack()
        got.append(body["trigger_id"])

    @app.view("m")
    def submitted(ack):
        ack(response_action="errors", errors={"elsewhere": "No."})

    connect()
    mira = server.person("U0MIRA")
    mira.command("/steward")
    client.views_open(trigger_id=got[0], view=modal("One", "name"))
    assert mira.submits() == {"": "We had some trouble connecting. Try again?"}
    assert server.refusals[-1]["error"] == "invalid_errors"
    assert mira.view() is not None


OPTION = {"text": {"type": "plain_text", "text": "Otter.ai"}, "value": "otter"}


def test_what_an_app_offers_in_a_searched_menu_is_looked_at_too():
    groups = [{"label": {"type": "plain_text", "text": "Tools"}, "options": [OPTION]}]
    for taken in ({"options": [OPTION]}, {"option_groups": groups}):
        assert answering.offered(Ack(payload=taken)) == [OPTION]
    assert answering.offered(Ack(payload={"options": []})) == []
    assert answering.offered(Ack(problem="timeout")) == []
    many = [OPTION | {"value": str(number)} for number in range(101)]
    assert len(answering.offered(Ack(payload={"options": many[:100]}))) == 100
    assert len(answering.offered(Ack(payload={"option_groups": groups * 100}))) == 100
    wrong: list[dict[str, Any]] = [
        {},
        {"options": many},
        {"option_groups": groups * 101},
        {"options": [{"value": "otter"}]},
        {"options": [], "option_groups": []},
    ]
    for broken in wrong:
        with pytest.raises(Refusal, match="invalid_options"):
            answering.offered(Ack(payload=broken))


def test_two_publishers_of_a_home_tab_notice_each_other(server, client):
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    first = client.views_publish(user_id="U0MIRA", view=home)["view"]
    client.views_publish(user_id="U0MIRA", view=home, hash=first["hash"])
    assert error(client.views_publish, user_id="U0MIRA", view=home, hash=first["hash"]) == "hash_conflict"
    assert server.person("U0JONAS").home() is None
