"""The fast lane: two people approve a use beforehand, and the next one is recorded at once while nobody is asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bot.demo.stage import Stage
from tests.browser.conftest import LookAt
from tests.browser.lanes import HARMLESS, asked, closes_thread, field, looks_at, says_yes, set_up
from tests.browser.screen import AMARA, CARDS, JONAS, LEILA, MIRA, USUAL, Screen

pytestmark = pytest.mark.browser

WORDS = "I'd like to use Otter.ai for our notes"
NOTES = HARMLESS | {"kind": "use_catalogue", "purpose": "Write down what is said in our own meetings"}


def test_a_pattern_and_what_is_just_that(look: LookAt, stage: Stage) -> None:
    set_up(stage, {"tools.settled": ["Otter.ai"]})
    asked(stage, MIRA, WORDS, NOTES)
    screen = look(LEILA)
    says_yes(screen, LEILA, "Otter.ai", "Fits.")
    made_a_pattern(screen)
    confirmed(screen)
    recorded_at_once(screen)
    seen_below_the_channel(screen)


def made_a_pattern(screen: Screen) -> None:
    screen.writes("/steward pattern 1")
    expect(screen.modal).to_be_visible()
    field(screen, "covers").fill("Notes of our own meetings")
    screen.modal.locator("input[type=date]").fill("2027-06-30")
    looks_at(screen, "fast-1-pattern")
    screen.presses(screen.modal, "Propose it")
    expect(screen.modal).to_be_hidden()


def confirmed(screen: Screen) -> None:
    screen.becomes(AMARA)
    screen.goes_to(CARDS)
    card = screen.card("Otter.ai")
    screen.sees(card, "a second person has to confirm it")
    looks_at(screen, "fast-2-proposed", card)
    screen.presses(card, "Confirm the pattern")
    screen.sees(card, "A pattern is in force")
    looks_at(screen, "fast-3-in-force", card)


def recorded_at_once(screen: Screen) -> None:
    screen.becomes(JONAS)
    screen.goes_to_steward()
    first = screen.asks_steward(WORDS)
    looks_at(screen, "fast-4-first-reply")
    screen.presses(first, "Yes, start")
    screen.answers(
        USUAL
        | {"What brings you here": "a tool we already have", "what should it do": "Write down what is said"}
    )
    screen.sees(screen.summary, "You need not wait.", "Notes of our own meetings")
    looks_at(screen, "fast-5-summary", screen.summary)
    screen.presses(screen.summary, "Record it now")
    screen.sees(screen.thread, "AIU-2026-0002", "@Leila Haddad", "@Amara Okafor")
    looks_at(screen, "fast-6-recorded")
    closes_thread(screen)
    screen.goes_home()
    looks_at(screen, "fast-7-home")


def seen_below_the_channel(screen: Screen) -> None:
    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    card = screen.card("AIU-2026-0002")
    screen.sees(card, "@Jonas Weber")
    looks_at(screen, "fast-8-card", card)
