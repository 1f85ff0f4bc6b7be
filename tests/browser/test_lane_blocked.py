"""A marked practice blocks at once and Legal is called: it is forbidden, or two say that the ban leaves it out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from bot.demo.stage import Stage
from tests.browser.conftest import LookAt
from tests.browser.lanes import (
    APART,
    HARMLESS,
    asked,
    closes_thread,
    field,
    hands_in,
    looks_at,
    opens,
    set_up,
)
from tests.browser.screen import AMARA, CARDS, LEILA, MIRA, PRIYA, Screen

pytestmark = pytest.mark.browser

MOODS = HARMLESS | {"red_flag": "emotion_work_school", "area": "employment", "people": "staff_applicants"}
DRIVERS = "I'd like to use SmartEye to notice when our drivers fall asleep"
CALLS = "I'd like to use Hume to read the moods of our colleagues in calls"


def test_forbidden_or_left_out(look: LookAt, stage: Stage) -> None:
    set_up(stage, APART)
    asked(stage, MIRA, CALLS, MOODS | {"purpose": "Read how our colleagues feel in calls"})
    asked(stage, PRIYA, DRIVERS, MOODS | {"purpose": "Warn drivers of ours who fall asleep"})
    screen = look(MIRA)
    mira_reads_it(screen)
    legal_confirms(screen)
    legal_leaves_it_out(screen)
    the_risk_owner_agrees(screen)


def mira_reads_it(screen: Screen) -> None:
    screen.opens_thread("Hume")
    screen.sees(screen.thread, "Legal")
    looks_at(screen, "blocked-1-told")
    closes_thread(screen)
    screen.goes_home()
    looks_at(screen, "blocked-2-home")


def legal_confirms(screen: Screen) -> None:
    screen.becomes(AMARA)
    screen.goes_to(CARDS)
    card = screen.card("moods")
    looks_at(screen, "blocked-3-card", card)
    opens(screen, card, "It is forbidden")
    looks_at(screen, "blocked-4-confirm")
    hands_in(screen, "Confirm", reason="It reads moods at work, and no safety needs it.")
    screen.sees(card, "Declined as a forbidden practice")
    looks_at(screen, "blocked-5-declined", card)
    screen.becomes(MIRA)
    screen.goes_to_steward()
    screen.opens_thread("Hume")
    screen.sees(screen.thread, "confirmed that the law forbids it")
    looks_at(screen, "blocked-6-told-so")
    closes_thread(screen)


def legal_leaves_it_out(screen: Screen) -> None:
    screen.becomes(AMARA)
    screen.goes_to(CARDS)
    card = screen.card("fall asleep")
    opens(screen, card, "The ban leaves this out")
    screen.picks(screen.modal, "Read emotions at work")
    field(screen, "reason").fill("It only warns drivers who fall asleep: a reason of safety.")
    looks_at(screen, "blocked-7-exception")
    screen.presses(screen.modal, "Propose")
    expect(screen.modal).to_be_hidden()
    screen.sees(card, re.compile("second person has to agree", re.I))
    looks_at(screen, "blocked-8-proposed", card)


def the_risk_owner_agrees(screen: Screen) -> None:
    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    card = screen.card("fall asleep")
    opens(screen, card, "Agree")
    looks_at(screen, "blocked-9-agree")
    screen.presses(screen.modal, "Agree")
    expect(screen.modal).to_be_hidden()
    screen.sees(card, "say that the ban leaves this out")
    looks_at(screen, "blocked-10-card-excepted", card)
    screen.becomes(PRIYA)
    screen.goes_to_steward()
    screen.opens_thread("drivers")
    looks_at(screen, "blocked-11-told-excepted")
