"""Judgement alone: a whole verdict with its reasons and gaps, and the one look that finds the next question."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date

from bench.rounds import aim, heading, in_turns, milliseconds, timed
from bot.library import library
from intake.answers import Answer, answered, unsure
from intake.form import Form, Kind
from triage.judge import judge
from triage.organisation import Organisation, to_settings
from triage.relevance import next_question

AIM_MILLISECONDS = 1.0
SETS = 500
DAY = date(2027, 1, 4)


def run(rounds: int) -> None:
    heading(
        f"Judgement ({SETS} answer sets drawn from the whole form, a fifth of the questions not answered)"
    )
    form, book = library().form, library().book
    settings = to_settings(Organisation(regions=("eu", "us"), public_body=False), tool_in_catalogue=False)
    chance = random.Random(2026)
    drawn = [_drawn(form, chance) for _ in range(SETS)]

    def all_of(work: Callable[[Mapping[str, Answer]], object]) -> Callable[[], float]:
        return lambda: timed(lambda: [work(answers) for answers in drawn]) / SETS

    found = in_turns(
        {
            "verdict with full trace": all_of(lambda answers: judge(form, book, answers, settings, DAY)),
            "which question is next": all_of(lambda answers: next_question(form, book, answers, settings)),
        },
        rounds=rounds,
        times=1,
    )
    for name, taken in found.items():
        print(f"{name:<24} {milliseconds(taken.typical)}   {1 / taken.typical:8.0f} a second")
    aim("a verdict with full trace", found["verdict with full trace"].typical * 1000, AIM_MILLISECONDS, " ms")


def _drawn(form: Form, chance: random.Random) -> dict[str, Answer]:
    return {q.id: _answer(q.id, form, chance) for q in form.questions() if chance.random() < 0.8}


def _answer(question: str, form: Form, chance: random.Random) -> Answer:
    """One of the choices, for many sometimes several, now and then "not sure"."""
    asked = form.by_id[question]
    if not asked.choices:
        return answered("Something of ours")
    if chance.random() < 0.1:
        return unsure()
    count = chance.randint(1, 3) if asked.kind is Kind.many else 1
    return answered(*chance.sample([choice.id for choice in asked.choices], min(count, len(asked.choices))))
