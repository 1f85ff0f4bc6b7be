"""Coverage in words and as a picture: the same for the terminal, for Slack and for a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from bot.charting import FAMILY
from bot.words import Words, layout
from triage.aims.covered import BESIDE, DOCUMENT, FAULT, LOOKED, ON_TIME, Covered, Stage
from triage.aims.evidence import plan
from triage.aims.functions import functions
from triage.aims.standard import groups

STAGES: tuple[Stage, ...] = ("missing", "partly", "in_place", "left_out")
"""Gaps first."""
SHADES = {"in_place": "█", "partly": "▒", "missing": "░", "left_out": " "}
CLAUSES = ("4", "5", "6", "7", "8", "9", "10")
FILLS = {"in_place": "#0072b2", "partly": "#e69f00", "missing": "#ffffff", "left_out": "#d9d9d5"}
INKS = {"in_place": "#ffffff", "partly": "#000000", "missing": "#000000", "left_out": "#000000"}
"""Colours that also those tell apart who see few; what is partly there fills half of its cell."""
LEFT, CELL, GAP, ROW, TOP, WIDTH = 12, 52, 4, 34, 72, 620
TITLE = 20


class Group(NamedTuple):
    id: str
    title: str
    points: tuple[Covered, ...]


def by_group(found: Sequence[Covered]) -> Iterator[Group]:
    """Clauses by their first number, controls by their group."""
    words = Words()
    for number in CLAUSES:
        own = tuple(each for each in found if each.point.partition(".")[0] == number)
        yield Group(number, words.label(f"coverage.clause.{number}"), own)
    for id, title in groups().items():
        yield Group(id, title, tuple(each for each in found if each.point.startswith(f"{id}.")))


def count(found: Sequence[Covered], stage: Stage) -> int:
    return sum(each.stage == stage for each in found)


def bar(points: Sequence[Covered]) -> str:
    return "".join(SHADES[each.stage] for each in points)


def counted(words: Words, found: Sequence[Covered]) -> str:
    """In one sentence."""
    numbers = {stage: count(found, stage) for stage in STAGES}
    told = words.label("coverage.counted", total=len(found), **numbers)
    return told + (words.label("coverage.left", count=numbers["left_out"]) if numbers["left_out"] else "")


def moved(words: Words, before: Sequence[Covered], found: Sequence[Covered], since: date) -> Iterator[str]:
    """Which gaps closed and which opened since a day."""
    gaps = {each.point for each in before if each.is_gap}
    closed = [each.point for each in found if not each.is_gap and each.point in gaps]
    opened = [each.point for each in found if each.is_gap and each.point not in gaps]
    day = words.day(since)
    if closed:
        yield words.label("coverage.closed", day=day, points=", ".join(closed))
    if opened:
        yield words.label("coverage.opened", day=day, points=", ".join(opened))
    if not closed and not opened:
        yield words.label("coverage.unmoved", day=day)


def title(source: str) -> str:
    """Of a source, or of a document among what is short."""
    known = plan().sources.get(source)
    return known.title if known else source


def why(words: Words, each: Covered) -> str:
    """What there is, what is missing, and what somebody does about it already."""
    return " ".join(_why(words, each))


def _why(words: Words, each: Covered) -> Iterator[str]:
    shows = [one for one in each.evidence if one.shows]
    if each.left_out:
        yield words.label("coverage.left_out", ref=each.left_out)
    if shows:
        newest = max(one.newest for one in shows if one.newest)
        yield words.label(
            "coverage.shown",
            count=sum(one.count for one in shows),
            months=plan().rests[each.point].months,
            day=words.day(newest.date()),
        )
    elif each.until:
        yield words.label("coverage.was", day=words.day(each.until))
    elif each.documents:
        yield words.label("coverage.only_said", refs=words.listed(each.documents))
    elif not plan().rests[each.point].shows:
        yield words.label("coverage.yours")
    else:
        yield words.label("coverage.nothing")
    lacks = [title(name) for name in each.short if name not in BESIDE]
    if lacks and each.is_gap:
        yield words.label("coverage.lacks", what="; ".join(lacks))
    if DOCUMENT in each.short:
        yield words.label("coverage.no_document")
    if LOOKED in each.short:
        yield words.label("coverage.not_looked")
    if ON_TIME in each.short:
        yield words.label("coverage.not_on_time")
    if FAULT in each.short:
        yield words.label("coverage.faulted")
    if each.actions:
        yield words.label("coverage.taken_on", refs=words.listed(each.actions))


def row(each: Covered) -> dict[str, Any]:
    """For machines: all of it, and what it comes to."""
    told = {"stage": each.stage, "gap": each.is_gap, "outcomes": list(functions().of_point(each.point))}
    return each.model_dump(mode="json") | told


def svg(words: Words, found: Sequence[Covered], *, inline: bool) -> str:
    """A row of cells for each group; `inline`: in the colours of the page it stands on."""
    rows = [_row(group, number) for number, group in enumerate(by_group(found))]
    legend = [
        {"x": LEFT + 150 * number, "fill": FILLS[stage], "name": words.label(f"coverage.is.{stage}")}
        for number, stage in enumerate(STAGES)
    ]
    return layout(
        "coverage.svg",
        width=WIDTH,
        height=TOP + sum(each["height"] for each in rows) + 8,
        family=FAMILY,
        inline=inline,
        alt=counted(words, found),
        rows=_stacked(rows),
        legend=legend,
        cell=CELL,
        tall=ROW - 8,
    )


def _stacked(rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    y = TOP
    for each in rows:
        yield each | {"y": y}
        y += each["height"]


def _row(group: Group, number: int) -> dict[str, Any]:
    across = (WIDTH - 2 * LEFT) // (CELL + GAP)
    cells = [
        {
            "x": LEFT + (CELL + GAP) * (place % across),
            "y": TITLE + ROW * (place // across),
            "fill": FILLS[each.stage],
            "ink": INKS[each.stage],
            "name": each.point.removeprefix("A."),
            "wide": CELL // 2 if each.stage == "partly" else CELL,
        }
        for place, each in enumerate(group.points)
    ]
    lines = -(-len(cells) // across)
    return {"name": f"{group.id} {group.title}", "cells": cells, "height": TITLE + ROW * lines + 8}
