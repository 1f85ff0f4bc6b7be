"""A register judged by two rule books side by side: how fast, and whether memory stays flat with more uses."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Sequence
from itertools import cycle, islice
from random import Random

from bench.rounds import heading
from intake.answers import Answer, answered
from intake.form import Form
from intake.forms import ai_use
from triage.case import Status
from triage.organisation import Organisation, to_settings
from triage.policies import book_with, standard_book
from triage.rehearsing import Registered, rehearse

FEW, MANY, DISTINCT = 10_000, 100_000, 2_000


def run(rounds: int) -> None:
    del rounds  # a hundred thousand uses are enough
    heading(f"A rehearsal over {MANY:,} uses: the standard policies beside all of them")
    form = ai_use()
    drawn = _drawn(form)
    seconds = {count: _timed(form, drawn, count) for count in (FEW, MANY)}
    for count, (taken, moved) in seconds.items():
        print(f"{count:>7,} uses: {taken:6.1f} s, {count / taken:,.0f} a second, {moved:,} move")
    print(f"a use among many against one among few: {seconds[MANY][0] / MANY / (seconds[FEW][0] / FEW):.2f}")
    peaks = [_peak(form, drawn, count) for count in (FEW // 2, FEW)]
    print(f"most memory with twice as many uses: {peaks[1] / peaks[0]:.2f} times as much")


def _timed(form: Form, drawn: Sequence[Registered], count: int) -> tuple[float, int]:
    begun = time.perf_counter()
    moved = sum(1 for _ in rehearse(form, standard_book(), book_with(), islice(cycle(drawn), count)))
    return time.perf_counter() - begun, moved


def _peak(form: Form, drawn: Sequence[Registered], count: int) -> int:
    tracemalloc.start()
    for _ in rehearse(form, standard_book(), book_with(), islice(cycle(drawn), count)):
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def _drawn(form: Form) -> list[Registered]:
    """Nine in ten questions answered at random; drawn before the clock starts, for that takes longer than judging."""
    random = Random(1)
    asked = [(question.id, [choice.id for choice in question.choices]) for question in form.questions()]
    stated = to_settings(Organisation(regions=("eu", "us")), tool_in_catalogue=False)
    found = []
    for number in range(DISTINCT):
        answers: dict[str, Answer] = {
            name: answered(random.choice(choices))
            for name, choices in asked
            if choices and random.random() < 0.9
        }
        use = Registered(name=str(number), title="", status=Status.approved, answers=answers, stated=stated)
        found.append(use)
    return found
