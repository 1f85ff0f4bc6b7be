"""Very high risk: a committee and an executive decide; one of them is away, and a deputy stands in."""

from __future__ import annotations

import pytest

from bot.demo.stage import Stage
from tests.browser.conftest import LookAt
from tests.browser.lanes import APART, FINDER, asked, closes_thread, looks_at, says_yes, set_up
from tests.browser.screen import AMARA, CARDS, JONAS, LEILA, MIRA, PRIYA, Screen

pytestmark = pytest.mark.browser

WORDS = "We want to screen CVs of applicants with HireVue"
RANKING = FINDER | {
    "purpose": "Rank incoming applications so that recruiters read the best matches first",
    "output_use": "decides_people",
    "influence": "followed",
    "profiling": "yes",
    "worst": "rights_or_livelihood",
    "reverse": "never",
    "check": "none",
}


def test_a_committee_and_an_executive(look: LookAt, stage: Stage) -> None:
    set_up(stage, APART)
    asked(stage, PRIYA, WORDS, RANKING)
    screen = look(PRIYA)
    the_requester_reads_who_decides(screen)
    legal_is_away(screen)
    the_card(screen)
    for user in (AMARA, JONAS):
        says_yes(screen, user, "HireVue", "As described.")
    looks_at(screen, "committee-5-two-yes", screen.card("HireVue"))
    for user in (LEILA, MIRA):
        says_yes(screen, user, "HireVue", "As described.")
    screen.sees(screen.card("HireVue"), "Approved by")
    looks_at(screen, "committee-6-approved", screen.card("HireVue"))
    screen.opens_thread("HireVue")
    looks_at(screen, "committee-7-receipt")
    closes_thread(screen)


def the_requester_reads_who_decides(screen: Screen) -> None:
    screen.opens_thread(WORDS)
    looks_at(screen, "committee-1-told")
    closes_thread(screen)
    screen.goes_home()
    looks_at(screen, "committee-2-home")


def legal_is_away(screen: Screen) -> None:
    screen.becomes(AMARA)
    screen.goes_to(CARDS)
    answer = screen.calls("/steward away until 31 December @Leila Haddad")
    screen.sees(answer, "You are away until", "stands in")
    looks_at(screen, "committee-3-away", answer)


def the_card(screen: Screen) -> None:
    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    card = screen.card("HireVue")
    screen.sees(card, "Very high risk", "AI committee: after the others", "Executive: after the others")
    looks_at(screen, "committee-4-card", card)
