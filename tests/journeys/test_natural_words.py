"""What people write in their own words: answered by what it means, and where that is not sure, in one press."""

from __future__ import annotations

import pytest

from bot.demo.player import elements
from bot.slack.ids import Action
from tests.journeys.test_onward import all_done
from tests.journeys.test_whole_life import ROLES
from tests.slack_world import ANA, BEN, Shown, Thread, World, words


def approved(world: World, words: str) -> str:
    """A use of these first words, approved and ready to be used; its reference."""
    thread = world.person(ANA).asks(words)
    thread.presses(Action.START)
    thread.answers()
    thread.presses(Action.SUBMIT)
    world.person(BEN).decides(Action.APPROVE, reason="Fine")
    all_done(world, thread)
    return thread.case.ref or "-"


@pytest.mark.parametrize("settings", [ROLES], ids=["each their own"])
def test_a_yes_is_only_said_for_what_was_asked(world: World) -> None:
    deepl = approved(world, "I'd like to use DeepL to translate leaflets")
    copilot = approved(world, "I'd like to use GitHub Copilot to write unit tests")
    for answer in (world.person(ANA).steward, lambda text: "\n".join(world.person(ANA).asks(text).texts())):
        yes = answer("what may I use for translations?")
        assert "Yes, for this" in yes
        assert deepl in yes
        assert copilot not in yes
        nearest = answer("what may I use for translations of contracts?")
        assert "Yes" not in nearest
        assert "come nearest" in nearest
        assert copilot not in nearest
        other = answer("which AI tool is allowed for holiday photos?")
        assert "Yes" not in other
        assert "These uses are approved here" in other
        assert other.index(copilot) < other.index(deepl), "the newest first"
        assert "Ask about an AI tool" in other


def test_words_at_the_offer_lead_on_and_are_kept(world: World) -> None:
    thread = world.person(ANA).asks("I'd like to use ChatGPT to draft our newsletter for customers")
    thread.types("not quite, I rework it but the newsletter goes to customers")
    assert "could not tell what they change" in thread.last
    assert "the purpose is …" in thread.last
    assert thread.case.answers == {}
    assert world.trail()[-1] == "words.kept"
    message = thread.shown()[-1]
    assert {label for label in words(message).split("\n") if label} & {"Yes, start"}
    thread.presses(Action.START_BLANK)
    assert thread.question == "kind"
    assert thread.case.answers == {}


@pytest.mark.parametrize("agreed", ["ok", "Yes, start", "looks good"])
def test_yes_to_the_offer_in_other_words(world: World, agreed: str) -> None:
    thread = world.person(ANA).asks()
    thread.types(agreed)
    assert thread.case.answers["tool"].text == "otter"
    assert thread.question is not None


def test_ok_is_yes_to_what_was_read_and_no_answer_by_itself(world: World) -> None:
    thread = world.person(ANA).asks("I'd like to use ChatGPT to answer questions of customers")
    thread.presses(Action.START_BLANK)
    while thread.question != "people":
        thread.types({"kind": "use_new", "tool": "ChatGPT"}.get(thread.question or "", "not sure"))
    thread.types("ok")
    assert thread.case.answers["people"].picked == ("customers",)
    asked = thread.question
    assert asked is not None
    thread.types("ok")
    assert asked not in thread.case.answers, "nothing was read for this one, so it answers nothing"


def test_the_summary_is_sent_by_plain_words_and_by_one_press_after_others(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.fills()
    thread.answers()
    for said in ("ok", "fine", "go ahead", "send"):
        thread.types(said)
        assert "Shall I hand it in" in thread.last
        assert "Submit" in thread.last
        assert thread.case.submitted_at is None
    for said in ("no", "not sure"):
        thread.types(said)
        assert "press Edit" in thread.last.replace("*", "")
        assert "Write it, like “the purpose is …”" in thread.last
    thread.types("it is what it is")
    assert "change no answer" in thread.last
    assert thread.case.submitted_at is None
    thread.types("looks good, send it")
    assert thread.case.submitted_at is not None


def test_what_the_offer_and_the_summary_say_can_be_written_is_understood(world: World) -> None:
    thread = world.person(ANA).asks("I'd like to use DeepL to translate menus")
    assert "If not, write what is" in thread.last
    thread.types("the purpose is translating letters")
    assert "Purpose: *translating letters*" in thread.last
    thread.fills()
    thread.answers()
    assert "write it, like “the data is internal”" in thread.last
    thread.types("the data is internal")
    assert thread.question == "data"
    thread.types("yes")
    assert thread.case.answers["data"].picked == ("internal",)


def test_one_candidate_is_asked_about_by_its_name(world: World) -> None:
    thread = world.person(ANA).asks("sort CVs with Claude")
    assert "Did you mean Claude?" in thread.last.replace("*", "")
    assert "more than one tool" not in thread.last
    thread.types("yes")
    assert thread.case.tool_name == "Claude"
    other = world.person(ANA).asks("sort CVs with Claude")
    other.types("no")
    assert other.case.tool_id is None
    assert "Did you mean" not in other.last


def at_data(world: World) -> Thread:
    thread = world.person(ANA).asks("I'd like to use ChatGPT")
    thread.presses(Action.START)
    while thread.question != "data":
        thread.types(
            {"area": "none", "red_flag": "none", "purpose": "To write"}.get(thread.question or "", "not sure")
        )
    thread.types("just what customers say, their names and voices")
    return thread


@pytest.mark.parametrize("yes", ["press", "yes", "ok"])
def test_what_is_understood_in_part_counts_after_one_press(world: World, yes: str) -> None:
    thread = at_data(world)
    assert "I understood: Personal data" in thread.last.replace("*", "")
    assert "could not place “just what customers say”" in thread.last
    assert "data" not in thread.case.answers
    if yes == "press":
        thread.presses(Action.USE_PROPOSAL, having="Yes")
    else:
        thread.types(yes)
    assert thread.case.answers["data"].picked == ("personal",)


def test_a_no_to_what_was_understood_shows_the_list(world: World) -> None:
    thread = at_data(world)
    thread.presses(Action.RESUME)
    assert "What goes in?" in thread.last
    assert "data" not in thread.case.answers


def test_asking_again_for_what_waits_is_not_offered_and_else_it_begins_with_the_tool(world: World) -> None:
    person = world.person(ANA)
    person.steward("can I use otter")
    assert person.hands.command("/steward", "can I use otter", "general")
    world.settle()
    shown = newest(world)
    message, ask = next((m, e) for m, e in shown if str(e.get("action_id", "")).startswith("ask_for_it"))
    person.hands.clicks("general", message["ts"], ask["action_id"])
    view = person.hands.view()
    assert view is not None
    assert "can I use otter" in str(view["blocks"])
    person.asks().submitted()
    waits = person.steward("can I use otter")
    assert "Otter.ai is being decided:\n• Write down" in waits.replace("*", "")
    assert "Ask for it" not in waits


def newest(world: World) -> list[tuple[Shown, Shown]]:
    seen = [m for m in world.person(ANA).hands.sees("general") if m.get("ephemeral")]
    return [(seen[-1], element) for element in elements(seen[-1])]


def test_back_on_the_first_question_says_so(world: World) -> None:
    thread = world.person(ANA).asks()
    thread.presses(Action.START_BLANK)
    thread.types("back")
    assert "This is the first question." in thread.last
    assert "Done" not in thread.last
