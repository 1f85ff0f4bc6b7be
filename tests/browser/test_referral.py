"""What Mira is not sure of is asked of whoever can settle it, below the card, and answered in one press."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LookAt
from tests.browser.screen import AMARA, CARDS, DESKTOP, MIRA, PHONE, USUAL, Screen, Size

pytestmark = pytest.mark.browser

WORDS = "I'd like to use Otter.ai to transcribe customer calls"
UNSURE = USUAL | {
    "Who could be affected": "customers",
    "goes in?": "3, 4",
    "assess or predict": "not sure",
    "watch people": "not sure",
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_privacy_answers_what_mira_could_not_know(look: LookAt, size: Size) -> None:
    screen, name = look(MIRA, size), "phone" if size is PHONE else "desktop"
    first = screen.asks_steward(WORDS)
    screen.presses(first, "Yes, start")
    screen.answers(UNSURE)
    screen.sees(screen.thread, "if it still matters, I ask Privacy once you submit")
    screen.picture(f"referral-1-summary-{name}")
    screen.presses(screen.summary, "Submit")
    screen.sees(screen.thread, "I have asked Privacy what you could not know")
    screen.leaves_thread()
    privacy_answers(screen, name)
    screen.leaves_thread()
    screen.becomes(MIRA)
    screen.goes_to_steward()
    screen.opens_thread(WORDS[:40])
    screen.sees(screen.thread, "Privacy (@Amara Okafor) answered in")
    screen.picture(f"referral-5-told-{name}")


def privacy_answers(screen: Screen, name: str) -> None:
    screen.becomes(AMARA)
    screen.goes_to(CARDS)
    card = screen.card("Otter.ai")
    screen.sees(card, "Privacy was asked")
    screen.picture(f"referral-2-card-{name}")
    screen.opens_thread("Otter.ai")
    letter = screen.thread.locator("article", has_text="was not sure, and the result depends on it")
    screen.sees(letter, "Does it assess or predict things about a particular person?")
    screen.picture(f"referral-3-asked-{name}")
    screen.presses(letter, "Answer")
    expect(screen.modal).to_be_visible()
    screen.picture(f"referral-4-window-{name}")
    screen.modal.get_by_label("Neither").check()
    screen.presses(screen.modal, "Answer")
    screen.sees(screen.thread, "Watching or joining data: Neither, says @Amara Okafor (Privacy)")
    letter = screen.thread.locator("article", has_text="was not sure, and the result depends on it")
    screen.presses(letter, "No")
    screen.sees(screen.thread, "Nothing is open any more, so this can be decided.")
    screen.picture(f"referral-6-answered-{name}")
