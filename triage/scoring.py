"""Scores of questionnaires that others published: points of answers, a level from their sum; pure and exact.

Answers come as they were given elsewhere: what is malformed, stale or hidden is told apart, never an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import isfinite

from intake.answers import Answer, State
from intake.condition import View
from intake.form import Form, Kind, Question
from intake.value import Value

Given = Mapping[str, object]
"""Raw answers by question: a text, a list of texts, or whatever else somebody sent."""

POINTS = re.compile(r"-?\d+(?:\.\d+)?")
ROMAN = ("I", "II", "III", "IV")


class Scheme(Value):
    """`risk`, `mitigation`: the points of each choice of each scored question. `levels`: shares in percent."""

    name: str
    version: str
    digest: str
    title: str
    source: str
    risk: Mapping[str, Mapping[str, int]]
    mitigation: Mapping[str, Mapping[str, int]]
    phases: int
    mitigated_from: int
    reduced_by: int
    levels: tuple[int, ...]

    def highest(self, form: Form) -> tuple[int, int]:
        """The largest impact and mitigation scores there can be, over all questions, visible or not."""
        return (_most(self.risk, form), _most(self.mitigation, form))


class Score(Value):
    """`impact_level` counts from 1. `dropped`: the questions whose answers do not belong and were left out."""

    raw_impact_score: int | float
    mitigation_score: int | float
    current_score: int | float
    impact_level: int
    dropped: tuple[str, ...] = ()

    @cached_property
    def impact_level_roman(self) -> str:
        return ROMAN[self.impact_level - 1]


def score_completed(form: Form, scheme: Scheme, given: Given) -> Score:
    """The figure to publish: what belongs to no question that is asked, or is no choice of it, is left out first."""
    kept = belonging(form, given)
    dropped = tuple(
        name for name, value in given.items() if name in form.by_id and _lost(value, kept.get(name))
    )
    return score_in_progress(form, scheme, kept).model_copy(update={"dropped": dropped})


def score_in_progress(form: Form, scheme: Scheme, given: Given) -> Score:
    """The running figure: every answer present counts, hidden ones and those that are no choice too."""
    impact = sum(points_of(given.get(name)) for name in scheme.risk)
    mitigation = sum(points_of(given.get(name)) for name in scheme.mitigation)
    most_impact, most_mitigation = scheme.highest(form)
    current = impact
    if mitigation * 100 * scheme.phases >= scheme.mitigated_from * most_mitigation:
        current = _half_up(impact * (100 - scheme.reduced_by), 100)
    level = 1 + sum(current * 100 > share * most_impact for share in scheme.levels)
    return Score(
        raw_impact_score=impact, mitigation_score=mitigation, current_score=current, impact_level=level
    )


def points_of(answer: object) -> int | float:
    """The number behind the last hyphen of each choice; a number counts as itself, all else as nothing."""
    if isinstance(answer, bool):
        return 0
    if isinstance(answer, int | float):
        return answer if isfinite(answer) else 0
    if isinstance(answer, list | tuple):
        return sum(points_of(member) for member in answer)
    if not isinstance(answer, str) or "-" not in answer:
        return 0
    number = answer.rpartition("-")[2]
    if not POINTS.fullmatch(number):
        return 0
    return float(number) if "." in number else int(number)


def belonging(form: Form, given: Given) -> Given:
    """The answers to questions that are asked, each cut down to choices that the question has."""
    valid = {name: _valid(form.by_id[name], value) for name, value in given.items() if name in form.by_id}
    answers = {name: Answer(state=State.answered, picked=_texts(valid.get(name))) for name in form.by_id}
    view = View(form.gates, answers)
    return {name: value for name, value in valid.items() if view.shown(name)}


def _valid(question: Question, value: object) -> object:
    if question.kind is Kind.one:
        return value if isinstance(value, str) and value in (*question.choice_ids, "") else None
    if question.kind is Kind.many:
        return [member for member in _texts(value) if member in question.choice_ids]
    return value


def _lost(value: object, kept: object) -> bool:
    return list(_texts(value)) != list(_texts(kept))


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    members: Sequence[object] = value if isinstance(value, list | tuple) else ()
    return tuple(member for member in members if isinstance(member, str))


def _most(scored: Mapping[str, Mapping[str, int]], form: Form) -> int:
    return sum(_highest(form.by_id[name], points.values()) for name, points in scored.items())


def _highest(question: Question, points: Iterable[int]) -> int:
    return sum(points) if question.kind is Kind.many else max(0, *points)


def _half_up(number: int | float, parts: int) -> int:
    """`number / parts` to the nearest whole, halves up: what the published tool does, unlike round()."""
    return int((2 * number + parts) // (2 * parts))
