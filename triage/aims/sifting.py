"""Which risks of the register somebody looks at, and the day on which each comes up next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from triage.aims.entry import Entry
from triage.aims.errands import open_errands
from triage.aims.risk import AFTER, INHERENT, NOW, Standing
from triage.aims.risks import LEVELS, Level, weighing
from triage.calendar import Calendar
from triage.desk import Desk

ALL, MINE, BEYOND, UNACCEPTED, WAITING, CLOSED = "", "mine", "beyond", "unaccepted", "waiting", "closed"
PLAIN = (ALL, MINE, BEYOND, UNACCEPTED, WAITING, CLOSED)
LEVEL, USE, TOOL = "level", "use", "tool"
MARKS = frozenset("12345")
GRAVE = ("high", "critical")
"""At these levels something has to be done."""


class Sift(NamedTuple):
    """`about`: one of `PLAIN`, or of a level, a use or a tool, which `value` names."""

    about: str = ALL
    value: str = ""


def to_text(sift: Sift) -> str:
    return f"{sift.about}:{sift.value}" if sift.value else sift.about


def from_text(text: str) -> Sift:
    """What is not ours shows everything."""
    about, _, value = text.partition(":")
    if about == LEVEL and value in LEVELS:
        return Sift(LEVEL, value)
    if about in (USE, TOOL) and value:
        return Sift(about, value)
    return Sift(about) if about in PLAIN and not value else Sift()


class Weighed(NamedTuple):
    """`standing` is None before its first yes."""

    entry: Entry
    standing: Standing | None


def fits(one: Weighed, sift: Sift, person: str, desk: Desk, tools: Mapping[str, Collection[str]]) -> bool:
    """`tools`: by risk, what its uses are made with. What is closed is shown only where it is asked for."""
    entry, now = one
    closed = now is not None and now.closed
    if closed != (sift.about == CLOSED):
        return closed and sift.about == USE and sift.value in uses_of(entry)
    match sift.about:
        case "mine":
            return entry.owner is not None and desk.same(person, entry.owner)
        case "beyond":
            return now is not None and not now.within
        case "unaccepted":
            return is_unaccepted(now)
        case "waiting":
            return entry.proposed is not None
        case "level":
            return now is not None and now.now == sift.value
        case "use":
            return sift.value in uses_of(entry)
        case "tool":
            return sift.value in tools.get(entry.id, ())
        case _:
            return True


def is_unaccepted(now: Standing | None) -> bool:
    """Beyond what is borne, and nobody's acceptance holds; also where one was given that holds no more."""
    if now is None or now.closed or now.accepted == "holds":
        return False
    return not now.within or now.accepted in ("expired", "stale")


def is_bare(one: Weighed) -> bool:
    """High or worse, with no control against it and no acceptance that holds."""
    entry, now = one
    if now is None or now.closed or now.accepted == "holds" or now.now not in GRAVE:
        return False
    return entry.in_force is not None and not entry.in_force.said.get("controls_now")


def uses_of(entry: Entry) -> frozenset[str]:
    """Those of the version that counts, and of the one that waits."""
    drafts = (entry.in_force, entry.proposed, entry.shown)
    held = [each.said.get("uses") for each in drafts if each is not None]
    return frozenset(ref for said in held if isinstance(said, tuple) for ref in said)


def next_day(entry: Entry, actions: Iterable[Entry], calendar: Calendar) -> date | None:
    """The first on which anybody is asked for something: its own, or of an action of its plan."""
    days = [each.due for each in open_errands(entry, calendar)]
    days += [each.due for each in actions if each.due is not None and each.stage != CLOSED]
    return min(days, default=None)


def levels_of(said: Mapping[str, object]) -> tuple[Level | None, Level | None, Level | None]:
    """Before any measure, now and afterwards, as far as they are said."""
    found: list[Level | None] = []
    for likelihood, impact in (INHERENT, NOW, AFTER):
        held = str(said.get(likelihood, "")), str(said.get(impact, ""))
        known = all(each in MARKS for each in held)
        found.append(weighing().level(int(held[0]), int(held[1])) if known else None)
    return found[0], found[1], found[2]
