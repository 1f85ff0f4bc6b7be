"""What can be pressed loses its buttons once that is over; nothing is said twice, and no promise that is not kept."""

from __future__ import annotations

from bot.demo.player import elements
from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, HARMLESS, Shown, Thread, World, words


def started(world: World) -> Thread:
    thread = world.person(ANA).asks()
    thread.presses(Action.START)
    return thread


def saying(thread: Thread, part: str) -> Shown:
    return next(m for m in thread.shown() if part in words(m))


def test_a_pause_that_is_over_has_nothing_to_press(world: World) -> None:
    thread = started(world)
    thread.types("pause")
    paused, button = thread.find(Action.RESUME)
    assert "remind" not in words(paused)
    assert "among your drafts in Home" in words(paused)
    assert "Not sent yet" in thread.person.home()
    thread.types(HARMLESS[thread.question or ""])
    over = saying(thread, "You paused here; it went on below")
    assert over["ts"] == paused["ts"]
    assert list(elements(over)) == []
    asked = thread.question
    thread.presses_as_it_was(paused, button)
    assert thread.question == asked


def test_of_two_pauses_only_the_last_can_be_continued(world: World) -> None:
    thread = started(world)
    thread.types("pause")
    thread.presses(Action.RESUME)
    thread.types("pause")
    pressable = [m for m in thread.shown() if any(e.get("action_id") == "resume" for e in elements(m))]
    assert len(pressable) == 1


def test_what_may_have_been_meant_is_over_with_its_question(world: World) -> None:
    thread = started(world)
    while thread.question != "people":
        thread.types(HARMLESS[thread.question or ""])
    thread.types("customers, blubb")
    part = saying(thread, "I could not place")
    thread.types("only_team")
    over = next(m for m in thread.shown() if m["ts"] == part["ts"])
    assert words(over) == "I asked here what you meant; that is settled."


def test_a_reviewers_question_that_was_answered_asks_no_more(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    world.person(BEN).decides(Action.ASK, question="Who can listen?")
    asked, button = thread.find(Action.ANSWER)
    thread.types("Only my team")
    over = saying(thread, "You have answered it")
    assert over["ts"] == asked["ts"]
    assert list(elements(over)) == []
    thread.presses_as_it_was(asked, button)
    assert "needs no answer any more" in thread.person.told()

    world.person(BEN).decides(Action.ASK, question="And for how long?")
    world.person(BEN).decides(Action.DECLINE, reason="Too late")
    assert "And for how long?" in words(saying(thread, "It needs no answer any more"))


def test_a_request_that_is_handed_over_is_confirmed_once(world: World) -> None:
    thread = started(world)
    thread.chooses(Action.MORE, Action.HAND_OVER.value)
    told = [text for text in thread.texts() if "decide by" in text]
    assert len(told) == 1
    assert "Handed in as it is" in told[0]
    assert "You will hear from me either way" in told[0]
    assert "left to governance" in "\n".join(thread.texts())
    assert "asked again" not in "\n".join(thread.texts())


def test_what_the_form_changes_is_said_in_the_thread(world: World) -> None:
    thread = started(world)
    thread.presses(Action.USE_FORM)
    hands = thread.person.hands
    hands.fills(data=["internal", "confidential"], account="enterprise")
    assert hands.submits() is None
    world.settle()
    told = words(saying(thread, "From the form:"))
    assert "Data: *Internal, but about no one; Confidential information or source code*" in told
    assert "Access: *Company contract*" in told
    assert "Tool" not in told, "what was left as it stood was said before"
    assert thread.question is not None

    thread.presses(Action.USE_FORM)
    assert hands.submits() is None
    world.settle()
    assert sum("From the form:" in text for text in thread.texts()) == 1, "nothing was changed"
