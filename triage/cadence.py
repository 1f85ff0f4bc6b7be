"""How often, how deep and how long: what the file of reviews says, by tier."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.reviewed import DEPTHS, Depth

FILE = Path(__file__).with_name("reviews.yaml")
OF_TIER = ("id", "months", "with_conditions", "depth", "due")
NUMBERS = ("short", "ahead", "soonest", "law_ahead", "every")
TIERS = (1, 2, 3, 4)


class Pace(Value):
    """Of one tier. `due`: working days."""

    months: int
    with_conditions: int
    depth: Depth
    due: int


class Cadence(Value):
    tiers: Mapping[int, Pace]
    short: int
    ahead: int
    soonest: int
    law_ahead: int
    every: int


@cache
def cadence() -> Cadence:
    return load_cadence(FILE)


def load_cadence(file: Path) -> Cadence:
    """Raises Damaged with all its faults."""
    faults = Faults()
    entry = read_file(file, faults)
    fields = entry.fields(faults, ("tiers", *NUMBERS)) if entry else {}
    rows = fields["tiers"].items(faults) if "tiers" in fields else []
    found = [_pace(each, faults) for each in rows]
    names = [pace[0] for pace in found if pace]
    wanted = [f"tier-{tier}" for tier in TIERS]
    if entry and names != wanted:
        faults.add(fields.get("tiers", entry), "does not hold each tier once, in order", f"Write {wanted}.")
    numbers = {name: _number(fields[name], faults) for name in NUMBERS if name in fields}
    if numbers.get("soonest", 2) <= numbers.get("ahead", 1):
        faults.add(fields.get("soonest", fields["ahead"]), "is no more than `ahead`", "Write more days.")
    faults.stop_if_any()
    paces = (pace for pace in found if pace)
    return Cadence.model_validate(numbers | {"tiers": dict(zip(TIERS, (p for _, p in paces), strict=True))})


def _pace(entry: Entry, faults: Faults) -> tuple[str, Pace] | None:
    fields = entry.fields(faults, OF_TIER)
    if len(fields) < len(OF_TIER):
        return None
    depth = fields["depth"].text(faults)
    if depth not in DEPTHS:
        faults.add(fields["depth"], f"`{depth}` is no depth", did_you_mean(depth, DEPTHS))
        return None
    given = {name: _number(fields[name], faults) for name in ("months", "with_conditions", "due")}
    return fields["id"].text(faults), Pace.model_validate(given | {"depth": depth})


def _number(entry: Entry, faults: Faults) -> int:
    found = entry.whole(faults)
    if found < 1:
        faults.add(entry, f"`{found}` is too few", "Write 1 or more.")
    return max(found, 1)
