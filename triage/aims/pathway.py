"""How far along its path something of the daily work is, whose move it is now, and what the next step is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from intake.value import Value
from triage.aims.calling import holders
from triage.aims.entry import Entry
from triage.aims.errands import CLOSED, errands, leading_on
from triage.aims.kinds import Act
from triage.desk import Desk

How = Literal["done", "now", "ahead", "left_out"]


class Waypoint(Value):
    act: Act
    how: How


class Move(Value):
    """What comes next. `acts`: one of these; none where a version waits for a yes. `people`: whose it is."""

    acts: tuple[Act, ...] = ()
    people: tuple[str, ...] = ()
    due: date | None = None


def path(entry: Entry) -> tuple[Waypoint, ...]:
    """Nothing where its kind has none, or no version of it counts yet."""
    acts = [act for name in entry.of.path if (act := entry.of.act(name)) is not None]
    if entry.in_force is None or not acts:
        return ()
    now = next((n for n, act in enumerate(acts) if entry.stage in act.begins), len(acts))
    was = {each.act for each in entry.done_now}
    over = entry.stage == CLOSED
    return tuple(Waypoint(act=act, how=_how(n, act.id in was, now, over)) for n, act in enumerate(acts))


def _how(number: int, was: bool, now: int, over: bool) -> How:
    """What was done before it began again stands ahead once more; what was not needed in the end was left out."""
    if over:
        return "done" if was else "left_out"
    return "done" if number < now else "now" if number == now else "ahead"


def move(entry: Entry, desk: Desk) -> Move | None:
    """None where nothing is left to do."""
    if entry.in_force is None and entry.proposed is None:
        return None
    wanted = ("approval",) if entry.in_force is None else ("action", "effect")
    found = next((each for each in errands(entry, desk) if each.kind in wanted), None)
    acts = leading_on(entry) if entry.in_force is not None else ()
    if found is None and not acts:
        return None
    people = holders(found, entry, desk) if found is not None else ()
    return Move(acts=acts, people=people, due=found.due if found is not None else entry.due)


def in_order(entries: Iterable[Entry], desk: Desk) -> tuple[list[Entry], list[Entry]]:
    """What is open, the one that is late the longest first; and what is over, the newest first."""
    held = list(entries)
    still = [each for each in held if is_open(each)]
    over = [each for each in held if not is_open(each)]
    return (
        sorted(still, key=lambda each: (_due(each, desk), each.ref)),
        sorted(over, key=lambda each: (each.steps[-1].at, each.ref), reverse=True),
    )


def is_open(entry: Entry) -> bool:
    return entry.state in ("in_force", "proposed") and entry.stage != CLOSED


def _due(entry: Entry, desk: Desk) -> date:
    found = move(entry, desk)
    return found.due if found is not None and found.due is not None else entry.due or date.max
