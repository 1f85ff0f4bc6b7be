"""What a digest says of its figures: which few things to do now. Without words, and without a look at any clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.figures import Figures, LawDate

FILE = Path(__file__).with_name("digest.yaml")
MOST = 3
"""Whoever is asked for more does none of it."""
IN_USE = ("approved", "approved_with_conditions")
WAITING = ("in_review", "needs_info", "blocked")
OTHER_LAW = "other"
BUTTONS = ("", "queue", "entry")
Kind = Literal["week", "month"]
FIGURES: Mapping[str, Callable[[Figures], int]] = {
    "clocks_missed": lambda each: each.incidents.missed if each.incidents else 0,
    "clocks_soon": lambda each: each.incidents.soon if each.incidents else 0,
    "overdue": lambda each: each.stock.overdue,
    "conditions_overdue": lambda each: each.conditions.overdue,
    "reviews_overdue": lambda each: each.reviews.overdue if each.reviews else 0,
    "supplies_ended": lambda each: each.suppliers.ended if each.suppliers else 0,
    "untried": lambda each: each.suppliers.untried if each.suppliers else 0,
    "law_incomplete": lambda each: each.law[0].incomplete if each.law else 0,
    "unclaimed": lambda each: each.stock.unclaimed,
    "ownerless": lambda each: next((lack.uses for lack in each.lacks if lack.fact == "owner_id"), 0),
    "lacking": lambda each: max((lack.uses for lack in each.lacks), default=0),
}


class Thing(Value):
    """`button`: queue, or the entry of the use `ref`; none where it is empty. `fact`: which one is lacking."""

    id: str
    count: int
    button: str = ""
    ref: str = ""
    fact: str = ""


class Digest(Value):
    """`kind`: of a week, or of a month for management."""

    kind: Kind
    figures: Figures
    things: tuple[Thing, ...] = ()


class Wanted(NamedTuple):
    id: str
    figure: str
    least: int
    button: str


class Named(NamedTuple):
    day: date
    prefix: str
    name: str


class Rules(NamedTuple):
    things: tuple[Wanted, ...]
    ahead_days: int
    law: tuple[Named, ...]


@cache
def rules() -> Rules:
    return load_rules(FILE)


def load_rules(file: Path) -> Rules:
    """Raises Damaged with all its faults."""
    faults = Faults()
    entry = read_file(file, faults)
    fields = entry.fields(faults, needed=("things", "ahead_days", "law")) if entry else {}
    things = [_wanted(each, faults) for each in fields["things"].items(faults)] if "things" in fields else []
    law = [_named(each, faults) for each in fields["law"].items(faults)] if "law" in fields else []
    ahead = _number(fields.get("ahead_days"), faults, "is no number of days")
    faults.stop_if_any()
    return Rules(tuple(things), ahead, tuple(law))


def _number(entry: Entry | None, faults: Faults, otherwise: str) -> int:
    if entry is None:
        return 0
    if isinstance(entry.value, int) and entry.value > 0:
        return entry.value
    faults.add(entry, otherwise, "Write a whole number above 0.")
    return 0


def _wanted(entry: Entry, faults: Faults) -> Wanted:
    given = entry.fields(faults, needed=("id", "figure", "from"), allowed=("id", "figure", "from", "button"))
    words = {name: given[name].text(faults) for name in ("id", "figure", "button") if name in given}
    least = _number(given.get("from"), faults, "is no number")
    if words.get("figure") not in FIGURES and "figure" in given:
        faults.add(given["figure"], "is no figure", did_you_mean(words["figure"], tuple(FIGURES)))
    if words.get("button", "") not in BUTTONS:
        faults.add(given["button"], "is no button", did_you_mean(words["button"], BUTTONS[1:]))
    return Wanted(words.get("id", ""), words.get("figure", ""), least, words.get("button", ""))


def _named(entry: Entry, faults: Faults) -> Named:
    given = entry.fields(faults, needed=("day", "prefix", "name"))
    day, prefix, name = (
        given[each].text(faults) if each in given else "" for each in ("day", "prefix", "name")
    )
    try:
        return Named(date.fromisoformat(day), prefix, name)
    except ValueError:
        faults.add(entry, f"`{day[:20]}` is no day", "Write it like 2027-12-02.")
        return Named(date.min, prefix, name)


def digest(figures: Figures, kind: Kind = "week") -> Digest:
    return Digest(kind=kind, figures=figures, things=things(figures, rules()))


def things(figures: Figures, by: Rules) -> tuple[Thing, ...]:
    """The first few of the list for which there is something to do."""
    found = (
        Thing(id=each.id, count=count, button=each.button, ref=_ref(each, figures), fact=_fact(each, figures))
        for each in by.things
        if (count := FIGURES[each.figure](figures)) >= each.least
    )
    return tuple(_pressable(each) for each, _ in zip(found, range(MOST), strict=False))


def _ref(wanted: Wanted, figures: Figures) -> str:
    return figures.conditions.oldest if wanted.figure == "conditions_overdue" else ""


def _fact(wanted: Wanted, figures: Figures) -> str:
    """The one that is lacking most often."""
    most = max(figures.lacks, key=lambda lack: lack.uses, default=None)
    return most.fact if wanted.figure == "lacking" and most else ""


def _pressable(thing: Thing) -> Thing:
    """What would be opened may be confidential: then nothing can be."""
    lost = thing.button == "entry" and not thing.ref
    return thing.model_copy(update={"button": ""}) if lost else thing


def law_name(law: LawDate) -> str:
    """The short name of what begins on that day; `other` where it has none."""
    return next(
        (
            each.name
            for each in rules().law
            if each.day == law.day and any(duty.startswith(each.prefix) for duty in law.duties)
        ),
        OTHER_LAW,
    )
