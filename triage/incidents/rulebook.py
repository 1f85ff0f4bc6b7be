"""Reads the rules of severity and of the law's classes, and the clocks; everything wrong with them is said at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from intake.condition import Condition
from intake.grammar import Vocabulary, parse_condition
from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.incidents.asked import questions
from triage.incidents.incident import Kind
from triage.roles import SEATED

HERE = Path(__file__).parent
CLASSES = ("serious", "breach")
STATED: Mapping[str, frozenset[str] | None] = {
    "kind": frozenset(kind.value for kind in Kind),
    "eu": frozenset(("out_of_scope", "minimal", "limited", "high", "prohibited")),
    **dict.fromkeys(CLASSES, frozenset(("yes", "no"))),
}
"""What a condition may look at beside the answers."""
SINCE_EVER = date(2000, 1, 1)


class Rule(Value):
    id: str
    when: Condition
    source: str
    level: str = ""


class Class(Value):
    """What only holders of `role` decide."""

    id: str
    role: str
    when: Condition
    source: str


class Clock(Value):
    """`hours` from awareness, 0 for at once, None where the term stands elsewhere; `to`: who has to be told."""

    id: str
    law: str
    to: str
    role: str
    hours: int | None
    since: date
    when: Condition
    source: str


class Reminders(Value):
    shares: tuple[int, ...]
    hours_before: tuple[int, ...]
    at_once_after: tuple[int, ...]
    without_term_after: tuple[int, ...]
    late_after: tuple[int, ...]
    escalate_share: int
    escalate_hours_before: int
    escalate_at_once_after: int


class Book(Value):
    """`raising` and `lowering` move what the rules found by one level."""

    levels: tuple[str, ...]
    rules: tuple[Rule, ...]
    raising: tuple[Rule, ...]
    lowering: tuple[Rule, ...]
    classes: tuple[Class, ...]
    answered_within: Mapping[str, int]
    lessons_from: str
    clocks: tuple[Clock, ...]
    reminders: Reminders

    def at_least(self, level: str, than: str) -> bool:
        return self.levels.index(level) >= self.levels.index(than)


@cache
def book(folder: Path = HERE) -> Book:
    """Raises Damaged with all faults of both files."""
    faults = Faults()
    severity, clocks = (read_file(folder / name, faults) for name in ("severity.yaml", "clocks.yaml"))
    faults.stop_if_any()
    told = {**_severity(severity, faults), **_clocks(clocks, faults)} if severity and clocks else {}
    faults.stop_if_any()
    return Book.model_validate(told)


def _words() -> Vocabulary:
    return Vocabulary(questions(), STATED)


def _severity(entry: Entry, faults: Faults) -> dict[str, object]:
    names = ("levels", "rules", "raise", "lower", "classes", "answered_within", "lessons_from")
    fields = entry.fields(faults, names)
    if len(fields) < len(names):
        return {}
    levels = tuple(fields["levels"].texts(faults))
    return {
        "levels": levels,
        "rules": [_rule(each, levels, faults) for each in fields["rules"].items(faults)],
        "raising": [_rule(each, (), faults) for each in fields["raise"].items(faults)],
        "lowering": [_rule(each, (), faults) for each in fields["lower"].items(faults)],
        "classes": [_class(each, faults) for each in fields["classes"].items(faults)],
        "answered_within": {
            name: held.whole(faults)
            for name, held in fields["answered_within"].fields(faults, levels).items()
        },
        "lessons_from": _known(fields["lessons_from"], levels, faults),
    }


def _rule(entry: Entry, levels: tuple[str, ...], faults: Faults) -> dict[str, object]:
    needed = ("id", "when", "source", *(("level",) if levels else ()))
    fields = entry.fields(faults, needed)
    if len(fields) < len(needed):
        return {}
    level = _known(fields["level"], levels, faults) if levels else ""
    return _common(fields, faults) | {"level": level}


def _class(entry: Entry, faults: Faults) -> dict[str, object]:
    fields = entry.fields(faults, ("id", "role", "when", "source"))
    if len(fields) < 4:
        return {}
    _known(fields["id"], CLASSES, faults)
    return _common(fields, faults) | {"role": _known(fields["role"], SEATED, faults)}


def _common(fields: Mapping[str, Entry], faults: Faults) -> dict[str, object]:
    return {
        "id": fields["id"].text(faults),
        "source": fields["source"].text(faults),
        "when": parse_condition(fields["when"], faults, _words()),
    }


def _clocks(entry: Entry, faults: Faults) -> dict[str, object]:
    fields = entry.fields(faults, ("clocks", "reminders"))
    if len(fields) < 2:
        return {}
    numbers = fields["reminders"].fields(faults, Reminders.model_fields)
    many = {
        name: [each.whole(faults) for each in held.items(faults)]
        if name in ("shares", "hours_before", "at_once_after", "without_term_after", "late_after")
        else held.whole(faults)
        for name, held in numbers.items()
    }
    found = [_clock(each, faults) for each in fields["clocks"].items(faults)]
    ids = [each.get("id") for each in found]
    for twice in {id for id in ids if ids.count(id) > 1}:
        faults.add(fields["clocks"], f"`{twice}` stands here twice", "Give one of them another id.")
    return {"clocks": found, "reminders": many}


def _clock(entry: Entry, faults: Faults) -> dict[str, object]:
    needed = ("id", "law", "to", "role", "since", "when", "source")
    fields = entry.fields(faults, needed, ("hours",))
    if len(fields.keys() - {"hours"}) < len(needed):
        return {}
    return _common(fields, faults) | {
        "law": fields["law"].text(faults),
        "to": fields["to"].text(faults),
        "role": _known(fields["role"], SEATED, faults),
        "hours": fields["hours"].whole(faults) if "hours" in fields else None,
        "since": fields["since"].day(faults) or SINCE_EVER,
    }


def _known(entry: Entry, known: tuple[str, ...], faults: Faults) -> str:
    said = entry.text(faults)
    if said and said not in known:
        faults.add(entry, f"`{said}` is none of the words here", did_you_mean(said, known))
    return said
