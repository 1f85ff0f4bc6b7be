"""What people do in a workspace besides writing to the bot, seen and done on the page."""

import re

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from bot.sandbox.workspace import WorkspaceServer
from tests.browser.conftest import WatchAs
from tests.browser.window import DESKTOP, PHONE, Size

pytestmark = pytest.mark.browser

GENERAL, SHARED = "C0GENERAL", "C0SHARED"


def test_reactions_come_and_go(server: WorkspaceServer, watch: WatchAs) -> None:
    server.person("U0JONAS").says(GENERAL, "We try a new tool")
    window = watch("U0MIRA", GENERAL)
    message = window.message("We try a new tool")
    window.acts_on(message, "Add a reaction")
    keys = window.page.keyboard
    keys.type("eye")
    keys.press("ArrowDown")
    expect(window.page.get_by_role("button", name="eyes", exact=True)).to_be_focused()
    keys.press("Enter")
    chip = message.get_by_test_id("reaction-eyes")
    expect(chip).to_have_attribute("aria-pressed", "true")
    server.person("U0JONAS").reacts(GENERAL, server.workspace.messages(GENERAL)[0]["ts"], "eyes")
    expect(chip).to_have_accessible_name("eyes, 2, by you and Jonas Weber")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false")
    assert server.workspace.messages(GENERAL)[0]["reactions"] == [
        {"name": "eyes", "users": ["U0JONAS"], "count": 1}
    ]


def test_a_message_is_written_changed_linked_and_deleted(server: WorkspaceServer, watch: WatchAs) -> None:
    window = watch("U0MIRA", GENERAL)
    window.composer.fill("Ask @priv")
    window.page.get_by_role("option", name="privacy-team").click()
    window.page.keyboard.type("first")
    window.page.keyboard.press("Enter")
    message = window.message("@privacy-team first")
    window.acts_on(message, "Edit message")
    window.page.get_by_label("Edit message").fill("Ask nobody")
    window.page.keyboard.press("Enter")
    message = window.message("Ask nobody")
    expect(message).to_contain_text("(edited)")
    window.acts_on(message, "Copy link")
    expect(window.toasts).to_have_text("The link was copied.")
    assert re.search(r"#c=C0GENERAL&m=[\d.]+$", window.page.evaluate("navigator.clipboard.readText()"))
    window.acts_on(message, "Delete message")
    window.page.get_by_test_id("confirm").get_by_role("button", name="Delete").click()
    expect(message).to_have_count(0)
    assert server.workspace.messages(GENERAL) == []


def test_a_link_to_a_message_at_the_address_of_the_workspace_opens_it_here(
    server: WorkspaceServer, client: WebClient, watch: WatchAs
) -> None:
    server.workspace.address = "https://example-works.example.com"
    ts = client.chat_postMessage(channel=GENERAL, text="First")["ts"]
    link = client.chat_getPermalink(channel=GENERAL, message_ts=ts)["permalink"]
    client.chat_postMessage(channel=GENERAL, text=f"<{link}|there>, <https://a.example.com/x|elsewhere>")
    window = watch("U0MIRA", GENERAL)
    there = window.page.get_by_role("link", name="there")
    expect(there).to_have_attribute("href", f"#as=U0MIRA&c={GENERAL}&m={ts}")
    there.click()
    expect(window.message("First")).to_be_visible()
    expect(window.page.get_by_role("link", name="elsewhere")).to_have_attribute(
        "href", "https://a.example.com/x"
    )


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_shortcut_of_a_message(server: WorkspaceServer, watch: WatchAs, size: Size) -> None:
    server.person("U0JONAS").says(GENERAL, "We use ToolX")
    window = watch("U0MIRA", GENERAL, size)
    message = window.message("We use ToolX")
    message.click()
    window.acts_on(message, "Log this tool")
    # No app is there to take it, and that is said.
    expect(window.toasts).to_have_text("The app did not respond. Try again?")


def test_files_and_replies_that_are_also_shown_in_the_channel(
    server: WorkspaceServer, client: WebClient, watch: WatchAs
) -> None:
    server.person("U0JONAS").says(GENERAL, "Here is the list")
    window = watch("U0MIRA", GENERAL)
    window.acts_on(window.message("Here is the list"), "Reply in thread")
    window.thread.get_by_test_id("thread-composer-file").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": b"a,b"}
    )
    window.thread.get_by_test_id("thread-composer").fill("Corrected")
    window.thread.get_by_label("Also in #general").check()
    window.presses(window.thread, "Send")
    expect(window.message("Replied to a thread, and here")).to_contain_text("Corrected")
    expect(window.thread.get_by_role("link", name="list.csv")).to_contain_text("CSV · 3 bytes")
    window.presses(window.thread, "Close thread")
    expect(window.main.get_by_role("button", name="1 reply")).to_be_focused()


def test_guests_and_people_of_elsewhere(server: WorkspaceServer, watch: WatchAs) -> None:
    server.person("U0SAM").says(SHARED, "Hello, I am a guest")
    window = watch("W0NIA", SHARED)
    expect(window.main.get_by_role("heading", name="with-partner")).to_contain_text("SHARED")
    expect(window.message("I am a guest")).to_contain_text("GUEST")
    places = window.page.get_by_role("navigation", name="Workspace")
    expect(places).to_contain_text("with-partner")
    for hidden in ("general", "App Home", "Direct messages"):
        expect(places).not_to_contain_text(hidden)
    window.writes("Hello from outside")
    window.becomes("U0MIRA")
    author = window.message("Hello from outside").get_by_role("button", name="Nia Rao")
    author.click()
    expect(window.page.get_by_test_id("profile")).to_contain_text("Belongs to another organisation")
    window.page.keyboard.press("Escape")
    expect(author).to_be_focused()


def test_what_is_new_stands_below_a_line(server: WorkspaceServer, watch: WatchAs) -> None:
    mira, jonas = server.person("U0MIRA"), server.person("U0JONAS")
    mira.says(GENERAL, "old")
    window = watch("U0MIRA", "C0SALES")
    jonas.says(GENERAL, "new")
    place = window.page.get_by_test_id(f"channel-{GENERAL}")
    expect(place).to_have_accessible_name(re.compile("1 unread"))
    window.goes_to(GENERAL)
    line = window.main.get_by_role("separator", name="New messages")
    expect(line.locator("+ *")).to_contain_text("new")
    expect(place).not_to_have_accessible_name(re.compile("unread"))


def test_the_drawer_of_a_phone_holds_the_focus_and_gives_it_back(watch: WatchAs) -> None:
    window = watch("U0MIRA", GENERAL, PHONE)
    handle = window.page.get_by_test_id("drawer")
    handle.click()
    places = window.page.get_by_role("navigation", name="Workspace")
    expect(places.locator(":focus")).to_have_count(1)
    expect(window.main).to_have_js_property("inert", True)
    window.page.keyboard.press("Escape")
    expect(handle).to_be_focused()
    expect(window.main).to_have_js_property("inert", False)


def test_from_message_to_message_by_keys(server: WorkspaceServer, watch: WatchAs) -> None:
    jonas = server.person("U0JONAS")
    for words in ("one", "two"):
        jonas.says(GENERAL, words)
    window = watch("U0MIRA", GENERAL)
    window.page.get_by_role("log").focus()
    for key, words in (("ArrowUp", "two"), ("ArrowUp", "one"), ("ArrowDown", "two")):
        window.page.keyboard.press(key)
        expect(window.message(words)).to_be_focused()
    window.page.keyboard.press("Tab")
    expect(window.message("two").get_by_role("button", name="Add a reaction")).to_be_focused()
    place = window.page.get_by_test_id(f"channel-{GENERAL}")
    place.focus()
    window.page.keyboard.press("ArrowDown")
    expect(window.page.get_by_test_id("channel-C0OLD")).to_be_focused()
