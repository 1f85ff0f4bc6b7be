"""What verify says of the watching of a use: its rows, and whether a value past its limit had it decided anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import InvalidOperation
from typing import Any, NamedTuple

from store.kept import Kept
from store.legible import UNREADABLE, Cells
from store.telling import Told
from store.watch import IN_USE
from triage.case import RULINGS
from triage.plan import Measure, is_past

Given = tuple[str, Any]


class Part(NamedTuple):
    what: str
    told: Mapping[str, Mapping[str, Any]]
    kept: Mapping[str, Given]


def parts(use: str, known: Told, kept: Kept) -> Iterator[Part]:
    """A measure has the moment of its plan."""
    plans, measures, readings = kept.plans[use], kept.measures[use], kept.readings[use]
    yield Part("the plan", known.plans, {id: (row["at"], row) for id, row in plans.items()})
    moments = {id: (plans.get(row["plan_id"], {}).get("at", ""), row) for id, row in measures.items()}
    yield Part("the measure", known.measures, moments)
    yield Part("the reading", known.readings, {id: (row["at"], row) for id, row in readings.items()})


def unseen(name: str, use: Cells, kept: Kept) -> Iterator[str]:
    """A value past its limit, and the use is still on the yes that it had then."""
    decided = [row for row in kept.decisions[use["id"]].values() if row["kind"] in RULINGS]
    for id, row in sorted(kept.readings[use["id"]].items()):
        try:
            beyond = _is_past(row, kept.measures[use["id"]])
            since = [each for each in decided if each["version"] > row["version"]]
        except (*UNREADABLE, InvalidOperation):
            yield f"{name}: the reading {id} cannot be judged"
            continue
        if beyond and use["state"] in IN_USE and not since:
            yield f"{name}: the reading {id} is past its limit, and nobody decided anew"


def _is_past(row: Cells, measures: Mapping[str, Cells]) -> bool:
    if not row["value"]:
        return False
    held = measures[row["measure_id"]]
    measure = Measure.model_validate({name: held[name] for name in ("name", "unit", "side", "limit")})
    return is_past(measure, row["value"])
