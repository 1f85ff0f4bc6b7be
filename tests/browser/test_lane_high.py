"""High risk: two specialists and the risk owner, a question, a condition, an edit, a lapse, and a yes to it anew."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bot.demo.stage import Stage
from tests.browser.conftest import LookAt
from tests.browser.lanes import (
    APART,
    FINDER,
    asked,
    closes_thread,
    field,
    looks_at,
    opens,
    passes,
    says_yes,
    set_up,
)
from tests.browser.screen import AMARA, CARDS, JONAS, LEILA, PRIYA, Screen

pytestmark = pytest.mark.browser

WORDS = "I'd like to use DeepL to find applications that came in twice"


def test_from_a_question_to_the_third_yes(look: LookAt, stage: Stage) -> None:
    set_up(stage, APART)
    asked(stage, PRIYA, WORDS, FINDER)
    screen = look(AMARA)
    legal_asks(screen)
    priya_answers(screen)
    all_three_say_yes(screen)
    it_changes(screen)
    approved_again(screen)
    it_lapses(screen, stage)


def legal_asks(screen: Screen) -> None:
    screen.goes_to(CARDS)
    card = screen.card("DeepL")
    screen.sees(
        card, "High risk", "Legal: @Amara Okafor", "Risk owner: @Leila Haddad", "Privacy: @Jonas Weber"
    )
    looks_at(screen, "high-01-card", card)
    opens(screen, card, "Ask for information")
    screen.modal.get_by_role("textbox").fill("Who sees the list?")
    looks_at(screen, "high-02-ask")
    screen.presses(screen.modal, "Ask for information")
    screen.sees(card, "Waiting for @Priya Nair", "Who sees the list?")
    looks_at(screen, "high-03-card-asked", card)


def priya_answers(screen: Screen) -> None:
    screen.becomes(PRIYA)
    screen.goes_to_steward()
    screen.opens_thread(WORDS)
    screen.sees(screen.thread, "@Amara Okafor has a question", "Who sees the list?")
    looks_at(screen, "high-04-asked")
    screen.replies("Two recruiters, and nobody else.")
    screen.sees(screen.thread, "Thank you. @Amara Okafor has your answer")
    looks_at(screen, "high-05-answered")
    closes_thread(screen)


def all_three_say_yes(screen: Screen) -> None:
    says_yes(screen, AMARA, "DeepL", "Lawful as described.")
    screen.sees(screen.card("DeepL"), "yes from @Amara Okafor")
    looks_at(screen, "high-06-one-yes", screen.card("DeepL"))
    screen.becomes(JONAS)
    card = screen.card("DeepL")
    opens(screen, card, "Approve with conditions")
    field(screen, "conditions").fill("Tell applicants beforehand")
    field(screen, "reason").fill("Fine, with a notice.")
    screen.modal.get_by_test_id("field-due").locator("input").fill("2027-01-15")
    looks_at(screen, "high-07-conditions")
    screen.presses(screen.modal, "Approve with conditions")
    expect(screen.modal).to_be_hidden()
    screen.sees(card, "yes from @Jonas Weber")
    says_yes(screen, LEILA, "DeepL", "A person decides.")
    screen.sees(screen.card("DeepL"), "Approved with conditions", "Tell applicants beforehand")
    looks_at(screen, "high-08-approved", screen.card("DeepL"))
    screen.becomes(PRIYA)
    screen.goes_to_steward()
    screen.opens_thread(WORDS)
    screen.sees(screen.thread, "Yes, on conditions: you may go ahead")
    looks_at(screen, "high-09-told")
    closes_thread(screen)
    screen.goes_home()
    looks_at(screen, "high-10-home")
    it_is_met(screen)


def it_is_met(screen: Screen) -> None:
    screen.presses(screen.home, "A condition is met: DeepL: find applications that came in twice")
    looks_at(screen, "high-10a-fulfil")
    field(screen, "link").fill("https://wiki.example.org/notice")
    screen.presses(screen.modal, "It is met")
    looks_at(screen, "high-10b-handed-in")
    screen.modal.get_by_test_id("modal-close").click()
    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    screen.opens_thread("DeepL")
    screen.sees(screen.thread, "wiki.example.org/notice")
    looks_at(screen, "high-10c-to-look-at")
    screen.presses(screen.thread, "Verified")
    screen.sees(screen.thread, re.compile("verified", re.I))
    looks_at(screen, "high-10d-verified")
    closes_thread(screen)
    screen.becomes(PRIYA)


def it_changes(screen: Screen) -> None:
    screen.goes_to_steward()
    screen.opens_thread(WORDS)
    screen.presses(screen.thread, "Something changed")
    field(screen, "purpose").fill("Find applications that came in twice, and rank the rest")
    screen.presses(screen.modal, "Show what follows")
    screen.sees(screen.modal, "The approval does not cover this")
    looks_at(screen, "high-11-follows")
    screen.presses(screen.modal, "Record and ask")
    screen.sees(screen.modal, "those who decide have it")
    looks_at(screen, "high-12-recorded")
    screen.modal.get_by_test_id("modal-close").click()
    looks_at(screen, "high-13-thread-after")
    closes_thread(screen)


def approved_again(screen: Screen) -> None:
    screen.becomes(AMARA)
    screen.goes_to(CARDS)
    card = screen.card("DeepL")
    screen.sees(card, "Different since it was approved", "rank the rest")
    looks_at(screen, "high-14-card-changed", card)
    for user in (AMARA, JONAS):
        says_yes(screen, user, "DeepL", "Still.")
    screen.becomes(LEILA)
    opens(screen, screen.card("DeepL"), "Approve with conditions")
    field(screen, "conditions").fill("Tell applicants beforehand")
    field(screen, "reason").fill("Still a person.")
    screen.modal.get_by_label("Until when?").fill("2027-01-29")
    screen.presses(screen.modal, "Approve with conditions")
    expect(screen.modal).to_be_hidden()
    screen.sees(card, "Approved with conditions")


def it_lapses(screen: Screen, stage: Stage) -> None:
    screen.goes_to(CARDS)
    passes(stage, days=70)
    card = screen.card("DeepL")
    screen.sees(card, "The approval has run out")
    looks_at(screen, "high-15-lapsed-card", card)
    screen.becomes(PRIYA)
    screen.goes_to_steward()
    screen.opens_thread(WORDS)
    screen.sees(screen.thread, re.compile("may not be used|over", re.I))
    looks_at(screen, "high-16-lapsed-told")
    closes_thread(screen)
    screen.goes_home()
    looks_at(screen, "high-17-lapsed-home")
