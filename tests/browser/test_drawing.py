"""Whatever the workspace takes is drawn: every valid payload of the corpus, in messages, modals and on Home."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox.workspace import WorkspaceServer
from tests.bot.sandbox.corpus import MESSAGES, VIEWS
from tests.browser.conftest import WatchAs
from tests.browser.window import PHONE, every_control_is_named

pytestmark = pytest.mark.browser

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SUMMARY = """# Summary
**Three** were <b>approved</b>
- one
  - inside
1. first

| Tool | Risk |
|---|---|
| A | low |

```
<i>
```"""


@pytest.fixture(autouse=True)
def chart(server: WorkspaceServer) -> None:
    """The picture that the corpus names."""
    body = server.person("U0MIRA").uploads("chart.png", DOT) | {"id": "F0CHART"}
    server.workspace.files["F0CHART"] = (body, DOT)


def test_every_message_is_drawn(server: WorkspaceServer, client: WebClient, watch: WatchAs) -> None:
    for name, blocks in MESSAGES.items():
        client.chat_postMessage(channel="C0GENERAL", text=name, blocks=blocks)
    window = watch("U0MIRA", "C0GENERAL")
    expect(window.main.locator("article")).to_have_count(len(MESSAGES))
    expect(window.main.locator(".unknown")).to_have_count(0)
    expect(window.main.locator("img.own")).to_have_js_property(
        "complete", True
    )  # the one that was uploaded here
    every_control_is_named(window.page.locator("body"))


def test_every_view_is_drawn(server: WorkspaceServer, client: WebClient, watch: WatchAs) -> None:
    window = watch("U0MIRA", "home")
    for view in VIEWS.values():
        if view["type"] == "home":
            client.views_publish(user_id="U0MIRA", view=view)
            expect(window.home.locator(".block")).to_have_count(len(view["blocks"]))
            every_control_is_named(window.home)
            continue
        trigger = server.workspace.permits.new_trigger("U0MIRA")
        client.views_open(trigger_id=trigger, view=view)
        expect(window.modal.locator(".block")).to_have_count(len(view["blocks"]))
        every_control_is_named(window.modal)
        server.person("U0MIRA").closes_view(all_of_them=True)
        expect(window.modal).to_have_count(0)
    expect(window.page.locator(".unknown")).to_have_count(0)


def test_markdown_is_drawn_and_its_markup_is_text(client: WebClient, watch: WatchAs) -> None:
    client.chat_postMessage(channel="C0GENERAL", text="x", blocks=[{"type": "markdown", "text": SUMMARY}])
    drawn = watch("U0MIRA", "C0GENERAL").main.locator(".markdown")
    expect(drawn.get_by_role("heading", name="Summary")).to_be_visible()
    expect(drawn.locator("strong")).to_have_text("Three")
    expect(drawn).to_contain_text("were <b>approved</b>")
    expect(drawn.locator("ul ul li")).to_have_text("inside")
    expect(drawn.locator("ol li")).to_have_text("first")
    expect(drawn.locator("tbody td")).to_have_text(["A", "low"])
    expect(drawn.locator("pre")).to_have_text("<i>")


Handed = list[dict[str, Any]]


@pytest.fixture
def handed(server: WorkspaceServer, client: WebClient) -> Iterator[Handed]:
    """What an app is handed whose form has a menu that it fills itself, a moment and files."""
    app, values = App(client=client, token_verification_enabled=False), Handed()

    @app.options("tool")
    def tools(ack: Any, body: dict[str, Any]) -> None:
        found = [n for n in ("Otter.ai", "Otter Pilot", "DeepL") if body["value"].lower() in n.lower()]
        ack(options=[{"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in found])

    @app.view("form")
    def taken(ack: Any, body: dict[str, Any]) -> None:
        ack()
        values.append(body["view"]["state"]["values"])

    handler = SocketModeHandler(app, "xapp-local")
    handler.connect()
    server.wait_until(lambda: server.socket_connected() > 0)
    yield values
    handler.client.closed = True
    handler.client.message_queue.put(None)
    handler.close()


def field(block_id: str, label: str, kind: str, **more: Any) -> dict[str, Any]:
    element = {"type": kind, "action_id": block_id} | more
    return {
        "type": "input",
        "block_id": block_id,
        "label": {"type": "plain_text", "text": label},
        "element": element,
    }


def test_a_form_on_a_phone_hands_in_what_was_put_in(
    server: WorkspaceServer, client: WebClient, watch: WatchAs, handed: Handed
) -> None:
    title, submit = {"type": "plain_text", "text": "Form"}, {"type": "plain_text", "text": "Send"}
    blocks = [
        field("tool", "Tool", "external_select", min_query_length=2),
        field("when", "When", "datetimepicker"),
        field("contract", "Contract", "file_input", max_files=1),
    ]
    view = {"type": "modal", "callback_id": "form", "title": title, "submit": submit, "blocks": blocks}
    window = watch("U0AMARA", "home", PHONE)
    client.views_open(trigger_id=server.workspace.permits.new_trigger("U0AMARA"), view=view)
    window.presses(window.modal, "Send")
    expect(window.modal.get_by_test_id("error-tool")).to_have_text("Please complete this required field.")
    window.modal.get_by_label("Tool").click()
    window.page.get_by_test_id("dropdown").get_by_role("combobox").fill("otter")
    window.page.get_by_role("option", name="Otter Pilot").click()
    window.modal.get_by_label("When").fill("2027-07-01T09:30")  # London, in summer
    window.page.get_by_test_id("action-contract-file").set_input_files(
        {"name": "contract.txt", "mimeType": "text/plain", "buffer": b"signed"}
    )
    expect(window.modal).to_contain_text("contract.txt (6 bytes)")
    window.presses(window.modal, "Send")
    expect(window.modal).to_have_count(0)
    window.page.get_by_test_id("inspect").click()
    window.page.get_by_role("tab", name="Sent to it").click()
    sent = window.page.get_by_test_id("traffic").locator("summary code")
    expect(sent.filter(has_text="view_submission")).to_have_count(1)
    expect(sent.filter(has_text="block_suggestion")).not_to_have_count(0)
    (values,) = handed
    assert values["tool"]["tool"]["selected_option"]["value"] == "otter pilot"
    assert values["when"]["when"]["selected_date_time"] == 1814430600
    assert [file["name"] for file in values["contract"]["contract"]["files"]] == ["contract.txt"]
