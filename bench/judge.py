"""Judgements with all they say (bounds, reasons, facts, gaps, duties), and their own JSON there and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import cycle
from typing import TypeVar

from bench.rounds import Once, aim, heading, in_turns, milliseconds, timed
from intake.answers import Answers, answered, unsure
from intake.forms import ai_use
from triage.judge import judge
from triage.lanes import side_by_side
from triage.organisation import Organisation, to_settings
from triage.policies import standard_book
from triage.program import compiled
from triage.relevance import next_question, questions_left
from triage.verdict import Verdict

T = TypeVar("T")
MOST = 1.0
"""Milliseconds for a judgement."""

CASES: tuple[Answers, ...] = (
    {},
    {
        "output_use": answered("decides_people"),
        "people": answered("staff_applicants"),
        "data": answered("personal"),
        "area": answered("employment"),
        "red_flag": answered("none"),
        "function": answered("employment.ranking"),
        "influence": answered("followed"),
        "profiling": answered("yes"),
        "worst": unsure(),
    },
    {
        "output_use": answered("draft_self"),
        "people": answered("only_team"),
        "data": answered("internal"),
        "area": answered("none"),
        "red_flag": answered("none"),
    },
)


def run(rounds: int) -> None:
    form, book = ai_use(), standard_book()
    program = compiled(form, book)
    settings = to_settings(Organisation(regions=("eu",)), tool_in_catalogue=False)
    day = date(2026, 12, 2)
    verdicts = [judge(form, book, answers, settings, day) for answers in CASES]

    def there_and_back(verdict: Verdict) -> object:
        return Verdict.model_validate_json(verdict.model_dump_json())

    found = in_turns(
        {
            "judge": _each(CASES, lambda answers: judge(form, book, answers, settings, day)),
            "bounds": _each(CASES, lambda a: program.run(side_by_side(program.leaves, [(a, settings)]))),
            "next": _each(CASES, lambda answers: next_question(form, book, answers, settings)),
            "left": _each(CASES, lambda answers: questions_left(form, book, answers, settings)),
            "json": _each(verdicts, there_and_back),
        },
        rounds=rounds,
        times=60,
    )
    heading(
        f"Judging: {len(program.rules)} rules, {len(program.duties)} duties, {len(program.steps)} conditions"
    )
    for name, what in (
        ("judge", "a verdict with all it says"),
        ("bounds", "its bounds alone"),
        ("next", "the next question"),
        ("left", "how many are left"),
        ("json", "the verdict to JSON and back"),
    ):
        print(f"{what:30} {milliseconds(found[name].typical)}   95th {milliseconds(found[name].slow)}")
    print(f"{1 / found['judge'].typical:,.0f} judgements per second")
    print(f"judging against its own JSON: {found['judge'].typical / found['json'].typical:.2f}")
    aim("a judgement", found["judge"].typical * 1000, MOST, " ms")


def _each(things: Sequence[T], work: Callable[[T], object]) -> Once:
    """Goes round the cases, one a time."""
    turn = cycle(things)
    return lambda: timed(lambda: work(next(turn)))
