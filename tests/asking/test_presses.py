"""How few presses and replies a request takes, Submit included, for the people of an organisation with a profile."""

from __future__ import annotations

from statistics import median

import pytest

from tests.asking.playing import Told, common, of_cases, play
from tests.triage.reading import DAY, d5_cases
from triage.interview import verdict_of

EXPECTED = {case.name: case.expect for case in d5_cases()}
OTHERS_SIGN = "the same, rebuttal signed by two"
"""A claim and its signatures come after the interview."""


def test_half_of_the_tested_cases_take_at_most_ten() -> None:
    """Also where somebody never types."""
    played = [play(told) for told in of_cases()]
    assert median(done.presses for done in played) <= 10
    assert median(done.pressed_only for done in played) <= 10


@pytest.mark.parametrize("told", common(), ids=lambda told: told.words)
def test_a_common_use_of_a_settled_tool_takes_at_most_six(told: Told) -> None:
    assert max(play(told)[1:3]) <= 6


def test_enough_common_uses_are_tried() -> None:
    assert len(common()) >= 10


@pytest.mark.parametrize("told", of_cases(), ids=lambda told: told.name)
def test_few_presses_come_to_the_result_of_all_answers(told: Told) -> None:
    if told.name == OTHERS_SIGN:
        return
    done = play(told)
    results = verdict_of(done.case).results
    found = {name: (results[name].floor, results[name].ceiling) for name in EXPECTED[told.name]}
    assert found == EXPECTED[told.name], DAY
    assert len(done.asked) == len(set(done.asked))
