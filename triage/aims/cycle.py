"""Which points of the standard the audits of three years were held against, which they are to be, and which none is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from intake.value import Value
from triage.aims.entry import Entry
from triage.aims.standard import points

PROGRAMME = "programme"
YEARS = 3
HELD = ("held", "reported", "closed")


class Cycle(Value):
    """Each point of the standard is in one of the three, in its order."""

    since: date
    until: date
    held: tuple[str, ...]
    planned: tuple[str, ...]
    uncovered: tuple[str, ...]


def cycle(programme: Entry | None, audits: Iterable[Entry], today: date) -> Cycle | None:
    """None before a programme counts. An audit is of the time in which it begins, and counts once it was approved."""
    found = _days(programme, today) if programme is not None else None
    if found is None:
        return None
    since, until = found
    held, planned = set[str](), set[str]()
    for each in audits:
        draft = each.in_force
        if draft is None or not since <= date.fromisoformat(str(draft.said["begins"])) <= until:
            continue
        criteria = draft.said.get("criteria")
        (held if each.stage in HELD else planned).update(criteria if isinstance(criteria, tuple) else ())
    every = points()
    return Cycle(
        since=since,
        until=until,
        held=tuple(each for each in every if each in held),
        planned=tuple(each for each in every if each in planned - held),
        uncovered=tuple(each for each in every if each not in held | planned),
    )


def _days(programme: Entry, today: date) -> tuple[date, date] | None:
    """From the first day of the first programme that counted, three years at a time; a new version moves none of it."""
    began = [
        date.fromisoformat(str(each.said["since"]))
        for each in programme.drafts
        if each.since and not each.retires
    ]
    if programme.in_force is None or not began:
        return None
    since = min(began)
    while (following := _years_on(since)) <= today:
        since = following
    return since, _years_on(since) - timedelta(days=1)


def _years_on(day: date) -> date:
    """The 29th of February comes again on the first of March."""
    try:
        return day.replace(year=day.year + YEARS)
    except ValueError:
        return date(day.year + YEARS, 3, 1)


def by_chapter(found: Iterable[str]) -> dict[str, list[str]]:
    """Clauses by their first number, controls by the group that they are in."""
    chapters: dict[str, list[str]] = {}
    for point in found:
        parts = point.split(".")
        chapter = ".".join(parts[:2]) if parts[0] == "A" else parts[0]
        chapters.setdefault(chapter, []).append(point)
    return chapters
