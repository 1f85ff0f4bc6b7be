"""After a yes: something changed, shown with what follows before it counts; and a colleague's team that joins."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LookAt
from tests.browser.screen import CARDS, DESKTOP, JONAS, LEILA, MIRA, PHONE, USUAL, Screen, Size

pytestmark = pytest.mark.browser

WORDS = "I'd like to use DeepL to translate our own meeting notes"
SAID = USUAL | {
    "What brings you here": "new tool",
    "What happens to what it produces": "1",
    "Who could be affected": "Only",
    "What goes in?": "internal",
    "one of these areas": "none of these",
    "any of these, even in part": "none of these",
    "How would you reach it": "Company contract",
    "supplier learn": "No, the contract says so",
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_changes_and_others_join(look: LookAt, size: Size) -> None:
    screen, name = look(MIRA, size), "phone" if size is PHONE else "desktop"
    asked(screen)
    screen.presses(screen.summary, "Submit")
    screen.sees(screen.thread, "Recorded as")
    screen.leaves_thread()
    approved(screen, name)
    a_notice(screen, name)
    a_colleague_joins(screen, name)
    it_changes(screen, name)


def asked(screen: Screen) -> None:
    first = screen.asks_steward(WORDS)
    screen.presses(first, "Yes, start")
    screen.answers(SAID)


def approved(screen: Screen, name: str) -> None:
    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    screen.presses(screen.card("DeepL"), "Approve with conditions")
    screen.modal.get_by_test_id("field-conditions").get_by_role("textbox").fill(
        "A person reads each translation"
    )
    screen.picture(f"after-1-approve-{name}")
    screen.presses(screen.modal, "Approve with conditions")
    expect(screen.modal).to_be_hidden()


def a_notice(screen: Screen, name: str) -> None:
    screen.becomes(MIRA)
    screen.goes_to_steward()
    screen.presses(screen.calls("/steward show 1"), "Draft a notice")
    screen.sees(screen.modal, "How we use DeepL", "A person reads each translation")
    screen.picture(f"after-1a-notice-{name}")
    screen.presses(screen.modal, "For people it affects")
    screen.sees(screen.modal, "[who looks at the result before it takes effect]")
    screen.picture(f"after-1b-notice-{name}")
    screen.presses(screen.modal, "Français")
    screen.sees(screen.modal, "Nous utilisons ici l'intelligence artificielle")
    screen.picture(f"after-1c-notice-{name}")
    screen.modal.get_by_test_id("modal-close").click()


def a_colleague_joins(screen: Screen, name: str) -> None:
    screen.becomes(JONAS)
    screen.goes_to_steward()
    asked(screen)
    screen.sees(screen.summary, "This is approved already")
    screen.picture(f"after-2-offered-{name}")
    screen.presses(screen.summary, "Join this use")
    screen.sees(screen.modal, "is approved for exactly this", "A person reads each translation")
    screen.modal.get_by_test_id("field-unit").get_by_role("textbox").fill("Service")
    screen.picture(f"after-3-join-{name}")
    screen.presses(screen.modal, "Join and accept")
    screen.sees(screen.modal, "Your team has joined")
    screen.modal.get_by_test_id("modal-close").click()
    screen.leaves_thread()
    screen.goes_home()
    screen.sees(screen.home, "What your teams have joined", "We use it no more")
    screen.picture(f"after-4-home-{name}")


def it_changes(screen: Screen, name: str) -> None:
    screen.becomes(MIRA)
    screen.goes_to_steward()
    screen.opens_thread(WORDS)
    screen.presses(screen.thread, "Something changed")
    screen.sees(screen.modal, "Before anything counts you see what follows")
    screen.picture(f"after-5-change-{name}")
    purpose = screen.modal.get_by_test_id("field-purpose").get_by_role("textbox")
    purpose.fill("Translate letters to customers")
    screen.presses(screen.modal, "Show what follows")
    screen.sees(screen.modal, "The approval does not cover this", "Translate letters to customers")
    screen.picture(f"after-6-follows-{name}")
    screen.presses(screen.modal, "Record and ask")
    screen.sees(screen.modal, "those who decide have it")
    screen.modal.get_by_test_id("modal-close").click()
    screen.leaves_thread()
    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    screen.sees(screen.card("DeepL"), "Different since it was approved", "Translate letters to customers")
    screen.picture(f"after-7-card-{name}")
