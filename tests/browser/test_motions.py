"""Two people set another tier on the card: the risk owner proposes it, Legal agrees, and the rules' result stays."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LookAt
from tests.browser.screen import AMARA, CARDS, DESKTOP, LEILA, PHONE, PRIYA, Screen, Size
from tests.browser.test_exception import SAID, WORDS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_two_people_set_another_tier(look: LookAt, size: Size) -> None:
    screen, name = look(PRIYA, size), "phone" if size is PHONE else "desktop"
    first = screen.asks_steward(WORDS)
    screen.presses(first, "Yes, start")
    screen.answers(SAID)
    screen.presses(screen.summary, "Submit")
    screen.sees(screen.thread, "Recorded as")
    screen.leaves_thread()
    the_risk_owner_proposes_it(screen, name)
    legal_agrees(screen, name)


def the_risk_owner_proposes_it(screen: Screen, name: str) -> None:
    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    card = screen.card("DeepL")
    card.get_by_role("button", name=re.compile("more", re.I)).first.click()
    screen.picture(f"motion-1-menu-{name}")
    screen.page.get_by_role("option", name="Set another tier").click()
    expect(screen.modal).to_be_visible()
    screen.picks(screen.modal, "Medium risk")
    screen.modal.get_by_role("textbox").fill("It compares names, and a person reads every application.")
    screen.picture(f"motion-2-window-{name}")
    screen.presses(screen.modal, "Propose")
    screen.sees(card, "wants it to be looked at as medium risk", "A second person has to agree")
    screen.picture(f"motion-3-card-proposed-{name}")


def legal_agrees(screen: Screen, name: str) -> None:
    screen.becomes(AMARA)
    screen.goes_to(CARDS)
    card = screen.card("DeepL")
    screen.presses(card, "Agree")
    screen.sees(screen.modal, "It compares names, and a person reads every application.")
    screen.picture(f"motion-4-agree-{name}")
    screen.presses(screen.modal, "Agree")
    expect(screen.modal).to_be_hidden()
    screen.sees(card, "Medium risk, set by two people; by the rules high risk")
    screen.picture(f"motion-5-card-set-{name}")
