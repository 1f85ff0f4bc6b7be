"""How many presses a simple request takes: what was said in the first sentence is not asked again."""

from __future__ import annotations

import re

import pytest

from bot.demo.player import elements
from bot.slack.ids import Action
from tests.slack_world import ANA, HARMLESS, Thread, World
from triage.case import Status

KNOWN = HARMLESS | {"output_use": "shared_after_check", "gen_public": "no"}


def presses_through(thread: Thread) -> int:
    """Answers by pressing alone, with as few presses as there can be; returns how many it took."""
    thread.presses(Action.START)
    count = 1
    while (question := thread.question) is not None:
        count += answered_by_presses(thread, KNOWN[question])
    thread.presses(Action.SUBMIT)
    return count + 1


def answered_by_presses(thread: Thread, choice: str) -> int:
    offered = {str(e.get("action_id", "")).partition(".")[0] for e in elements(thread.shown()[-1])}
    if Action.NONE_OF_ALL.value in offered:
        thread.presses(Action.NONE_OF_ALL)
        return 1
    if Action.NONE_OF_THESE.value in offered and choice in ("none", "only_team", "no"):
        thread.presses(Action.NONE_OF_THESE)
        return 1
    thread.presses(Action.CHOOSE, having=f"|{choice}")
    return 1


@pytest.mark.parametrize(
    ("words", "presses"),
    [
        ("We need DeepL to translate our internal guidelines", 6),
        ("I'd like to use Claude to draft internal memos, only for our team", 4),
        ("We want to use Claude with our company licence to draft internal memos, only for our team", 3),
    ],
)
def test_a_simple_request_takes_few_presses(world: World, words: str, presses: int) -> None:
    thread = world.person(ANA).asks(words)
    assert presses_through(thread) == presses
    assert thread.case.status is Status.in_review
    answers = thread.case.answers
    assert all(answers[protecting].picked == ("none",) for protecting in ("area", "red_flag"))


def test_what_is_said_to_be_left_is_kept(world: World) -> None:
    """Never more than was said before the start, and the most that may come only falls."""
    thread = world.person(ANA).asks("I would like to use Otter.ai to transcribe our own team meetings")
    told = re.search(r"(\d+) to (\d+) quick questions", thread.last)
    assert told is not None
    least, most = int(told[1]), int(told[2])
    thread.presses(Action.START)
    asked = 0
    while (question := thread.question) is not None:
        now = max(map(int, re.findall(r"\b\d+\b", thread.last.splitlines()[0])), default=1)
        assert now <= most - asked
        thread.types(KNOWN[question])
        asked += 1
    assert least <= asked <= most
