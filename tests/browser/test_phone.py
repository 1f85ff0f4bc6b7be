"""The same on a phone: everything in reach of a thumb, nothing beside the edge."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import LookAt
from tests.browser.screen import CARDS, LEILA, MIRA, PHONE, USUAL, Screen

pytestmark = pytest.mark.browser

WORDS = "I'd like to use Otter.ai to transcribe customer calls"


def test_asking_and_deciding_on_a_phone(look: LookAt) -> None:
    screen = look(MIRA, PHONE)
    first = screen.asks_steward(WORDS)
    fills_the_width(screen, screen.thread)
    for label in ("Yes, start", "Use a form instead", "Not now"):
        is_whole(screen, first.get_by_role("button", name=label))
    screen.picture("phone-1-welcome")

    screen.presses(first, "Yes, start")
    screen.question("What happens to what it produces?")
    screen.replies("1")
    areas = screen.question("Does it touch one of these areas?")
    is_whole(screen, areas)
    screen.picture("phone-2-areas")
    screen.presses(areas, "Something does")
    areas = screen.question("Does it touch one of these areas?")
    screen.presses(areas, "Several of these")
    areas.locator("button.menu").click()
    is_whole(screen, screen.page.get_by_test_id("dropdown"))
    screen.picture("phone-3-menu")
    screen.page.get_by_role("option", name="12. None of these").click()
    screen.page.keyboard.press("Escape")
    screen.presses(areas, "Done")
    done = screen.question("Would it do any of these, even in part?")
    screen.presses(done, "None of these")
    expect(done).to_be_hidden()
    screen.answers(USUAL)
    summary = screen.summary
    is_whole(screen, summary)
    screen.picture("phone-4-summary")
    screen.presses(summary, "Submit")
    screen.sees(screen.thread, "Recorded as")
    screen.thread.get_by_role("button", name="Back to the conversation").click()
    expect(screen.thread).to_be_hidden()

    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    card = screen.card("Otter.ai")
    for label in ("Approve", "Approve with conditions", "Ask for information", "Decline"):
        is_whole(screen, card.get_by_role("button", name=label, exact=True))
        expect(card.get_by_role("button", name=label, exact=True)).to_be_in_viewport(ratio=1)
    screen.picture("phone-5-card")
    screen.presses(card, "Approve with conditions")
    fills_the_width(screen, screen.modal)
    is_whole(screen, screen.modal)
    is_whole(screen, screen.modal.get_by_role("button", name="Approve with conditions"))
    screen.picture("phone-6-modal")
    screen.presses(screen.modal, "Approve with conditions")
    expect(screen.modal.get_by_text("Name at least one condition")).to_be_in_viewport(ratio=1)
    screen.modal.get_by_label("More conditions").fill("Tell callers at the start")
    screen.presses(screen.modal, "Approve with conditions")
    screen.sees(card, "Approved with conditions by @Leila Haddad")

    screen.goes_home()
    screen.sees(screen.home, "What you may use", "Tell callers at the start")
    is_whole(screen, screen.home)
    screen.picture("phone-7-home")


def is_whole(screen: Screen, part: Locator) -> None:
    """Nothing of it lies beside the edge, and the page cannot be pushed sideways."""
    expect(part).to_be_visible()
    box = part.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= screen.size.width + 0.5
    assert not part.evaluate("node => [node, ...node.querySelectorAll('*')].some(overflows);" + OVERFLOWS)
    assert screen.page.evaluate("document.documentElement.scrollWidth") <= screen.size.width


OVERFLOWS = """
function overflows(node) {
  const held = getComputedStyle(node);
  return held.overflowX !== 'hidden' && held.display !== 'inline' && node.scrollWidth > node.clientWidth + 1
    && node.clientWidth > 0;
}
"""


def fills_the_width(screen: Screen, part: Locator) -> None:
    expect(part).to_be_visible()
    box = part.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, screen.size.width)
