"""The clauses and controls of ISO/IEC 42001:2023 by number, in our own words; the standard itself has to be bought."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from intake.source import Entry, Faults, read_file
from intake.value import Value

FILE = Path(__file__).with_name("standard.yaml")


class Wanted(Value):
    """Documented information: `maintain` is kept current, `retain` is kept as proof."""

    what: str
    kind: Literal["maintain", "retain"]


class Point(Value):
    """A clause or a control. `answered`: for the organisation, each system, or both; `theirs`: what it has to bring."""

    id: str
    kind: Literal["clause", "control"]
    title: str
    summary: str
    documents: tuple[Wanted, ...] = ()
    answered: Literal["", "organisation", "system", "both"] = ""
    theirs: str = ""
    group: str = ""


@cache
def standard() -> Mapping[str, Point]:
    """By number, clauses first, in the order of the standard; raises Damaged."""
    faults = Faults()
    entry = read_file(FILE, faults)
    top = entry.fields(faults, ("clauses", "groups", "controls")) if entry else {}
    faults.stop_if_any()
    clauses = [_clause(each, faults) for each in top["clauses"].items(faults)]
    controls = [_control(each, faults) for each in top["controls"].items(faults)]
    faults.stop_if_any()
    return {point.id: point for point in (*clauses, *controls)}


@cache
def groups() -> Mapping[str, str]:
    """The titles of the groups of controls, by number."""
    faults = Faults()
    entry = read_file(FILE, faults)
    named = (
        [each.fields(faults, ("id", "title")) for each in entry.at("groups").items(faults)] if entry else []
    )
    faults.stop_if_any()
    return {each["id"].text(faults): each["title"].text(faults) for each in named}


@cache
def points() -> tuple[str, ...]:
    return tuple(standard())


@cache
def clauses() -> tuple[Point, ...]:
    return tuple(each for each in standard().values() if each.kind == "clause")


@cache
def controls() -> tuple[Point, ...]:
    return tuple(each for each in standard().values() if each.kind == "control")


def _clause(entry: Entry, faults: Faults) -> Point:
    given = entry.fields(faults, ("id", "title", "summary"), ("documents",))
    wanted = given["documents"].items(faults) if "documents" in given else []
    said = {name: given[name].text(faults) for name in ("id", "title", "summary")}
    documents = tuple(Wanted.model_validate(each.plain()) for each in wanted)
    return Point.model_validate({**said, "kind": "clause", "documents": documents})


def _control(entry: Entry, faults: Faults) -> Point:
    given = entry.fields(faults, ("id", "title", "summary", "answered", "theirs"))
    said = {name: given[name].text(faults) for name in given}
    return Point.model_validate({**said, "kind": "control", "group": ".".join(said["id"].split(".")[:2])})
