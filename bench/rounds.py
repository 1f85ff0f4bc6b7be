"""Several things measured in turns, so that whatever else the machine does hits all of them alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Once = Callable[[], float]
"""Does the thing once and says how many seconds the part to be measured took."""


@dataclass(frozen=True)
class Measured:
    """In seconds: the median of the rounds' medians, and the 95th and 99th of a hundred over all that was measured."""

    typical: float
    slow: float
    slowest: float


def in_turns(things: Mapping[str, Once], *, rounds: int, times: int) -> dict[str, Measured]:
    """Every thing `times` times in each round, one after the other; the first round only warms up."""
    taken: dict[str, list[list[float]]] = {name: [] for name in things}
    for number in range(rounds + 1):
        found: dict[str, list[float]] = {name: [] for name in things}
        for _ in range(times):
            for name, once in things.items():
                found[name].append(once())
        if number > 0:
            for name, seconds in found.items():
                taken[name].append(seconds)
    return {name: measured(seconds) for name, seconds in taken.items()}


def measured(rounds: Sequence[Sequence[float]]) -> Measured:
    every = [seconds for found in rounds for seconds in found]
    return Measured(
        typical=statistics.median(statistics.median(found) for found in rounds),
        slow=of_hundred(every, 95),
        slowest=of_hundred(every, 99),
    )


def of_hundred(taken: Sequence[float], which: int) -> float:
    """What `which` of a hundred do not exceed."""
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, len(ordered) * which // 100)]


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:9.3f} ms"


def heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}")


def row(name: str, taken: Measured) -> None:
    print(f"{name:<44} p50 {milliseconds(taken.typical)}   p99 {milliseconds(taken.slowest)}")


def aim(what: str, ratio: float, most: float, unit: str = "") -> None:
    said = "met" if ratio <= most else "missed"
    print(f"{what}: {ratio:.2f}{unit} (aim: at most {most:g}{unit}, {said})")
