"""The timeline as a drawing: one row for each kind of thing that happened, a dot for each line of the trail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from bot.dossier.known import LANES, Shown
from bot.words import Words, layout
from store.dossier import told_at

WIDTH, LEFT, RIGHT, TOP, LANE = 720, 150, 24, 18, 34
NEAR = 9.0
"""Dots closer than this become one, with their number."""
FILLS = {"said": "#0072b2", "decided": "#d55e00", "bound": "#cc79a7", "used": "#009e73", "wrong": "#e69f00"}
"""Colours that also those tell apart who see few; their row says the same."""
TICKS = 5


def svg(lines: Sequence[Shown], words: Words) -> str:
    """Empty where there is nothing to draw."""
    placed = [(each.lane, at) for each in lines if each.lane and (at := told_at(each.line)) is not None]
    if not placed:
        return ""
    first, last = min(at for _, at in placed), max(at for _, at in placed)
    span = max((last - first).total_seconds(), 1.0)
    room = WIDTH - LEFT - RIGHT

    def x(at: datetime) -> float:
        return round(LEFT + room * (at - first).total_seconds() / span, 1)

    lanes = []
    for number, lane in enumerate(name for name in LANES if any(name == of for of, _ in placed)):
        spots = sorted(x(at) for of, at in placed if of == lane)
        lanes.append(
            {
                "y": TOP + number * LANE,
                "name": words.label(f"dossier.lane.{lane}"),
                "fill": FILLS[lane],
                "dots": _dots(spots),
            }
        )
    height = TOP + len(lanes) * LANE
    ticks = [_tick(first + timedelta(seconds=span * n / (TICKS - 1)), n, x) for n in range(TICKS)]
    if first == last:
        ticks = ticks[:1]
    alt = words.label(
        "dossier.picture", count=len(placed), first=f"{first:%Y-%m-%d}", last=f"{last:%Y-%m-%d}"
    )
    shape = {"width": WIDTH, "height": height + 26, "left": LEFT, "right": WIDTH - RIGHT, "foot": height}
    return layout("timeline.svg", alt=alt, lanes=lanes, ticks=ticks, **shape)


def _tick(at: datetime, number: int, x: Any) -> dict[str, Any]:
    anchor = {0: "start", TICKS - 1: "end"}.get(number, "middle")
    return {"x": x(at), "day": f"{at.astimezone(UTC):%Y-%m-%d}", "anchor": anchor}


def _dots(spots: Sequence[float]) -> list[dict[str, Any]]:
    """Near ones together."""
    found: list[list[float]] = []
    for spot in spots:
        if found and spot - found[-1][0] < NEAR * 2:
            found[-1].append(spot)
        else:
            found.append([spot])
    return [{"x": round(sum(some) / len(some), 1), "count": len(some)} for some in found]


def spans(
    lines: Sequence[Shown], words: Words
) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[int, ...]], ...]]:
    """The time in equal parts by their first and last day, and how many lines of each row fall into each."""
    placed = [(each.lane, at) for each in lines if each.lane and (at := told_at(each.line)) is not None]
    if not placed:
        return (), ()
    first, last = min(at for _, at in placed), max(at for _, at in placed)
    step = (last - first) / TICKS or timedelta(seconds=1)
    edges = [first + step * number for number in range(TICKS + 1)]
    names = tuple(f"{start:%Y-%m-%d} – {end:%Y-%m-%d}" for start, end in pairwise(edges))
    counts = {lane: [0] * TICKS for lane in LANES if any(lane == of for of, _ in placed)}
    for lane, at in placed:
        counts[lane][min(int((at - first) / step), TICKS - 1)] += 1
    return names, tuple((words.label(f"dossier.lane.{lane}"), tuple(each)) for lane, each in counts.items())
