"""Several things measured in turns, so that whatever else the machine does hits all of them alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Once = Callable[[], float]
"""Does the thing once and says how many seconds the part to be measured took."""


@dataclass(frozen=True)
class Measured:
    """Medians over the rounds of each round's median and 95th percentile, in seconds."""

    typical: float
    slow: float


def in_turns(things: Mapping[str, Once], *, rounds: int, times: int) -> dict[str, Measured]:
    """Every thing `times` times in each round; the first round only warms up."""
    typical: dict[str, list[float]] = {name: [] for name in things}
    slow: dict[str, list[float]] = {name: [] for name in things}
    for number in range(rounds + 1):
        for name, once in things.items():
            taken = sorted(once() for _ in range(times))
            if number > 0:
                typical[name].append(statistics.median(taken))
                slow[name].append(taken[min(len(taken) - 1, int(len(taken) * 0.95))])
    return {
        name: Measured(statistics.median(typical[name]), statistics.median(slow[name])) for name in things
    }


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:9.3f} ms"


def heading(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}")


def aim(what: str, ratio: float, most: float, unit: str = "") -> None:
    said = "met" if ratio <= most else "missed"
    print(f"{what}: {ratio:.2f}{unit} (aim: at most {most:g}{unit}, {said})")
