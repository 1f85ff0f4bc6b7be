"""A reviewer's question and the decision are seen though their thread is old; nothing else is said aloud."""

from __future__ import annotations

from bot.sandbox.reading import words
from bot.slack.ids import Action
from tests.slack_world import ANA, BEN, World


def aloud(world: World) -> list[str]:
    """What stands in Ana's direct message itself, outside of threads."""
    seen = world.server.person(ANA).sees("dm")
    return [words(m) for m in seen if m.get("broadcast")]


def test_in_an_old_thread_the_question_and_the_decision_are_said_aloud(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    world.passes(days=2)
    ben = world.person(BEN)
    ben.decides(Action.ASK, question="Who listens to the recordings?")
    assert len(aloud(world)) == 1
    assert "Who listens to the recordings?" in aloud(world)[0]
    thread.types("Only my team.")
    assert thread.case.inquiry is None
    assert len(aloud(world)) == 1
    assert "You have answered it" in aloud(world)[0]
    ben.decides(Action.APPROVE, reason="Fits.")
    assert len(aloud(world)) == 2
    assert aloud(world)[1].startswith("*Yes*")
    assert aloud(world)[1] in thread.texts()


def test_in_a_fresh_thread_nothing_is_said_twice(world: World) -> None:
    world.person(ANA).asks().submitted()
    world.person(BEN).decides(Action.ASK, question="Who listens?")
    assert aloud(world) == []


def test_an_answer_written_below_what_was_said_aloud_counts(world: World) -> None:
    thread = world.person(ANA).asks().submitted()
    world.passes(days=2)
    world.person(BEN).decides(Action.ASK, question="Who listens?")
    thread.types("Only my team.", also_in_channel=True)
    assert thread.case.inquiries[0].answer == "Only my team."
    assert world.trail()[-1] == "inquiry.answered"
