"""The calendar of the management system in words and as a picture: for the terminal, for Slack and for a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from bot.words import Words, layout, upfirst
from triage.aims.agenda import LANES, Dated, State
from triage.expiring import after

FEW = 5
COLUMNS = (
    *("day", "state", "what", "about", "kind", "ref", "title", "person", "role", "sure"),
    *("shown", "lacks"),
)
BEFORE, BEYOND = 6, 18
"""Months of a picture."""
WIDTH, LEFT, RIGHT, TOP, LANE = 560, 148, 20, 50, 34
FILLS = {"done": "#0072b2", "late": "#d55e00", "ahead": "none"}
"""Colours that also those tell apart who see few; each state has a form of its own, too."""
Name = Callable[[str], str]


def as_is(person: str) -> str:
    return person


def what(words: Words, each: Dated) -> str:
    """In a few words: what is to happen with what."""
    said = words.label(f"agenda.what.{each.what}")
    if each.kind == "certification" and each.about:
        name, _, stage = each.about.partition(".")
        if each.what == "milestone":
            ready = words.label(f"aims.milestone.{name}")
            return words.label("agenda.before", what=ready, stage=words.label(f"aims.stage.{stage}"))
        return words.label("agenda.named", what=said, title=words.label(f"aims.stage.{name}"))
    if each.kind == "certification" and each.what not in ("renewal", "approval"):
        return said
    kind = upfirst(words.label(f"aims_kind.{each.kind}")) if not each.title else each.title
    return words.label("agenda.named", what=said, title=kind)


def more(words: Words, each: Dated, name: Name = as_is) -> Iterator[str]:
    """Who answers for it, how sure its day is, and what shows it or is in the way."""
    if each.person:
        yield words.label("agenda.for", who=name(each.person))
    elif each.role:
        yield words.label("agenda.for", who=words.label(f"role_name.{each.role}"))
    if not each.sure:
        yield words.label("agenda.expected")
    if each.lacks:
        yield words.label("agenda.lacks", what=_few(words, each.lacks))
    elif each.early:
        yield words.label("agenda.early", what=_few(words, each.shown) or words.label("agenda.by_record"))
    elif each.what == "milestone" and each.state != "done":
        yield words.label("agenda.not_shown")
    elif each.shown:
        yield words.label("agenda.shown", what=_few(words, each.shown))


def _few(words: Words, refs: Sequence[str]) -> str:
    left = len(refs) - FEW
    return ", ".join([*refs[:FEW], *((words.label("agenda.more", count=left),) if left > 0 else ())])


def when(words: Words, each: Dated, today: date) -> str:
    """How far it is away, or late."""
    apart = (each.day - today).days
    if apart == 0:
        return words.label("agenda.today")
    days = words.label("agenda.days", count=abs(apart))
    key = "in" if apart > 0 else "late" if each.state == "late" else "ago"
    return words.label(f"agenda.when.{key}", days=days)


def plain(each: Dated) -> dict[str, object]:
    """As machines read it."""
    told = each.model_dump(mode="json")
    return {name: told[name] for name in COLUMNS}


def come(found: Iterable[Dated], today: date) -> Iterator[Dated]:
    """What is done holds only days that have come: what is ready before its day is to come, with what shows it."""
    for each in found:
        early = each.state == "done" and each.day > today
        yield each.model_copy(update={"state": "ahead", "early": True}) if early else each


def of(found: Sequence[Dated], state: State) -> list[Dated]:
    return [each for each in found if each.state == state]


def picture(words: Words, found: Sequence[Dated], today: date) -> str:
    """Half a year back and one and a half ahead, one row for each sort of thing."""
    first, last = after(today.replace(day=1), -BEFORE), after(today.replace(day=1), BEYOND)
    room, span = WIDTH - LEFT - RIGHT, (last - first).days

    def x(day: date) -> float:
        return round(LEFT + room * (day - first).days / span, 1)

    drawn = [each for each in found if first <= each.day <= last]
    lanes: list[dict[str, Any]] = []
    for lane in LANES:
        dots = [
            {"x": x(each.day), "state": each.state, "fill": FILLS[each.state]}
            for each in drawn
            if each.lane == lane
        ]
        if dots:
            y = TOP + len(lanes) * LANE
            lanes.append({"y": y, "name": words.label(f"agenda.lane.{lane}"), "dots": dots})
    quarters = [after(first, months) for months in range(0, BEFORE + BEYOND + 1, 6)]
    ticks = [{"x": x(day), "day": f"{day:%Y-%m}"} for day in quarters]
    told = {"count": len(drawn), "first": words.day(first), "last": words.day(last)}
    alt = words.label("agenda.picture", **told, late=len(of(drawn, "late")))
    foot = TOP + len(lanes) * LANE
    shape = {"width": WIDTH, "height": foot + 26, "left": LEFT, "right": WIDTH - RIGHT, "foot": foot}
    legend = _legend(words)
    now = {"x": x(today), "word": words.label("agenda.now")}
    return layout("agenda.svg", alt=alt, lanes=lanes, ticks=ticks, legend=legend, now=now, **shape)


def _legend(words: Words) -> Iterator[dict[str, Any]]:
    x = 12.0
    for state, fill in FILLS.items():
        name = words.label(f"agenda.is.{state}")
        yield {"x": x, "state": state, "fill": fill, "name": name}
        x += 34 + 7.9 * len(name)
