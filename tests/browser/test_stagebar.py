"""What does not belong to Slack: the clock, troubles on demand, the calls of the app, and the colours."""

import re

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox.workspace import WorkspaceServer
from tests.browser.conftest import WatchAs
from tests.browser.window import DESKTOP, PHONE, Size, every_control_is_named

pytestmark = pytest.mark.browser

GENERAL = "C0GENERAL"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_clock_is_moved(server: WorkspaceServer, watch: WatchAs, size: Size) -> None:
    server.person("U0JONAS").says(GENERAL, "before")
    window = watch("U0MIRA", GENERAL, size)
    expect(window.main).to_contain_text("Today")
    clock = window.page.get_by_test_id("clock")
    clock.click()
    menu = window.page.get_by_role("dialog", name="The clock of this workspace")
    every_control_is_named(menu)
    menu.get_by_role("button", name="In 90 days").click()
    expect(menu).to_have_count(0)
    expect(clock).to_be_focused()
    expect(clock).to_have_accessible_name(re.compile("moved ahead by (89|90) days"))
    expect(window.main).not_to_contain_text("Today")
    server.person("U0JONAS").says(GENERAL, "after")
    expect(window.main).to_contain_text("Today")
    clock.click()
    expect(menu).to_contain_text(re.compile("Moved ahead by (89|90) days"))
    menu.get_by_label("Or to any moment").fill("2099-01-05T09:00")
    window.presses(menu, "Move")
    expect(menu).to_have_count(0)
    assert server.workspace.clock.moment().year == 2099


def test_troubles_are_switched_by_keys(server: WorkspaceServer, client: WebClient, watch: WatchAs) -> None:
    window = watch("U0MIRA", GENERAL)
    button = window.page.get_by_test_id("troubles")
    button.press("Enter")
    menu = window.page.get_by_role("dialog", name="Troubles on demand")
    every_control_is_named(menu)
    limited = menu.get_by_role("switch", name="Posts are rate limited")
    expect(limited).to_be_focused()
    window.page.keyboard.press("Space")
    expect(limited).to_be_checked()
    expect(limited).to_be_focused()
    expect(button).to_have_accessible_name("Troubles on demand: 1 switched on")
    with pytest.raises(SlackApiError) as refused:
        client.chat_postMessage(channel=GENERAL, text="x")
    assert refused.value.response.status_code == 429
    window.page.keyboard.press("Space")
    expect(limited).not_to_be_checked()
    window.page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(button).to_be_focused()
    client.chat_postMessage(channel=GENERAL, text="said after all")
    expect(window.message("said after all")).to_be_visible()


def test_calls_are_shown_and_the_place_of_what_was_refused(client: WebClient, watch: WatchAs) -> None:
    window = watch("U0MIRA", GENERAL)
    client.chat_postMessage(channel=GENERAL, text="fine")
    long = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=GENERAL, text="x", blocks=[{"type": "divider"}, long])
    window.page.get_by_test_id("inspect").click()
    calls = window.page.get_by_role("region", name="Calls of the app")
    expect(calls.locator("summary")).to_have_count(2)
    calls.locator("summary", has_text="chat.postMessage").last.click()
    expect(calls).to_contain_text('"text": "fine"')
    expect(calls).to_contain_text('"ok": true')
    window.page.get_by_role("tab", name="Refused (1)").click()
    calls.locator("summary", has_text="invalid_blocks").click()
    expect(calls.locator(".fault")).to_contain_text("/blocks/1/text/text")
    expect(calls.locator(".fault pre")).to_have_text(f'"{"x" * 151}"')
    window.page.keyboard.press("Escape")
    expect(calls).to_have_count(0)
    expect(window.page.get_by_test_id("inspect")).to_be_focused()


def test_colours_follow_the_computer_until_they_are_chosen(watch: WatchAs) -> None:
    window = watch("U0MIRA", GENERAL)
    expect(window.composer).to_be_visible()
    ink = "getComputedStyle(document.body).color"
    light = window.page.evaluate(ink)
    window.page.emulate_media(color_scheme="dark")
    dark = window.page.evaluate(ink)
    assert light != dark
    switch = window.page.get_by_test_id("theme")
    expect(switch).to_have_accessible_name("Colours: as on this computer")
    switch.click()
    assert window.page.evaluate(ink) == light
    window.page.reload()
    expect(switch).to_have_accessible_name("Colours: light")
    assert window.page.evaluate(ink) == light
