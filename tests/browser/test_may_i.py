"""On a phone: a question is answered whole, one press says which tool is meant, and asking for it goes on below."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LookAt
from tests.browser.screen import PHONE, PRIYA
from tests.browser.test_phone import is_whole

pytestmark = pytest.mark.browser

WORDS = "Can I use Copilot to write unit tests for our shop?"


def test_asking_whether_on_a_phone(look: LookAt) -> None:
    screen = look(PRIYA, PHONE)
    screen.goes_to_steward()
    screen.composer.fill(WORDS)
    screen.page.keyboard.press("Enter")
    expect(screen.main.get_by_text("1 reply")).to_be_visible()
    screen.opens_thread(WORDS)
    which = screen.thread.locator("article", has_text="Which one do you mean?")
    for name in ("GitHub Copilot", "Microsoft 365 Copilot", "None of these"):
        is_whole(screen, which.get_by_role("button", name=name, exact=True))
    screen.presses(which, "GitHub Copilot")
    told = screen.thread.locator("article", has_text="Nobody may use GitHub Copilot for that here so far")
    is_whole(screen, told)
    screen.presses(told, "Ask for it")
    begun = screen.thread.locator("article", has_text="no use of it is approved here yet")
    is_whole(screen, begun)
    is_whole(screen, begun.get_by_role("button", name="Yes, start"))
