"""Takes the pictures of the READMEs from the running demo: `make pictures`. Needs a Chromium and Playwright."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Locator, ViewportSize, sync_playwright

from bot.demo.stage import Stage
from tests.browser.conftest import ARGUMENTS, BROWSERS
from tests.browser.screen import CARDS, LEILA, MIRA, Screen
from tests.browser.window import PHONE, Size

IMAGES = Path(__file__).parent / "images"
DESKTOP = Size(1280, 800)
WORDS = "I'd like to use Otter.ai to transcribe customer calls"
PURPOSE = "It writes down what is said in calls with customers, so that sales need not take notes"
SAID = {
    "What brings you here": "new tool",
    "what should it do": PURPOSE,
    "What happens to what it produces": "2",
    "Who could be affected": "customers",
    "What goes in?": "personal data",
    "one of these areas": "none of these",
    "any of these, even in part": "none of these",
    "assess or predict": "no",
    "people outside will see": "no",
    "watch people": "neither",
    "How would you reach it": "Company contract",
    "supplier learn": "not sure",
}


def main() -> None:
    browser_path = next(path for name in BROWSERS if (path := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        stage = Stage(f"sqlite:///{folder}/steward.db")
        stage.open()
        browser = playwright.chromium.launch(executable_path=browser_path, args=ARGUMENTS)
        try:
            stage.play(lambda line: print(f"  {line}"))
            _summary(browser, stage)
            _card(browser, stage)
            _behind(browser, stage)
        finally:
            browser.close()
            stage.close()


def _summary(browser: Browser, stage: Stage) -> None:
    screen = _open(browser, stage, MIRA, DESKTOP)
    first = screen.asks_steward(WORDS)
    screen.presses(first, "Yes, start")
    screen.answers(SAID)
    _take(screen, screen.summary, "summary")
    screen.presses(screen.summary, "Submit")
    screen.sees(screen.thread, "Recorded as")


def _card(browser: Browser, stage: Stage) -> None:
    screen = _open(browser, stage, LEILA, PHONE)
    screen.goes_to(CARDS)
    _take(screen, screen.card("Otter.ai"), "card")


def _behind(browser: Browser, stage: Stage) -> None:
    """In the dark: what the app calls, and on a phone the clock."""
    screen = _open(browser, stage, LEILA, Size(1200, 720), dark=True)
    screen.goes_to(CARDS)
    screen.page.get_by_test_id("inspect").click()
    screen.page.get_by_test_id("traffic").locator("summary", has_text="chat.postMessage").first.click()
    _take(screen, screen.card("Otter.ai"), "calls")
    screen = _open(browser, stage, LEILA, PHONE, dark=True)
    screen.goes_to(CARDS)
    card = screen.card("Otter.ai")
    screen.page.get_by_test_id("clock").click()
    _take(screen, card, "clock")


def _take(screen: Screen, message: Locator, name: str) -> None:
    """With the start of the message in view, once nothing moves any more."""
    screen.page.mouse.move(0, 0)
    screen.page.wait_for_timeout(500)
    message.evaluate("node => node.scrollIntoView()")
    screen.page.wait_for_timeout(200)
    screen.page.screenshot(path=IMAGES / f"{name}.png")


def _open(browser: Browser, stage: Stage, person: str, size: Size, *, dark: bool = False) -> Screen:
    viewport: ViewportSize = {"width": size.width, "height": size.height}
    page = browser.new_page(viewport=viewport, color_scheme="dark" if dark else "light")
    return Screen(page, stage, person, size)


if __name__ == "__main__":
    main()
