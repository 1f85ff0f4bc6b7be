"""An answer changed in somebody's own words, as people do it: said, asked, and settled by one press."""

from __future__ import annotations

import pytest

from bot.slack.ids import Action
from tests.slack_world import ANA, Thread, World
from tests.slack_world.people import HARMLESS


def summed_up(world: World) -> Thread:
    thread = world.person(ANA).asks("I'd like to use Claude to translate menus")
    thread.presses(Action.START)
    thread.answers(HARMLESS | {"data": "personal", "account": "personal_free"})
    return thread


def test_the_example_of_the_summary_works_to_the_end(world: World) -> None:
    thread = summed_up(world)
    assert "write it, like “the data is internal”" in thread.last
    thread.types("the data is internal, about no one")
    assert "Change Data to Internal, but about no one?" in thread.last.replace("*", "")
    assert "stays so until you say yes" in thread.last
    assert thread.case.answers["data"].picked == ("personal",)
    thread.presses(Action.USE_PROPOSAL)
    assert thread.case.answers["data"].picked == ("internal",)
    assert thread.question is None
    assert thread.offers(Action.SUBMIT)
    assert thread.case.submitted_at is None


@pytest.mark.parametrize("no", ["press", "no"])
def test_a_plan_named_in_passing_is_offered_and_left_by_a_no(world: World, no: str) -> None:
    thread = summed_up(world)
    if "account" not in thread.case.answers:
        pytest.fail("the account is not asked any more; take another question")
    thread.types("sorry, we have a paid team plan")
    assert "Change Access to Paid team plan?" in thread.last.replace("*", "")
    assert "It says Private or free account now" in thread.last.replace("*", "")
    if no == "press":
        thread.presses(Action.KEEP)
    else:
        thread.types("no")
    assert thread.case.answers["account"].picked == ("personal_free",)
    assert "answer.kept" in world.trail()
    thread.types("sorry, we have a paid team plan")
    thread.types("yes")
    assert thread.case.answers["account"].picked == ("team",)
    assert thread.case.submitted_at is None, "that yes was said to the change"
    thread.types("looks good, send it")
    assert thread.case.submitted_at is not None


def test_midway_the_open_question_comes_back_after_it(world: World) -> None:
    thread = world.person(ANA).asks("I'd like to use Claude to translate menus")
    thread.presses(Action.START)
    known = {"purpose": "To translate", "output_use": "1", "people": "only_team", "data": "personal"}
    while thread.question in (*known, "kind", "tool"):
        thread.types(known.get(thread.question or "", "not sure"))
    asked = thread.question
    thread.types("actually the data is only internal stuff, nothing personal")
    assert "Change Data to Internal, but about no one?" in thread.last.replace("*", "")
    thread.presses(Action.USE_PROPOSAL)
    assert thread.case.answers["data"].picked == ("internal",)
    assert thread.question == asked
    thread.types("sorry, that was all different")
    assert "kept your words beside your request" in thread.last
    assert "Edit" in thread.last
    assert world.trail()[-1] == "words.not_understood"


def test_the_whole_question_can_be_shown_instead(world: World) -> None:
    thread = summed_up(world)
    thread.types("sorry, the data is internal")
    thread.presses(Action.EDIT, having="Something else")
    talk = thread.case.talk
    assert talk is not None
    assert talk.current is not None
    assert (talk.current.question, talk.current.change) == ("data", False)
    assert "What goes in?" in thread.last
    thread.types("public")
    assert thread.case.answers["data"].picked == ("public",)
