"""What is approved beforehand: for which tool, within which answers, on which conditions, until when, by which two."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from intake.value import Value


class Limit(Value):
    """A question that was chosen from; whoever answers it with anything beyond `answers` is not within."""

    question: str
    answers: tuple[str, ...]


class Clause(Value):
    """A condition of each use: `days` after it was recorded it is due, `check` and `otherwise` as for any other."""

    text: str
    days: int | None = None
    check: str = ""
    otherwise: Literal["", "narrows", "suspends", "lapses"] = ""


class Sampling(Value):
    """One in `every` is looked at afterwards, and one at least each month; so many `misfits` stop it.

    `seed`, drawn by chance for each pattern, and the ids of pattern and use decide which: so nobody foresees or
    steers it, and whoever reads the seed afterwards can draw again.
    """

    every: int
    seed: str
    misfits: int


class Pattern(Value):
    """One decision made general; in force once a second person has confirmed it. Nothing of it ever changes.

    `covers`: what it is for, in words that whoever asks reads. `results`: the levels that were found, by scale.
    `flags`, `rules`: all that held. `last_day`: until when uses are recorded by it; `months`: so long each holds.
    """

    id: str
    number: int
    tool: str
    covers: str
    limits: tuple[Limit, ...]
    results: Mapping[str, int | str]
    flags: tuple[str, ...]
    rules: tuple[str, ...]
    clauses: tuple[Clause, ...] = ()
    months: int
    last_day: date
    sampling: Sampling
    decision: str
    facts_digest: str
    policies: tuple[str, ...]
    by: str
    role: str
    at: datetime


class PatternStep(Value):
    """What became of a pattern, on the use it came from; or, on a use recorded by it, of the look afterwards.

    `by` is empty where nobody did it: drawn by lot, or ended with what it was made from.
    """

    id: str
    pattern: str
    kind: Literal["confirmed", "refused", "withdrawn", "drawn", "fits", "misfit"]
    by: str = ""
    role: str = ""
    at: datetime
    reason: str = ""


WARNED = timedelta(days=28)
"""So long before its last day it can be renewed; those whose yes it is hear of that within it (ladders.yaml)."""


class Yes(Value):
    person: str
    role: str
    at: datetime


class Under(Value):
    """The pattern that a use was recorded by: its name, and the two whose yes that is, when they gave it."""

    pattern: str
    name: str
    yes: tuple[Yes, ...]


class Known(Value):
    """A pattern with all that became of it. `source`: the reference of the use that it came from.

    `holds`: whether the decision it was made from does still, and before everybody's eyes; `confidential`: it is not.
    `misfits`: uses looked at that did not fit.
    """

    pattern: Pattern
    steps: tuple[PatternStep, ...] = ()
    source: str = ""
    holds: bool = True
    confidential: bool = False
    misfits: int = 0

    @property
    def name(self) -> str:
        return name_of(self.source, self.pattern)

    def bare(self) -> Known:
        """Without a word of what it was made from."""
        pattern = self.pattern.model_copy(update={"covers": "", "limits": (), "clauses": ()})
        steps = tuple(step.model_copy(update={"reason": ""}) for step in self.steps)
        return self.model_copy(update={"pattern": pattern, "steps": steps})


def name_of(ref: str | None, pattern: Pattern) -> str:
    """It says where it came from."""
    return f"{ref or ''}-P{pattern.number}"


State = Literal["proposed", "in_force", "refused", "withdrawn", "over", "suspended", "unfounded"]


def state(known: Known, day: date) -> State:
    """The last day is still within it."""
    said: dict[str, State] = {"refused": "refused", "withdrawn": "withdrawn"}
    for step in known.steps:
        if step.kind in said:
            return said[step.kind]
    if not known.holds:
        return "unfounded"
    if known.pattern.last_day < day:
        return "over"
    if known.misfits >= known.pattern.sampling.misfits:
        return "suspended"
    confirmed = any(step.kind == "confirmed" for step in known.steps)
    return "in_force" if confirmed else "proposed"


def ends_soon(pattern: Pattern, day: date) -> bool:
    return pattern.last_day - WARNED <= day


def yes_of(known: Known) -> tuple[Yes, ...]:
    """Of the two."""
    pattern = known.pattern
    first = Yes(person=pattern.by, role=pattern.role, at=pattern.at)
    second = (Yes(person=s.by, role=s.role, at=s.at) for s in known.steps if s.kind == "confirmed")
    return (first, *second)
