"""What became of every set of an organisation's own rules, as `steward policy own` tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from store.enacted import Enacted, Step

OPERATOR = "an operator"


def told(enacted: Iterable[Enacted], names: Mapping[str, str]) -> Iterator[str]:
    """The first set first; `names` by opaque id."""
    for each in enacted:
        yield f"{each.digest} ({'looser in part' if each.looser else 'only stricter'})"
        for step in each.steps:
            yield f"  {step.told} {moment(step.at)} by {_who(step, names)}"
        if each.until:
            yield f"  no longer in force since {moment(each.until)}"
        if each.reason != "":
            yield f"  reason: {'(erased)' if each.reason is None else each.reason}"


def since(enacted: Iterable[Enacted], names: Mapping[str, str]) -> str:
    """When the rules that are in force came into force, and by whom."""
    standing = next(each for each in enacted if each.was_in_force and not each.until)
    step = standing.steps[-1]
    return f"{moment(step.at)} by {_who(step, names)}"


def moment(at: str) -> str:
    return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M} UTC"


def _who(step: Step, names: Mapping[str, str]) -> str:
    return names.get(step.by, step.by) if step.by else OPERATOR
