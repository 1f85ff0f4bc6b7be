"""What the register shows that went against its own rules, by data; whether it is so, people say."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from intake.source import Entry as Read
from intake.source import Faults, did_you_mean, read_file
from intake.value import Value
from triage.aims.kinds import kinds
from triage.aims.standard import points

FILE = Path(__file__).with_name("arising.yaml")
Of = Literal["review", "condition", "clock", "incident", "decision", "action", "owner", "test", "training"]
HAPPENED: frozenset[Of] = frozenset(("clock", "incident"))
"""What happened stays so, and is told once; the rest lasts until somebody puts an end to it."""
FEW = 5
"""Of one rule are put forward one by one; more of them are one nonconformity."""


class Rule(Value):
    """`days`: how long over its day something has to be; `level`: from which severity on, of incidents."""

    id: str
    of: Of
    days: int = 0
    level: str = ""
    weight: str
    source: str
    points: tuple[str, ...]


class Matter(Value):
    """One thing of the register that may be one: since when it is late, or happened; `level` of an incident."""

    of: Of
    ref: str
    about: str
    since: date
    level: str = ""
    owner: str | None = None


class Arising(Value):
    """`key` is the same for the same matter, so that it is put forward once."""

    rule: Rule
    matter: Matter

    @property
    def key(self) -> str:
        return f"{self.rule.id}:{self.matter.about}:{self.matter.ref}:{self.matter.since.isoformat()}"


class Together(Value):
    """Many matters of one rule as one, the longest ago first. `holds`: keys that are told with it for good."""

    rule: Rule
    matters: tuple[Matter, ...]
    key: str
    holds: tuple[str, ...] = ()


@cache
def rules() -> tuple[Rule, ...]:
    """Raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(FILE, faults)
    top = entry.fields(faults, ("version", "rules")) if entry else {}
    faults.stop_if_any()
    found = tuple(_rule(each, faults) for each in top["rules"].items(faults))
    faults.stop_if_any()
    return found


def _rule(entry: Read, faults: Faults) -> Rule:
    given = entry.fields(faults, ("id", "of", "weight", "source", "points"), ("days", "level"))
    said = {name: given[name].text(faults) for name in given if name not in ("days", "points")}
    shape = kinds()["nonconformity"]
    known = {"of": get_args(Of)} | {
        name: field.choices for name in ("weight", "source") if (field := shape.field(name)) is not None
    }
    for name, allowed in known.items():
        if said.get(name) not in allowed:
            faults.add(entry, f"`{said.get(name)}` is not known", did_you_mean(said.get(name, ""), allowed))
    named = tuple(given["points"].texts(faults)) if "points" in given else ()
    if not set(named) <= set(points()):
        faults.add(entry, "names a point that the standard has not", "Write clauses and controls.")
    days = given["days"].whole(faults) if "days" in given else 0
    faults.stop_if_any()
    return Rule.model_validate({**said, "days": days, "points": named})


def arising(matters: Iterable[Matter], today: date, levels: tuple[str, ...]) -> tuple[Arising, ...]:
    """`levels`: severities from the least on. Each matter by the first rule that it falls under."""
    found = []
    for matter in matters:
        rule = next((each for each in rules() if _falls(each, matter, today, levels)), None)
        if rule is not None:
            found.append(Arising(rule=rule, matter=matter))
    return tuple(found)


def days_of(of: Of) -> int:
    """Over its day before any rule looks at it."""
    return min((rule.days for rule in rules() if rule.of == of), default=0)


def to_put_forward(
    found: Iterable[Arising], told: Collection[str], today: date
) -> tuple[Arising | Together, ...]:
    """What of it is new. `told`: the keys of what was put forward before.

    Of what lasts, many are told of once a month as long as they last, and then stand for all of their rule.
    """
    by_rule: dict[str, list[Arising]] = {}
    for each in found:
        by_rule.setdefault(each.rule.id, []).append(each)
    return tuple(one for each in by_rule.values() for one in _of_rule(each, told, today))


def _of_rule(found: list[Arising], told: Collection[str], today: date) -> Iterable[Arising | Together]:
    rule = found[0].rule
    once = rule.of in HAPPENED
    key = f"{rule.id}:{today.isoformat() if once else f'{today:%Y-%m}'}"
    new = [each for each in found if each.key not in told]
    many = new if once else found
    if not new or (key in told and (not once or len(new) > FEW)):
        return ()
    if len(many) <= FEW:
        return new
    matters = sorted((each.matter for each in many), key=lambda each: (each.since, each.ref))
    holds = tuple(each.key for each in new) if once else ()
    return (Together(rule=rule, matters=tuple(matters), key=key, holds=holds),)


def _falls(rule: Rule, matter: Matter, today: date, levels: tuple[str, ...]) -> bool:
    if rule.of != matter.of or matter.since + timedelta(days=rule.days) > today:
        return False
    if not rule.level:
        return True
    return matter.level in levels and levels.index(matter.level) >= levels.index(rule.level)
