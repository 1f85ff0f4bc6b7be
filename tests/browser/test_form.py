"""The form instead of the questions: filled in already, and whatever way was taken, the same answers stand."""

import pytest
from playwright.sync_api import expect

from bot.demo.stage import Stage
from intake.answers import Answer
from store import queries
from store.records import load
from tests.browser.conftest import LookAt
from tests.browser.screen import JONAS, MIRA, USUAL, Screen, store_of
from triage.register import OVERSIGHT, Reader

pytestmark = pytest.mark.browser

WORDS = "I'd like to use Otter.ai to transcribe customer calls"


def test_form_and_questions_write_the_same_answers(look: LookAt, stage: Stage) -> None:
    talking = look(MIRA)
    talking.presses(talking.asks_steward(WORDS), "Yes, start")
    talking.answers(USUAL)
    talking.presses(talking.summary, "Submit")
    talking.sees(talking.thread, "Recorded as")

    filling = look(JONAS)
    filling.presses(filling.asks_steward(WORDS), "Use a form instead")
    fill_some(filling)
    # The form took what it was given; only the rest is asked, one question at a time.
    filling.sees(filling.question("Would it do any of these, even in part?"), "questions left")
    expect(filling.thread).not_to_contain_text("What happens to what it produces?")
    filling.answers(USUAL)
    filling.sees(
        filling.summary, "Use of the result: I rework it before anything happens", "Access: Company contract"
    )
    filling.presses(filling.summary, "Submit")
    filling.sees(filling.thread, "Recorded as")

    assert answers(stage, "AIU-2026-0002") == answers(stage, "AIU-2026-0001")


def fill_some(screen: Screen) -> None:
    """See what was read in the first words, add a menu, ticks, and a long list; leave the rest."""
    modal = screen.modal
    expect(modal).to_have_attribute("role", "dialog")
    screen.sees(modal, "What I read in your words is filled in already")
    screen.sees(modal.get_by_test_id("field-kind"), "Use a new tool or feature")
    expect(modal.get_by_label("Which tool, model or feature is it?")).to_have_value("Otter.ai")
    expect(modal.get_by_label("In one or two sentences, what should it do")).to_have_value(
        "transcribe customer calls"
    )
    screen.sees(modal.get_by_test_id("field-people"), "Customers")
    expect(modal.get_by_label("Personal data, such as names")).to_be_checked()
    screen.picture("8-form")
    modal.get_by_label("I rework it before anything happens").check()
    screen.picks(modal.get_by_test_id("field-area"), "None of these")
    screen.picks(modal.get_by_test_id("field-account"), "Company contract")
    screen.presses(modal, "Take these answers")
    expect(modal).to_have_count(0)


def answers(stage: Stage, ref: str) -> dict[str, Answer]:
    """What is on record for a use, without who it belongs to."""
    with store_of(stage).read() as session:
        entry = queries.entry(session, Reader(person="", roles=frozenset(OVERSIGHT)), ref)
        assert entry is not None
        case = load(session, entry.id)
    assert case is not None
    return {question: answer for question, answer in case.answers.items() if question != "owner"}
