"""Reads the way to a certificate: its stages, and what has to be ready before each of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.aims.covered import Stage as Stands
from triage.aims.kinds import Kind, kinds
from triage.roles import SEATED

FILE = Path(__file__).with_name("certification.yaml")
CERTIFICATION = "certification"
CERTIFICATE = "certificate"
"""The day from which it counts, among what a stage is reckoned from."""
Check = Literal["in_force", "running", "acted", "measured", "closed", "coverage", "agreed"]
TIMED = ("running", "acted", "measured")
"""These look at a time, so they say how long it is."""
ROLES = (*SEATED, "auditor")


class Stage(Value):
    id: str
    since: str
    days: int = 0
    months: int = 0


class Milestone(Value):
    """`days` before each stage in `before`; `by`: the role that answers for it. The rest says what shows it."""

    id: str
    before: tuple[str, ...]
    days: int
    by: str
    check: Check
    of: str = ""
    stages: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    never: tuple[Stands, ...] = ()
    day: str = ""
    months: int = 0


class Way(Value):
    stages: tuple[Stage, ...]
    milestones: Mapping[str, Milestone]


@cache
def way() -> Way:
    """Raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(FILE, faults)
    top = entry.fields(faults, ("version", "stages", "milestones")) if entry else {}
    faults.stop_if_any()
    stages = tuple(_stage(each, faults) for each in top["stages"].items(faults))
    found = [_milestone(each, stages, faults) for each in top["milestones"].items(faults)]
    if len({each.id for each in found}) < len(found):
        faults.add(top["milestones"], "names one twice", "Give each milestone an id of its own.")
    faults.stop_if_any()
    return Way(stages=stages, milestones={each.id: each for each in found})


def _stage(entry: Entry, faults: Faults) -> Stage:
    given = entry.fields(faults, ("id", "from"), ("days", "months"))
    numbers = {name: given[name].whole(faults) for name in ("days", "months") if name in given}
    id = given["id"].text(faults) if "id" in given else ""
    if kinds()[CERTIFICATION].field(id) is None:
        faults.add(entry, f"`{id}` is no day of a certification", "Name a field of that kind.")
    return Stage.model_validate({"id": id, "since": given["from"].text(faults), **numbers})


def _milestone(entry: Entry, stages: tuple[Stage, ...], faults: Faults) -> Milestone:
    more = ("of", "stages", "weights", "never", "day", "months")
    given = entry.fields(faults, ("id", "before", "days", "by", "check"), more)
    said: dict[str, str] = {
        name: given[name].text(faults) for name in ("id", "by", "check", "of", "day") if name in given
    }
    numbers = {name: given[name].whole(faults) for name in ("days", "months") if name in given}
    several: dict[str, tuple[str, ...]] = {
        name: tuple(given[name].texts(faults))
        for name in ("before", "stages", "weights", "never")
        if name in given
    }
    known = [
        *(("before", each, [one.id for one in stages]) for each in several.get("before", ())),
        *(("never", each, get_args(Stands)) for each in several.get("never", ())),
        ("by", said.get("by", ""), ROLES),
        ("check", said.get("check", ""), get_args(Check)),
        *((("of", said["of"], tuple(kinds())),) if "of" in said else ()),
    ]
    for name, value, allowed in known:
        if value not in allowed:
            faults.add(entry, f"`{value}` is not known as {name}", did_you_mean(value, tuple(allowed)))
    if said.get("check") in TIMED and not numbers.get("months"):
        faults.add(entry, "looks at a time and does not say how long it is", "Say `months`.")
    faults.stop_if_any()
    _check_fits(entry, kinds().get(said.get("of", "")), several, said, faults)
    return Milestone.model_validate({**said, **numbers, **several})


def _check_fits(
    entry: Entry,
    kind: Kind | None,
    several: Mapping[str, tuple[str, ...]],
    said: Mapping[str, str],
    faults: Faults,
) -> None:
    """What it looks at, the kind has; a misspelt stage would never be reached."""
    if (kind is None) != (said["check"] in ("coverage", "agreed")):
        faults.add(
            entry, "says a kind where none is looked at, or none where one is", "Say `of`, or leave it."
        )
    if kind is None:
        return
    ends = {act.ends for act in kind.acts}
    weight = kind.field("weight")
    day = kind.field(said["day"]) if "day" in said else None
    if not set(several.get("stages", ())) <= ends:
        faults.add(entry, "names a stage to which nothing leads", "Name where an act of the kind ends.")
    if not set(several.get("weights", ())) <= set(weight.choices if weight else ()):
        faults.add(entry, "names a weight that there is not", "Name a choice of the kind.")
    if "day" in said and (day is None or day.kind != "day"):
        faults.add(entry, "names a field that is no day", "Name a day of the kind.")
