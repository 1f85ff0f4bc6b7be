"""The page by the rules of WCAG 2.2 that a program can check, in both sizes and both colour schemes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from slack_sdk import WebClient

from bot.sandbox.workspace import WorkspaceServer
from tests.bot.sandbox.corpus import MESSAGES, VIEWS
from tests.browser.conftest import LookAt, WatchAs
from tests.browser.screen import MIRA, USUAL
from tests.browser.test_drawing import DOT
from tests.browser.window import DESKTOP, PHONE, Size, Window

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
GENERAL = "C0GENERAL"

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])

Watch = Callable[[str], Window]


@cache
def axe() -> str:
    return (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")


def complaints(window: Window) -> list[str]:
    """What is wrong with what stands on the page now: the rule, what it says, and where."""
    if not window.page.evaluate("'axe' in window"):
        window.page.evaluate(axe())
    found: list[dict[str, Any]] = window.page.evaluate(RUN, RULES)["violations"]
    return [
        f"{each['id']}: {each['help']}: {node['target']} {node['html'][:160]} {node['failureSummary']}"
        for each in found
        for node in each["nodes"]
    ]


def expect_no_complaints(window: Window, where: str) -> None:
    assert "\n".join(complaints(window)) == "", where


@pytest.fixture
def watched(watch: WatchAs, size: Size, scheme: Any) -> Watch:
    def open_at(place: str) -> Window:
        window = watch(MIRA, place, size)
        window.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        return window

    return open_at


@pytest.fixture
def full(server: WorkspaceServer, client: WebClient) -> WorkspaceServer:
    """A channel with every block there is, and a conversation of people below it."""
    body = server.person(MIRA).uploads("chart.png", DOT) | {"id": "F0CHART"}
    server.workspace.files["F0CHART"] = (body, DOT)
    for name, blocks in MESSAGES.items():
        client.chat_postMessage(channel=GENERAL, text=name, blocks=blocks)
    root = server.person("U0JONAS").says(GENERAL, "We try a new tool :eyes: see <https://example.com|this>")
    server.person(MIRA).says(GENERAL, "Which one?", thread_ts=root)
    server.person(MIRA).reacts(GENERAL, root, "eyes")
    return server


@SIZES
@SCHEMES
def test_conversations(full: WorkspaceServer, watched: Watch) -> None:
    window = watched(GENERAL)
    expect(window.message("We try a new tool")).to_be_visible()
    expect_no_complaints(window, "a channel with every block")
    window.message("We try a new tool").locator(".thread-line").click()
    expect(window.thread).to_be_visible()
    expect_no_complaints(window, "its thread")


@SIZES
@SCHEMES
def test_what_lies_in_front(full: WorkspaceServer, watched: Watch) -> None:
    window = watched(GENERAL)
    for button, opened in (("clock", "dialog"), ("troubles", "dialog")):
        window.page.get_by_test_id(button).click()
        expect(window.page.get_by_role(opened).first).to_be_visible()  # type: ignore[arg-type]
        expect_no_complaints(window, button)
        window.page.keyboard.press("Escape")
    window.page.get_by_test_id("inspect").click()
    expect(window.page.get_by_test_id("traffic")).to_be_visible()
    expect_no_complaints(window, "the inspector")


@SIZES
@SCHEMES
def test_windows_and_home(full: WorkspaceServer, client: WebClient, watched: Watch) -> None:
    window = watched("home")
    for name, view in VIEWS.items():
        if view["type"] == "home":
            client.views_publish(user_id=MIRA, view=view)
            expect(window.home.locator(".block")).to_have_count(len(view["blocks"]))
            expect_no_complaints(window, name)
            continue
        client.views_open(trigger_id=full.workspace.permits.new_trigger(MIRA), view=view)
        expect(window.modal.locator(".block")).to_have_count(len(view["blocks"]))
        expect_no_complaints(window, name)
        full.person(MIRA).closes_view(all_of_them=True)
        expect(window.modal).to_have_count(0)


def test_a_conversation_with_steward(look: LookAt) -> None:
    screen = look(MIRA, PHONE)
    screen.presses(screen.asks_steward("I'd like to use Otter.ai to transcribe customer calls"), "Yes, start")
    screen.question("What happens to what it produces?")
    expect_no_complaints(screen, "a question")
    screen.answers(USUAL)
    expect_no_complaints(screen, "the summary")


def test_a_fault_is_found(watch: WatchAs) -> None:
    window = watch(MIRA, GENERAL)
    expect(window.composer).to_be_visible()
    window.page.evaluate(
        "document.querySelector('#main').insertAdjacentHTML('beforeend', '<button></button>')"
    )
    assert [each.partition(":")[0] for each in complaints(window)] == ["button-name"]
