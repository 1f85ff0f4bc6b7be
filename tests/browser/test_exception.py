"""An exception that two people confirm: the risk owner says so, Legal signs too from Home, and the class is lowered."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LookAt
from tests.browser.screen import AMARA, CARDS, DESKTOP, LEILA, PHONE, PRIYA, Screen, Size

pytestmark = pytest.mark.browser

WORDS = "I'd like to use DeepL to find applications that came in twice"
SAID = {
    "what should it do": "Find applications that came in twice",
    "What brings you here": "new tool",
    "What happens to what it produces": "2",
    "Who could be affected": "Staff or job applicants",
    "What goes in?": "personal data",
    "one of these areas": "hiring",
    "What exactly does it do there": "Filter or rank",
    "How much does its output weigh": "It only formats, sorts or tidies",
    "any of these, even in part": "none of these",
    "assess or predict": "no",
    "people outside will see": "no",
    "watch people": "neither",
    "How would you reach it": "Company contract",
    "supplier learn": "No, the contract says so",
    "worst realistic result": "Trouble or delay",
    "how many people would it affect": "Up to 10,000",
}


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_two_people_lower_the_class(look: LookAt, size: Size) -> None:
    screen, name = look(PRIYA, size), "phone" if size is PHONE else "desktop"
    first = screen.asks_steward(WORDS)
    screen.presses(first, "Yes, start")
    screen.answers(SAID)
    screen.sees(screen.summary, re.compile("high", re.I))
    screen.picture(f"exception-1-summary-{name}")
    screen.presses(screen.summary, "Submit")
    screen.sees(screen.thread, "Recorded as")
    screen.leaves_thread()
    the_risk_owner_says_so(screen, name)
    legal_signs_too(screen, name)


def the_risk_owner_says_so(screen: Screen, name: str) -> None:
    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    card = screen.card("DeepL")
    screen.picture(f"exception-2-card-{name}")
    screen.presses(card, "Confirm an exception")
    expect(screen.modal).to_be_visible()
    screen.picture(f"exception-3-claim-{name}")
    screen.picks(screen.modal, "It does one narrow task")
    screen.modal.get_by_role("textbox").fill("It compares names, and a person reads every application.")
    screen.picture(f"exception-4-claim-filled-{name}")
    screen.presses(screen.modal, "Sign")
    screen.sees(card, "says that the exception of Article 6(3) applies", "has to confirm it")
    screen.picture(f"exception-5-card-claimed-{name}")


def legal_signs_too(screen: Screen, name: str) -> None:
    screen.becomes(AMARA)
    screen.goes_home()
    screen.sees(
        screen.home, "Waiting for your signature", "@Leila Haddad (risk owner) says that an exception"
    )
    screen.picture(f"exception-6-home-{name}")
    screen.home.get_by_role("button", name=re.compile("^Confirm it too")).click()
    screen.sees(screen.modal, "It compares names, and a person reads every application.")
    screen.picture(f"exception-7-confirm-{name}")
    screen.presses(screen.modal, "Sign too")
    expect(screen.modal).to_be_hidden()
    screen.goes_to(CARDS)
    card = screen.card("DeepL")
    screen.sees(card, "@Leila Haddad (risk owner) and @Amara Okafor (Legal) confirmed")
    expect(card.get_by_role("button", name="Confirm it too")).to_have_count(0)
    screen.picture(f"exception-8-card-confirmed-{name}")
