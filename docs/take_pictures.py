"""Takes the two pictures of the README from the running demo: `make pictures`. Needs a Chromium and Playwright."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Locator, sync_playwright

from bot.demo.stage import Stage
from tests.browser.conftest import ARGUMENTS, BROWSERS
from tests.browser.screen import CARDS, LEILA, MIRA, PHONE, Screen, Size

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
        finally:
            browser.close()
            stage.close()


def _summary(browser: Browser, stage: Stage) -> None:
    screen = _open(browser, stage, MIRA, DESKTOP)
    first = screen.asks_steward(WORDS)
    screen.presses(first, "Yes, start")
    screen.answers(SAID)
    _take(screen, screen.summary, "summary", "end")
    screen.presses(screen.summary, "Submit")
    screen.sees(screen.thread, "Recorded as")


def _card(browser: Browser, stage: Stage) -> None:
    screen = _open(browser, stage, LEILA, PHONE)
    screen.goes_to(CARDS)
    _take(screen, screen.card("Otter.ai"), "card", "start")


def _take(screen: Screen, message: Locator, name: str, edge: str) -> None:
    """With the start or the end of the message at the edge, once nothing moves any more."""
    screen.page.wait_for_timeout(500)
    message.evaluate("(node, block) => node.scrollIntoView({block})", edge)
    screen.page.wait_for_timeout(200)
    screen.page.screenshot(path=IMAGES / f"{name}.png")


def _open(browser: Browser, stage: Stage, person: str, size: Size) -> Screen:
    return Screen(
        browser.new_page(viewport={"width": size.width, "height": size.height}), stage, person, size
    )


if __name__ == "__main__":
    main()
