"""Objectives to choose from, what is counted for them, and how what was measured moved; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from intake.source import Entry as Read
from intake.source import Faults, did_you_mean, read_file
from intake.value import Value
from triage.aims.entry import Done, Entry, Said
from triage.aims.kinds import kinds
from triage.aims.standard import points
from triage.desk import Desk
from triage.outcome import Refused

FILE = Path(__file__).with_name("objectives.yaml")
OBJECTIVE, MEASURED, COUNTS = "objective", "measured", "counts"
FIGURES = ("part", "of")
"""What was counted: no person types it."""
AS_OF = "as_of"
Form = Literal["share", "middle", "count"]


class Measure(Value):
    """`months`: it looks back so far; 0: as of the day. `rests`: on which records, in words."""

    id: str
    form: Form
    months: int
    rests: str


class Proposed(Value):
    """An objective to choose; `counts`: the measure that Steward works out, "" where people measure it."""

    id: str
    title: str
    measure: str
    target: str
    how: str
    points: tuple[str, ...]
    counts: str = ""

    def said(self) -> dict[str, Said]:
        """What stands in the window when it is chosen."""
        told: dict[str, Said] = {name: getattr(self, name) for name in ("title", "measure", "target", "how")}
        return told | ({COUNTS: self.counts} if self.counts else {})


class Counted(Value):
    """So much `part` of a `whole`; of a middle, `part` are working days and `whole` is how many decisions took them."""

    measure: str
    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """None where there is nothing to count, or it is no share. Never 100 as long as anything is missing."""
        if not self.whole or measures()[self.measure].form != "share":
            return None
        return self.part * 100 // self.whole


class Held(NamedTuple):
    """What was measured once: the day that it is of, what somebody said, and what was counted, if it was."""

    day: date
    value: str
    counted: Counted | None


class Known(Value):
    measures: Mapping[str, Measure]
    library: tuple[Proposed, ...]


@cache
def known() -> Known:
    """Raises Damaged with all faults of the file."""
    return load(FILE)


def load(file: Path) -> Known:
    faults = Faults()
    entry = read_file(file, faults)
    top = entry.fields(faults, ("version", "measures", "library")) if entry else {}
    faults.stop_if_any()
    found = {each.id: each for each in (_measure(one, faults) for one in top["measures"].items(faults))}
    field = kinds()[OBJECTIVE].field(COUNTS)
    if field is None or set(field.choices) != set(found):
        faults.add(
            top["measures"], "are not those that an objective may count", "Name the same in kinds.yaml."
        )
    library = tuple(_proposed(one, found, faults) for one in top["library"].items(faults))
    faults.stop_if_any()
    return Known(measures=found, library=library)


def measures() -> Mapping[str, Measure]:
    return known().measures


def proposed(id: str) -> Proposed | None:
    return next((each for each in known().library if each.id == id), None)


def _measure(entry: Read, faults: Faults) -> Measure:
    given = entry.fields(faults, ("id", "form", "rests"), ("months",))
    form = given["form"].text(faults) if "form" in given else "share"
    if form not in get_args(Form):
        faults.add(entry, f"`{form}` is no form of a measure", did_you_mean(form, get_args(Form)))
        form = "share"
    about = {name: given[name].text(faults) if name in given else "" for name in ("id", "rests")}
    months = given["months"].whole(faults) if "months" in given else 0
    return Measure.model_validate({**about, "form": form, "months": months})


def _proposed(entry: Read, known: Collection[str], faults: Faults) -> Proposed:
    given = entry.fields(faults, ("id", "title", "measure", "target", "how", "points"), ("counts",))
    words = ("id", "title", "measure", "target", "how", "counts")
    about = {name: given[name].text(faults) for name in words if name in given}
    named = given["points"].texts(faults) if "points" in given else []
    for name, allowed in (*((each, points()) for each in named), (about.get("counts", ""), ("", *known))):
        if name not in allowed:
            faults.add(entry, f"`{name}` is not known", did_you_mean(name, tuple(allowed)))
    return Proposed.model_validate({"counts": "", **about, "points": tuple(named)})


def measure_of(entry: Entry) -> str:
    """What Steward counts for the version that counts; "" for nothing."""
    held = entry.in_force
    return str(held.said.get(COUNTS) or "") if held is not None and entry.kind == OBJECTIVE else ""


def counted_for(entries: Collection[Entry]) -> tuple[str, ...]:
    """What there is to count for objectives that count, each once, in the order of the list."""
    wanted = {measure_of(each) for each in entries}
    return tuple(each for each in measures() if each in wanted)


def check_counted(said: Mapping[str, Said], found: Counted | None, desk: Desk) -> None:
    """What is told as counted was counted, for a day that is over; what people measured comes without figures."""
    as_of = str(said.get(AS_OF) or "")
    if as_of and as_of >= desk.day.isoformat():
        raise Refused("entry_field", field=AS_OF, wrong="not_over")
    told = tuple(said.get(name) for name in FIGURES)
    if told != ((found.part, found.whole) if found is not None and as_of else (None, None)):
        raise Refused("entry_moved")


def figures(found: Counted) -> dict[str, Said]:
    return dict(zip(FIGURES, (found.part, found.whole), strict=True))


def held(entry: Entry) -> tuple[Held, ...]:
    """What was measured, the oldest first; what was counted for another measure than now is told by its value alone."""
    found, done = [], iter(entry.done)
    for number, step in enumerate(entry.steps):
        if step.kind == "act" and (one := next(done)).act == MEASURED:
            then = Entry(id=entry.id, kind=entry.kind, name=entry.name, steps=entry.steps[:number])
            day = date.fromisoformat(str(one.said.get(AS_OF) or one.at.date().isoformat()))
            counted = _counted(one, measure_of(entry)) if measure_of(then) == measure_of(entry) else None
            found.append(Held(day, str(one.said.get("value") or ""), counted))
    return tuple(found)


def _counted(done: Done, measure: str) -> Counted | None:
    part, whole = (done.said.get(name) for name in FIGURES)
    if not measure or not isinstance(part, int) or not isinstance(whole, int):
        return None
    return Counted(measure=measure, part=part, whole=whole)
