"""The management system by the four functions of the NIST framework: each outcome rests on clauses and controls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.aims.covered import Covered, Stage
from triage.aims.standard import points

FILE = Path(__file__).with_name("functions.yaml")
SAMPLED = 3
"""References of what shows an outcome."""


class Functions(Value):
    """`outcomes`: by function and subcategory, the points it rests on. `traits`: by trait, what evaluates it."""

    outcomes: Mapping[str, Mapping[str, tuple[str, ...]]]
    traits: Mapping[str, tuple[str, ...]]

    def of_point(self, point: str) -> tuple[str, ...]:
        """The subcategories that a clause or control serves."""
        return tuple(id for each in self.outcomes.values() for id, rests in each.items() if point in rests)


class Outcome(Value):
    """`shown`: those of the points it rests on that are in place; `open`: those that are not, gaps first.

    `records`: a few of what people did; `documents`: entries that only say it, which never make it in place.
    """

    function: str
    id: str
    stage: Stage
    shown: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@cache
def functions() -> Functions:
    """Raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(FILE, faults)
    top = entry.fields(faults, ("version", "functions", "traits")) if entry else {}
    faults.stop_if_any()
    known = frozenset(points())
    outcomes = {
        function: {id: _named(each, known, faults) for id, each in _below(group)}
        for function, group in _below(top["functions"])
    }
    every = frozenset(id for each in outcomes.values() for id in each)
    traits = {trait: _named(each, every, faults) for trait, each in _below(top["traits"])}
    faults.stop_if_any()
    return Functions(outcomes=outcomes, traits=traits)


def _below(entry: Entry) -> Iterator[tuple[str, Entry]]:
    yield from (entry.value if isinstance(entry.value, dict) else {}).items()


def _named(entry: Entry, known: frozenset[str], faults: Faults) -> tuple[str, ...]:
    names = tuple(entry.texts(faults))
    for name in names:
        if name not in known:
            faults.add(entry, f"`{name}` is not known", did_you_mean(name, known))
    return names


def outcomes(found: Iterable[Covered]) -> tuple[Outcome, ...]:
    """All of them, in the order of the framework."""
    by_point = {each.point: each for each in found}
    return tuple(
        _outcome(function, id, [by_point[point] for point in rests if point in by_point])
        for function, group in functions().outcomes.items()
        for id, rests in group.items()
    )


def _outcome(function: str, id: str, rests: Sequence[Covered]) -> Outcome:
    asked = [each for each in rests if not each.left_out]
    missing = [each.point for each in asked if each.stage == "missing"]
    partly = [each.point for each in asked if each.stage == "partly"]
    samples = (ref for each in asked for one in each.evidence if one.shows for ref in one.sample)
    return Outcome(
        function=function,
        id=id,
        stage=_stage(asked, missing, partly),
        shown=tuple(each.point for each in asked if each.stage == "in_place"),
        open=(*missing, *partly),
        records=tuple(dict.fromkeys(samples))[:SAMPLED],
        documents=tuple(dict.fromkeys(ref for each in asked for ref in each.documents))[:SAMPLED],
    )


def _stage(asked: Sequence[Covered], missing: Sequence[str], partly: Sequence[str]) -> Stage:
    """In place is what rests on nothing but points that operation shows; nothing there at all is missing."""
    if not asked:
        return "left_out"
    if len(missing) == len(asked):
        return "missing"
    return "partly" if missing or partly else "in_place"
