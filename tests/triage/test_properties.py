"""Two properties of judgement over answer sets drawn from the whole form."""

import os

import pytest

from tests.triage.promises import broken_by_asking, broken_by_withholding, drawn, shares

HALF = int(os.environ.get("STEWARD_SETS", "4000")) // 2
"""`make soak` draws more; in halves, so that two processes share them."""
halves = pytest.mark.parametrize("half", [0, 10], ids=["first", "second"])


@halves
@pytest.mark.slow
def test_withholding_never_raises_a_floor_nor_lowers_a_ceiling(half: int) -> None:
    sets = drawn(HALF, seed=half + 1)
    reached(sets)
    assert next(broken_by_withholding(sets, seed=half + 2), None) is None


@halves
@pytest.mark.slow
def test_asking_adaptively_gives_the_same_as_asking_everything(half: int) -> None:
    sets = drawn(HALF, seed=half + 3)
    reached(sets)
    assert next(broken_by_asking(sets, seed=half + 4), None) is None


def reached(sets) -> None:
    """Each class and each tier makes up at least a twentieth of the sets, floor and ceiling meeting."""
    found = shares(sets)
    for name, levels in (
        ("eu", ("out_of_scope", "minimal", "limited", "high", "prohibited")),
        ("tier", (1, 2, 3, 4)),
    ):
        for level in levels:
            assert found[name].get(level, 0) >= 0.05, (name, level, found[name])


def test_the_sets_hold_what_they_should() -> None:
    sets = drawn(2_000, seed=5)
    states = {answer.state for each in sets for answer in each.answers.values()}
    assert {"answered", "unsure"} <= states
    assert any(
        answer.state == "unsure" and answer.picked for each in sets for answer in each.answers.values()
    )
    assert sum(len(each.answers) < 26 for each in sets) > 200, "some answers are missing"
    assert sum(each.answers.get("places") is not None and "regions" in each.settings for each in sets) > 200
