"""The matrix with how many risks lie in each of its fields, now and as they are aimed at: in signs, or as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.words import Words, layout
from triage.aims.risk import AFTER, NOW
from triage.aims.risks import LEVELS, STEPS, Level, weighing
from triage.aims.sifting import Weighed, levels_of

SHADES: Mapping[Level, str] = {"low": "░", "medium": "▒", "high": "▓", "critical": "█"}
FILLS: Mapping[Level, tuple[str, str]] = {
    "low": ("#e9f3ec", "#1d1c1d"),
    "medium": ("#f6dc8c", "#1d1c1d"),
    "high": ("#e08a4f", "#1d1c1d"),
    "critical": ("#9c2a2a", "#ffffff"),
}
"""Each darker than the one before, so that they are told apart without colours, too; and what is written on it."""
Fields = Mapping[tuple[int, int], int]
WIDTH, CELL, LEFT, TOP, BETWEEN = 600, 42, 34, 74, 24
FAMILY = "DejaVu Sans"
SIGNS = 3
"""Of each field; all of a row are as many as a phone shows."""


def counted(found: Iterable[Weighed]) -> tuple[Fields, Fields]:
    """By likelihood and impact, how many of those that are open lie there now, and are to lie there afterwards."""
    now: dict[tuple[int, int], int] = {}
    after: dict[tuple[int, int], int] = {}
    for entry, standing in found:
        said = entry.in_force.said if entry.in_force is not None else None
        if said is None or standing is None or standing.closed:
            continue
        for fields, scale in ((now, NOW), (after, AFTER)):
            place = int(str(said[scale[0]])), int(str(said[scale[1]]))
            fields[place] = fields.get(place, 0) + 1
    return now, after


def signs(words: Words, now: Fields, after: Fields) -> str:
    """The most likely on top, the worst on the right; behind the sign of its level how many lie in a field."""
    heads = (words.label(f"risks.map.{each}") for each in ("now", "after"))
    lines = ["  " + " ".join(f"{head:<{SIGNS * len(STEPS)}}" for head in heads).rstrip()]
    lines += [
        f"{likelihood} {_signs(likelihood, now)} {_signs(likelihood, after)}".rstrip()
        for likelihood in reversed(STEPS)
    ]
    foot = "".join(f"{each:<{SIGNS}}" for each in STEPS)
    return "\n".join([*lines, f"  {foot} {foot}".rstrip()])


def _signs(likelihood: int, fields: Fields) -> str:
    return "".join(
        f"{SHADES[weighing().level(likelihood, impact)]}{_number(fields.get((likelihood, impact), 0)) or ' '} "
        for impact in STEPS
    )


def _number(count: int) -> str:
    """One sign, so that the columns stay."""
    return "" if not count else str(count) if count < 10 else "+"


def by_level(found: Iterable[Weighed]) -> dict[Level, int]:
    """How many of those that are open are of each level now."""
    told: dict[Level, int] = dict.fromkeys(LEVELS, 0)
    for _, standing in found:
        if standing is not None and not standing.closed:
            told[standing.now] += 1
    return told


def by_level_after(found: Iterable[Weighed]) -> dict[Level, int]:
    """The same, as they are aimed at."""
    told: dict[Level, int] = dict.fromkeys(LEVELS, 0)
    for _, standing in found:
        if standing is not None and not standing.closed:
            told[standing.after] += 1
    return told


def said(words: Words, counts: Mapping[Level, int]) -> str:
    """`2 high, 1 medium`, the worst first."""
    parts = [
        words.label("risks.so_many", count=counts[level], level=words.label(f"risks.level.{level}"))
        for level in reversed(LEVELS)
        if counts.get(level)
    ]
    return ", ".join(parts) or words.label("risks.none_open")


def svg(words: Words, found: Iterable[Weighed], *, inline: bool) -> str:
    """`inline`: in the colours of the page it stands on."""
    some = list(found)
    now, after = counted(some)
    wide = len(STEPS) * CELL
    grids = [
        {
            "head": words.label(f"risks.map.{name}"),
            "x": LEFT + number * (wide + BETWEEN + LEFT),
            "cells": list(_cells(fields)),
        }
        for number, (name, fields) in enumerate((("now", now), ("after", after)))
    ]
    legend = [
        {"x": LEFT + 130 * number, "fill": FILLS[level][0], "name": words.label(f"risks.level.{level}")}
        for number, level in enumerate(LEVELS)
    ]
    about: dict[str, Any] = {
        "width": WIDTH,
        "height": TOP + wide + 48,
        "top": TOP,
        "cell": CELL,
        "wide": wide,
    }
    alt = words.label("risks.map.alt", said=said(words, by_level(some)))
    axes = {"down": words.label("risks.map.down"), "across": words.label("risks.map.across")}
    rows = [{"name": str(each), "y": TOP + (STEPS[-1] - each) * CELL} for each in STEPS]
    columns = [{"name": str(each), "x": (each - 1) * CELL + CELL / 2} for each in STEPS]
    return layout(
        "risks.svg", **about, **axes, family=FAMILY, inline=inline, alt=alt, grids=grids, legend=legend,
        rows=rows, columns=columns,
    )  # fmt: skip


def _cells(fields: Fields) -> Iterator[dict[str, Any]]:
    for likelihood in reversed(STEPS):
        for impact in STEPS:
            fill, ink = FILLS[weighing().level(likelihood, impact)]
            count = fields.get((likelihood, impact), 0)
            yield {
                "x": (impact - 1) * CELL,
                "y": TOP + (STEPS[-1] - likelihood) * CELL,
                "fill": fill,
                "ink": ink,
                "count": str(count) if count else "",
            }


def levels_said(words: Words, given: Mapping[str, object]) -> str:
    """`High before any measure, medium now, low afterwards`, as far as it is said."""
    names = ("before", "now", "after")
    parts = [
        words.label(f"risks.levels.{name}", level=words.label(f"risks.level.{level}"))
        for name, level in zip(names, levels_of(given), strict=True)
        if level is not None
    ]
    text = ", ".join(parts)
    return text[:1].upper() + text[1:]
