"""The whole path, as people see it: from one sentence to an approved entry that anybody can look up."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LookAt
from tests.browser.screen import AMARA, CARDS, GENERAL, JONAS, LEILA, MIRA, Screen

pytestmark = pytest.mark.browser

WORDS = "I'd like to use Otter.ai to transcribe customer calls"
REF = r"AIU-\d{4}-0001"


def test_from_a_sentence_to_an_approved_use(look: LookAt) -> None:
    screen = look(MIRA)
    the_first_reply(screen)
    the_questions(screen)
    the_last_screen(screen)
    the_reviewer_asks(screen)
    the_requester_answers(screen)
    the_reviewer_decides(screen)
    the_requester_reads_it(screen)
    anybody_looks_it_up(screen)


def the_first_reply(screen: Screen) -> None:
    first = screen.asks_steward(WORDS)
    screen.sees(first, "Otter.ai", "no use of it is approved here yet")
    screen.sees(first, "It counts once you say yes", "Personal data, such as names, voices")
    screen.sees(first, "quick questions", "then people decide")
    screen.sees(first, "Your words are kept in the AI register, for you, those who decide and auditors")
    screen.picture("1-welcome")
    screen.presses(first, "Yes, start")
    expect(first.get_by_role("button", name="Yes, start")).to_have_count(0)


def the_questions(screen: Screen) -> None:
    results = screen.question("What happens to what it produces?")
    screen.sees(results, re.compile(r"\d+ questions left"))
    screen.presses(results, "Why do we ask?")
    screen.sees(screen.thread, "so this weighs most")
    screen.presses(results, "Several of these")
    results.get_by_role("checkbox", name="I rework it before anything happens").check()
    results.get_by_role("checkbox", name="Others get it after a person has checked it").check()
    screen.presses(results, "Done")
    screen.sees(
        screen.thread,
        re.compile("Use of the result: I rework it before anything happens.+Others get it after a person"),
    )

    areas = screen.question("Does it touch one of these areas?")
    screen.sees(areas, "Would it do any of these, even in part?", "Read emotions at work or in education")
    for protected in ("Hiring, managing or assessing staff", "Asylum, visas or borders", "Part of a product"):
        screen.sees(areas, protected)
    screen.picture("2-areas")
    screen.presses(areas, "Something does")
    areas = screen.question("Does it touch one of these areas?")
    screen.presses(areas, "Several of these")
    screen.picks(areas, "Hiring, managing or assessing staff")
    screen.presses(areas, "Done")
    screen.sees(screen.thread, "Area: Hiring, managing or assessing staff")

    screen.presses(screen.question("Would it do any of these, even in part?"), "No, none of all this")
    screen.sees(screen.thread, "Red flags: None of these", "Seen by people outside: No")

    # By number, after going back to what was said before.
    screen.presses(screen.question("What exactly does it do there?"), "Back")
    screen.presses(screen.question("Would it do any of these, even in part?"), "No, none of all this")
    screen.question("What exactly does it do there?")
    screen.replies("only office work")
    screen.sees(screen.thread, "Its task there: Only office work around it")

    screen.question("Does it watch people, or combine data about them?")
    screen.replies("1, 3")
    screen.sees(
        screen.thread,
        re.compile("Watching or joining data: It watches staff.+It joins data collected for different ends"),
    )

    screen.question("Does it assess or predict things about a particular person?")
    screen.replies("2")
    screen.sees(screen.thread, "Assesses single people: No")

    screen.presses(screen.question("May the supplier learn from what we put in?"), "Not sure")
    access = screen.question("How would you reach it?")
    screen.sees(access, "Last question")
    screen.presses(access, "2. Paid team plan")
    screen.sees(screen.thread, "Access: Paid team plan")


def the_last_screen(screen: Screen) -> None:
    summary = screen.summary
    screen.sees(
        summary,
        "At least medium risk; one answer decides whether it is medium or high",
        re.compile("decides? by"),
    )
    screen.sees(summary, "until then please wait with it", "You will hear from me either way")
    screen.sees(summary, "May the supplier of the tool learn from what we put in?")
    screen.sees(summary, "Owner: @Mira Kovac", "Stage: An idea", "Supplier learns from it: not sure")
    screen.picture("3-summary")

    summary.get_by_role("button", name="Why this result?").click()
    screen.sees(screen.modal, "Regulation (EU) 2024/1689", "EU AI Act")
    screen.page.keyboard.press("Escape")
    expect(screen.modal).to_have_count(0)

    summary.get_by_role("button", name="Edit: Access").click()
    screen.presses(screen.question("How would you reach it?"), "1. Company contract")
    screen.sees(summary, "Access: Company contract")
    expect(summary).to_have_count(1)
    screen.presses(summary, "Submit")
    screen.sees(screen.thread, re.compile(f"Recorded as {REF}"))
    expect(screen.thread.get_by_role("button", name="Submit")).to_have_count(0)
    screen.sees(screen.thread, "being decided")


def the_reviewer_asks(screen: Screen) -> None:
    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    card = screen.card("Otter.ai")
    screen.sees(card, re.compile(REF), "@Mira Kovac asks for this", "At least medium risk")
    screen.sees(card, "Open, so it cannot be approved yet", "The vendor manager was asked today")
    screen.picture("4-card")

    expect(card.get_by_role("button", name="Approve")).to_have_count(0)

    screen.presses(card, "Ask for information")
    question = screen.modal.get_by_label("What do you need to know?")
    expect(question).to_have_value("May the supplier of the tool learn from what we put in?")
    question.fill("Is there a contract with Otter?")
    screen.presses(screen.modal, "Ask for information")
    expect(screen.modal).to_have_count(0)
    screen.sees(
        card, re.compile("Waiting for @Mira Kovac, asked by @Leila Haddad: ?.*Is there a contract with Otter")
    )


def the_requester_answers(screen: Screen) -> None:
    screen.becomes(MIRA)
    screen.goes_to_steward()
    screen.opens_thread(WORDS)
    screen.sees(
        screen.thread, "@Leila Haddad has a question about your request", "Is there a contract with Otter?"
    )
    screen.replies("Yes, it forbids them to learn from our calls.")
    screen.sees(screen.thread, "Thank you. @Leila Haddad has your answer")


def the_reviewer_decides(screen: Screen) -> None:
    screen.becomes(LEILA)
    screen.goes_to(CARDS)
    screen.opens_thread("Otter.ai")
    screen.sees(screen.thread, "@Mira Kovac answers", "Yes, it forbids them to learn from our calls.")
    card = screen.card("Otter.ai")
    screen.presses(card, "Answer what is open")
    screen.picks(screen.modal.get_by_test_id("field-train_on_data"), "No, the contract says so")
    screen.presses(screen.modal, "Answer")
    expect(screen.modal).to_have_count(0)
    screen.sees(
        screen.thread, "Supplier learns from it: No, the contract says so", "Nothing is open any more"
    )
    expect(card).not_to_contain_text("cannot be approved yet")

    screen.presses(card, "Approve with conditions")
    conditions, reason = screen.modal.get_by_label("More conditions"), screen.modal.get_by_label("Reason")
    reason.fill("Fine with these two.")
    complaint = screen.modal.get_by_test_id("error-conditions")
    screen.presses(screen.modal, "Approve with conditions")
    screen.sees(complaint, "Name at least one condition")
    conditions.fill("  - ")
    screen.presses(screen.modal, "Approve with conditions")
    screen.sees(complaint, "Name at least one condition")
    expect(reason).to_have_value("Fine with these two.")
    screen.picture("5-conditions")
    conditions.fill("Tell callers at the start\nDelete audio after 30 days")
    screen.presses(screen.modal, "Approve with conditions")
    expect(screen.modal).to_have_count(0)
    screen.sees(card, "yes from @Leila Haddad")
    privacy_says_yes(screen)
    screen.sees(card, "Approved with conditions by @Amara Okafor (Privacy)", "Delete audio after 30 days")
    expect(card.get_by_role("button", name="Approve")).to_have_count(0)


def privacy_says_yes(screen: Screen) -> None:
    """Staff are watched and data joined, so one yes is not enough."""
    screen.becomes("U0AMARA")
    screen.goes_to(CARDS)
    card = screen.card("Otter.ai")
    screen.sees(card, "Needs a yes from", "Privacy: @Amara Okafor")
    screen.presses(card, "Approve")
    screen.presses(screen.modal, "Approve")
    expect(screen.modal).to_have_count(0)
    screen.becomes(LEILA)
    screen.goes_to(CARDS)


def the_requester_reads_it(screen: Screen) -> None:
    screen.becomes(MIRA)
    screen.goes_to_steward()
    screen.opens_thread(WORDS)
    screen.sees(screen.thread, "Yes, on conditions: you may go ahead", "Fine with these two.")
    screen.sees(screen.thread, "1.Tell callers at the start", "approved with conditions")
    screen.picture("6-decided")


def anybody_looks_it_up(screen: Screen) -> None:
    screen.becomes(JONAS)
    screen.goes_to(GENERAL)
    answer = screen.calls("/steward can I use otter")
    screen.sees(
        answer, "Otter.ai is approved here for exactly this", re.compile(REF), "Tell callers at the start"
    )
    ref = re.search(REF, answer.inner_text())
    assert ref is not None
    screen.sees(screen.calls("/steward list"), f"{ref[0]} Otter.ai: transcribe customer calls", "medium risk")
    entry = screen.calls(f"/steward show {ref[0]}")
    screen.sees(
        entry, "Approved with conditions by @Amara Okafor", "Owner: @Mira Kovac", "Data: Personal data"
    )
    screen.becomes(LEILA)
    expect(screen.main).to_contain_text("Everybody")  # still in #general, where nobody else saw any of this
    expect(screen.only_for_me).to_have_count(0)
    screen.becomes(JONAS)
    screen.goes_home()
    screen.sees(screen.home, "What you may use", "Otter.ai: transcribe customer calls", ref[0])
    screen.picture("7-home")


def test_nobody_approves_their_own_request(look: LookAt) -> None:
    screen = look(LEILA)
    screen.presses(
        screen.asks_steward("I'd like to use Otter.ai to transcribe our own meetings"), "Yes, start"
    )
    screen.question("What happens to what it produces?")
    screen.replies("hand over")
    screen.sees(screen.thread, "recorded as")
    screen.goes_to(CARDS)
    screen.presses(screen.card("Otter.ai"), "Decline")
    screen.sees(
        screen.only_for_me, "You asked for this use, so somebody else has to decide.", "@Amara Okafor"
    )
    expect(screen.modal).to_have_count(0)
    screen.becomes(AMARA)
    expect(screen.card("Otter.ai")).to_be_visible()
    expect(screen.only_for_me).to_have_count(0)
