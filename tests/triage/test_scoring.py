"""Canada's questionnaire, unchanged: the published tool's own figures for a hundred sets of answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.forms import FORMS, load_wording
from intake.source import Damaged
from triage.schemes import POLICIES, load_scheme, scored
from triage.scoring import Score, belonging, points_of, score_completed, score_in_progress

FORM, SCHEME = scored("canada-aia")
VECTORS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "canada_aia_vectors.jsonl").read_text().splitlines()
]


def figures(score: Score) -> list[float]:
    return [score.raw_impact_score, score.mitigation_score, score.current_score, score.impact_level]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_the_figures_are_those_of_the_published_tool(vector: dict[str, Any]) -> None:
    completed = score_completed(FORM, SCHEME, vector["answers"])
    assert figures(completed) == vector["completed"]
    assert sorted(completed.dropped) == sorted(vector["dropped"])
    assert figures(score_in_progress(FORM, SCHEME, vector["answers"])) == vector["in_progress"]


def test_the_whole_questionnaire_is_there_in_both_languages() -> None:
    assert len(tuple(FORM.questions())) == 295
    assert (len(SCHEME.risk), len(SCHEME.mitigation)) == (70, 90)
    assert SCHEME.highest(FORM) == (167, 154)
    french = load_wording(FORMS, "canada_aia", FORM, "fr")
    assert all(french.ask(question.id) for question in FORM.questions())
    assert french.label("projectDetailsPhase", "item1") != load_wording(FORMS, "canada_aia", FORM).label(
        "projectDetailsPhase", "item1"
    )


@pytest.mark.parametrize(
    ("raw", "reduced"), [(10, 9), (50, 43), (90, 77), (130, 111), (0, 0), (1, 1), (7, 6)]
)
def test_halves_are_rounded_up(raw: int, reduced: int) -> None:
    """Enough mitigation, and `raw` points of impact: as numbers, which count as themselves."""
    mitigation = next(iter(SCHEME.mitigation))
    risk = next(iter(SCHEME.risk))
    score = score_in_progress(FORM, SCHEME, {risk: raw, mitigation: 62})
    assert score.current_score == reduced
    assert score_in_progress(FORM, SCHEME, {risk: raw, mitigation: 61}).current_score == raw


@pytest.mark.parametrize(
    ("points", "level"), [(0, 1), (41, 1), (42, 2), (83, 2), (84, 3), (125, 3), (126, 4), (167, 4)]
)
def test_the_bounds_of_a_level_belong_to_it(points: int, level: int) -> None:
    score = score_in_progress(FORM, SCHEME, {next(iter(SCHEME.risk)): points})
    assert score.impact_level == level
    assert score.impact_level_roman == ("I", "II", "III", "IV")[level - 1]


@pytest.mark.parametrize(
    ("answer", "points"),
    [("item3-4", 4), ("item2-0", 0), ("a-b-3", 3), ("item", 0), ("item-", 0), ("item-x", 0), (["a-1", "a-1"], 2),
     (3, 3), (2.5, 2.5), (True, 0), (None, 0), ({}, 0), (float("nan"), 0), (float("inf"), 0), ([["a-2"]], 2)],
)  # fmt: skip
def test_points_stand_behind_the_last_hyphen(answer: object, points: float) -> None:
    assert points_of(answer) == points


anything = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=6)
    | st.sampled_from(["item1-1", "item2"]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=3), inside, max_size=2),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from([*FORM.by_id, "no_such_question"]), anything, max_size=12))
def test_whatever_is_sent_has_a_score_and_completing_twice_changes_nothing(answers: dict[str, Any]) -> None:
    completed = score_completed(FORM, SCHEME, answers)
    assert 1 <= completed.impact_level <= 4
    assert 1 <= score_in_progress(FORM, SCHEME, answers).impact_level <= 4
    again = score_completed(FORM, SCHEME, belonging(FORM, answers))
    assert figures(again) == figures(completed)
    assert again.dropped == ()


def test_everything_wrong_with_a_scheme_is_said_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "canada-aia"
    folder.mkdir()
    for name in ("scoring.yaml", "points.yaml"):
        told = (POLICIES / "canada-aia" / name).read_text()
        wrong = told.replace("item1-0: 0", "item1-7: 0", 1).replace("phases: 2", "phases: two")
        (folder / name).write_text(wrong)
    with pytest.raises(Damaged) as damaged:
        load_scheme(tmp_path, "canada-aia")
    told = str(damaged.value)
    assert "scoring.yaml" in told
    assert "`item1-7` is not a choice of" in told
    assert "`item1-0` has no points" in told
