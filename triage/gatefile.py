"""Reads the gates of a policy: what must exist before a use moves on, and when it is retired."""

from __future__ import annotations

from collections.abc import Collection

from intake.condition import Condition
from intake.source import Entry, Faults, did_you_mean
from triage.rules import Gate

GATE = ("before", "tasks", "days")
"""What has to stand at a gate beside what every entry has."""
BEFORE = ("pilot", "in_use", "retired")
"""Where a use may move only with what is asked for, in the order of its life."""


def read_gate(entry: Entry, when: Condition, known: Collection[str], faults: Faults) -> Gate:
    """Its fields are known to be there; what is wrong in them is added to the faults. `known`: all tasks."""
    return Gate(
        id=entry.id,
        when=when,
        source=entry.at("source").text(faults),
        before=_before(entry.at("before"), faults),
        tasks=_tasks(entry.at("tasks"), known, faults),
        days=_days(entry.at("days"), faults),
    )


def _before(entry: Entry, faults: Faults) -> str:
    named = entry.text(faults)
    if named and named not in BEFORE:
        faults.add(entry, f"`{named}` is no stage with a gate", did_you_mean(named, BEFORE))
    return named


def _tasks(entry: Entry, known: Collection[str], faults: Faults) -> tuple[str, ...]:
    found = tuple(each for each in entry.texts(faults) if each)
    for task in found:
        if task not in known:
            faults.add(entry, f"`{task}` is no task that a policy names", did_you_mean(task, sorted(known)))
    if not found:
        faults.add(entry, "asks for nothing", "Name at least one task.")
    return found


def _days(entry: Entry, faults: Faults) -> int:
    found = entry.whole(faults)
    if found < 1 and isinstance(entry.value, int):
        faults.add(entry, f"`{found}` is too few", "Write 1 or more.")
    return max(found, 1)
