"""Without a mouse: everything can be reached, pressed and left by keys, and says what it is to a screen reader."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import LookAt
from tests.browser.screen import CARDS, LEILA, MIRA, USUAL, Screen
from tests.browser.window import every_control_is_named

pytestmark = pytest.mark.browser


def test_asking_by_keys_alone(look: LookAt) -> None:
    screen = look(MIRA)
    keys = screen.page.keyboard
    expect(screen.composer).to_be_focused()
    keys.type("I'd like to use Otter.ai to transcribe customer calls")
    keys.press("Enter")
    line = screen.main.locator(".thread-line")
    expect(line).to_be_visible()
    tab_to(screen, line, backwards=True)
    keys.press("Enter")
    start = screen.thread.get_by_role("button", name="Yes, start")
    expect(start).to_be_visible()
    tab_to(screen, start, backwards=True)
    keys.press("Enter")

    question = screen.question("What happens to what it produces?")
    tab_to(screen, question.get_by_role("button", name="1. I rework it before anything happens"))
    keys.press("Enter")
    areas = screen.question("Does it touch one of these areas?")
    tab_to(screen, areas.get_by_role("button", name="No, none of all this"))
    keys.press("Enter")
    screen.sees(screen.thread, "Area: None of these", "Red flags: None of these")

    tab_to(screen, screen.thread.get_by_test_id("thread-composer"))
    keys.type("not sent")
    keys.press("Escape")
    expect(screen.thread).to_be_hidden()


def test_windows_take_and_give_back_the_focus(look: LookAt) -> None:
    screen = look(MIRA)
    screen.presses(screen.asks_steward("I'd like to use Otter.ai to transcribe customer calls"), "Yes, start")
    screen.answers(USUAL)
    every_control_is_named(screen.thread)
    screen.presses(screen.summary, "Submit")
    screen.sees(screen.thread, "Recorded as")

    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    every_control_is_named(screen.page.locator("body"))
    keys, ask = (
        screen.page.keyboard,
        screen.card("Otter.ai").get_by_role("button", name="Ask for information"),
    )
    ask.focus()
    keys.press("Enter")
    expect(screen.modal).to_have_attribute("role", "dialog")
    expect(screen.modal).to_have_attribute("aria-modal", "true")
    expect(screen.page.get_by_role("dialog", name="Ask for information")).to_be_visible()
    every_control_is_named(screen.modal)
    question = screen.modal.get_by_role("textbox", name="What do you need to know?")
    expect(question).to_be_focused()
    for _ in range(8):  # round and round, never out of the window
        keys.press("Tab")
        expect(screen.modal.locator(":focus")).to_have_count(1)
    keys.press("Escape")
    expect(screen.modal).to_have_count(0)
    expect(ask).to_be_focused()


def tab_to(screen: Screen, target: Locator, *, backwards: bool = False) -> None:
    """As far as it takes, within reason; a redraw may move the focus to the message around it."""
    for _ in range(40):
        if target.evaluate("node => node === document.activeElement"):
            return
        screen.page.keyboard.press("Shift+Tab" if backwards else "Tab")
    raise AssertionError(f"{target} is out of reach")
