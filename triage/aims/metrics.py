"""The catalogue of figures by which it is seen how well the management system works: data, and what one comes to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple, get_args

from intake.source import Entry as Read
from intake.source import Faults, did_you_mean, read_file
from intake.value import Value
from triage.aims.objectives import Form, measures
from triage.expiring import after

FILE = Path(__file__).with_name("metrics.yaml")
SPAN, END = "span", "end"


class Metric(Value):
    """`months`: it looks back so far from the end of the span; None: it is of the span; 0: as of its end.

    `measure`: the one of an objective that it is.
    """

    id: str
    about: str
    form: Form
    months: int | None
    tells: str
    measure: str = ""


class Figure(NamedTuple):
    """One metric of one span. `since`: None where it says how something stood. Of a count, `whole` is None."""

    metric: Metric
    since: date | None
    until: date
    part: int
    whole: int | None

    @property
    def value(self) -> str:
        """ "" where there was nothing to count. Never 100 % as long as anything is missing."""
        if self.whole is None:
            return str(self.part)
        if not self.whole:
            return ""
        return f"{self.part * 100 // self.whole} %" if self.metric.form == "share" else str(self.part)


@cache
def catalogue() -> Mapping[str, Metric]:
    """By id, in its order; raises Damaged with all faults of the file."""
    return load(FILE)


def load(file: Path) -> Mapping[str, Metric]:
    faults = Faults()
    entry = read_file(file, faults)
    top = entry.fields(faults, ("version", "metrics")) if entry else {}
    faults.stop_if_any()
    found = [_metric(each, faults) for each in top["metrics"].items(faults)]
    if len({each.id for each in found}) < len(found):
        faults.add(top["metrics"], "names one twice", "Give each an id of its own.")
    faults.stop_if_any()
    return {each.id: each for each in found}


def _metric(entry: Read, faults: Faults) -> Metric:
    given = entry.fields(faults, ("id", "about"), ("form", "over", "tells", "measure"))
    said = {name: each.text(faults) for name, each in given.items()}
    about = {"id": said.get("id", ""), "about": said.get("about", "")}
    if "measure" in said:
        return _of_measure(entry, said["measure"], about, faults)
    form, over = said.get("form", ""), said.get("over", "")
    if form not in get_args(Form):
        faults.add(entry, f"`{form}` is no form of a figure", did_you_mean(form, get_args(Form)))
        form = "count"
    if over not in (SPAN, END):
        faults.add(entry, f"`{over}` is no time", did_you_mean(over, (SPAN, END)))
    if not said.get("tells"):
        faults.add(entry, "does not say what it counts", "Say it in a sentence.")
    months = None if over == SPAN else 0
    return Metric.model_validate({**about, "form": form, "months": months, "tells": said.get("tells", "")})


def _of_measure(entry: Read, id: str, about: Mapping[str, str], faults: Faults) -> Metric:
    found = measures().get(id)
    if found is None:
        faults.add(entry, f"`{id}` is no measure of an objective", did_you_mean(id, tuple(measures())))
        return Metric.model_validate({**about, "form": "count", "months": 0, "tells": ""})
    more = {"form": "share", "months": found.months, "tells": found.rests, "measure": id}
    return Metric.model_validate({**about, **more})


def figure(metric: Metric, begin: date, until: date, part: int, whole: int | None = None) -> Figure:
    """`begin`, `until`: the first and the last day of the span."""
    since: date | None = begin if metric.months is None else None
    if metric.months:
        since = after(until, -metric.months) + timedelta(days=1)
    return Figure(metric, since, until, part, whole)
