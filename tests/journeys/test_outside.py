"""Words beside the threads: they reach what they answer, or the person is asked, and nothing is lost."""

from __future__ import annotations

import pytest
from sqlmodel import col, select

from bot.slack.ids import Action
from store.tables import AuditTextRow
from tests.slack_world import ANA, BEN, DAN, EVE, HARMLESS, Somebody, Thread, World
from triage.case import Status


@pytest.fixture
def ana(world: World) -> Somebody:
    return world.person(ANA)


def asking(ana: Somebody, question: str) -> Thread:
    """A conversation in which that question is open."""
    thread = ana.asks()
    thread.chooses(Action.MORE, Action.START_BLANK.value)
    while thread.question != question:
        thread.types(HARMLESS[thread.question or ""])
    return thread


def questioned(world: World, ana: Somebody) -> Thread:
    """A request about which a reviewer asked something."""
    thread = ana.asks().submitted()
    world.person(BEN).decides(Action.ASK, question="Where is the contract?")
    return thread


@pytest.mark.parametrize("words", ["In the contract register, number 7", "It's in the DPA with Otter.ai"])
def test_an_answer_to_a_reviewer(world: World, ana: Somebody, words: str) -> None:
    thread = questioned(world, ana)
    outside = ana.asks(words)
    assert outside.shown() == []
    assert thread.case.status is Status.in_review
    assert thread.case.inquiries[-1].answer == words
    assert any(words in note for note in world.below(world.cards()[0]))


def test_a_new_request_while_a_reviewer_waits(world: World, ana: Somebody) -> None:
    thread = questioned(world, ana)
    other = ana.asks("Can I use DeepL for translations?")
    assert "Nobody may use DeepL for that here so far" in other.last.replace("*", "")
    other.presses(Action.ASK_FOR_IT)
    assert other.case.status is Status.draft
    assert thread.case.status is Status.needs_info


def test_after_the_answer_nothing_waits(world: World, ana: Somebody) -> None:
    thread = questioned(world, ana)
    thread.types("In the contract register")
    assert ana.asks("Something for our newsletter").case.id != thread.case.id


def test_a_tool_named_as_the_answer_to_the_question_for_a_tool(ana: Somebody) -> None:
    thread = asking(ana, "tool")
    outside = ana.asks("DeepL")
    assert outside.shown() == []
    assert thread.case.tool_id == "deepl"
    assert thread.question != "tool"


def test_a_tool_named_in_a_text(ana: Somebody) -> None:
    thread = asking(ana, "purpose")
    ana.asks("Draft minutes with Otter")
    assert thread.case.answers["purpose"].text == "Draft minutes with Otter"


def test_a_wish_is_a_new_request_whatever_is_open(ana: Somebody) -> None:
    thread = asking(ana, "purpose")
    assert "DeepL" in ana.asks("I'd like to use DeepL for translations").last
    assert thread.question == "purpose"


def test_two_open_the_words_are_kept_and_asked_about(world: World, ana: Somebody) -> None:
    waiting, draft = questioned(world, ana), ana.asks("I'd like to use Claude for our newsletter")
    before = (waiting.case, draft.case)
    outside = ana.asks("In the contract register, number 7")
    assert "continue one of these, and write them again there" in outside.last
    assert (waiting.case, draft.case) == before
    assert world.trail()[-1] == "words.kept"
    with world.store.read() as session:
        kept = session.exec(select(AuditTextRow.text).order_by(col(AuditTextRow.seq).desc())).first()
    assert kept == "In the contract register, number 7"
    outside.presses(Action.ANSWER)
    assert "Where is the contract?" in ana.window()


NEW = "Use face recognition at the entrance so visitors need no badge"


def two_open(person: Somebody) -> Thread:
    """Words outside of two drafts, which may be about either or neither."""
    person.asks("I'd like to use Claude for our newsletter")
    person.asks("I'd like to use DeepL for translations")
    return person.asks(NEW)


def test_what_is_new_begins_in_one_press_with_the_words_that_were_kept(ana: Somebody) -> None:
    outside = two_open(ana)
    message, button = outside.find(Action.BEGIN_KEPT)
    assert outside.presses(Action.BEGIN_KEPT)
    begun = outside.case
    assert begun.words == NEW
    assert "Recognising or sorting people by body or face" in outside.last
    assert outside.presses_as_it_was(message, button)
    assert outside.case == begun


def test_nobody_begins_with_the_words_of_somebody_else(world: World, ana: Somebody) -> None:
    _, of_ana = two_open(ana).find(Action.BEGIN_KEPT)
    other = world.person(BEN)
    theirs = two_open(other)
    message, button = theirs.find(Action.BEGIN_KEPT)
    for value in (of_ana["value"], "|0||x", "|0||999999", "|0||" + "9" * 400):
        assert theirs.presses_as_it_was(message, button | {"value": value})
        assert len(theirs.shown()) == 1


def test_a_guest_reads_nothing_of_others_not_even_at_first(world: World, ana: Somebody) -> None:
    """Nobody has looked them up yet; while Slack does not say who they are, they are taken for a guest."""
    thread = ana.asks().submitted()
    assert world.person(BEN).decides(Action.APPROVE, reason="Fits.") is None
    ref = str(thread.case.ref)
    with world.workspace.lock:
        world.workspace.people[EVE].is_restricted = True
    assert ref not in world.person(EVE).steward("list")
    world.server.faults.error("users.info", "internal_error", calls=None)
    assert ref not in world.person(DAN).steward("list")
    del world.server.faults["users.info"]
    assert ref in world.person(DAN).steward("list")
