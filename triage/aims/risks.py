"""Reads how risks are weighed: scales, the matrix, who may accept what remains, and a library in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.aims.kinds import kinds
from triage.aims.standard import points
from triage.roles import SEATED

FILE = Path(__file__).with_name("risks.yaml")
STEPS = (1, 2, 3, 4, 5)
Level = Literal["low", "medium", "high", "critical"]
LEVELS: tuple[Level, ...] = get_args(Level)


class Mark(Value):
    """One of five on a scale."""

    number: int
    name: str
    words: str


class Authority(Value):
    """Who may accept what remains of a level, and for how many months at most."""

    roles: tuple[str, ...]
    months: int


class Known(Value):
    """A risk of the library. `by`: what policies call it by for a use."""

    id: str
    title: str
    scenario: str
    category: str
    affected: tuple[str, ...]
    source: str
    by: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


class Weighing(Value):
    likelihood: tuple[Mark, ...]
    impact: tuple[Mark, ...]
    matrix: tuple[tuple[Level, ...], ...]
    accepts: Mapping[Level, Authority]
    library: tuple[Known, ...]

    def level(self, likelihood: int, impact: int) -> Level:
        """Both from 1 to 5."""
        return self.matrix[likelihood - 1][impact - 1]


@cache
def weighing() -> Weighing:
    """Raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(FILE, faults)
    wanted = ("version", "likelihood", "impact", "levels", "matrix", "accepts", "library")
    top = entry.fields(faults, wanted) if entry else {}
    faults.stop_if_any()
    if tuple(top["levels"].texts(faults)) != LEVELS:
        faults.add(top["levels"], "are not the four levels from the least on", f"Write {', '.join(LEVELS)}.")
    accepts = top["accepts"].fields(faults, allowed=LEVELS)
    found = Weighing.model_construct(
        likelihood=_scale(top["likelihood"], faults),
        impact=_scale(top["impact"], faults),
        matrix=_matrix(top["matrix"], faults),
        accepts={name: _authority(each, faults) for name, each in accepts.items()},
        library=tuple(_known(each, faults) for each in top["library"].items(faults)),
    )
    faults.stop_if_any()
    return Weighing.model_validate(found.model_dump())


def known(id: str) -> Known | None:
    return next((each for each in weighing().library if each.id == id), None)


def _scale(entry: Entry, faults: Faults) -> tuple[Mark, ...]:
    given = [each.fields(faults, ("is", "name", "words")) for each in entry.items(faults)]
    marks = tuple(
        Mark(number=f["is"].whole(faults), name=f["name"].text(faults), words=f["words"].text(faults))
        for f in given
        if len(f) == len(Mark.model_fields)
    )
    if tuple(each.number for each in marks) != STEPS:
        faults.add(entry, "does not go from 1 to 5", "Name each of the five once, in order.")
    return marks


def _matrix(entry: Entry, faults: Faults) -> tuple[tuple[str, ...], ...]:
    """More likely, or worse, is never a lower level."""
    rows = tuple(tuple(str(cell.value) for cell in row.items(faults)) for row in entry.items(faults))
    if len(rows) != len(STEPS) or any(len(row) != len(STEPS) or not set(row) <= set(LEVELS) for row in rows):
        faults.add(entry, "is not five rows of five levels", f"Of {', '.join(LEVELS)}.")
        return rows
    ranks = [[LEVELS.index(cell) for cell in row] for row in rows]
    if any(line != sorted(line) for line in (*ranks, *map(list, zip(*ranks, strict=True)))):
        faults.add(entry, "falls where it gets worse", "Let levels grow along each row and each column.")
    return rows


def _authority(entry: Entry, faults: Faults) -> Authority:
    given = entry.fields(faults, ("roles", "months"))
    roles = tuple(given["roles"].texts(faults)) if "roles" in given else ()
    for role in roles:
        if role not in SEATED:
            faults.add(entry, f"`{role}` is no role that decides", did_you_mean(role, SEATED))
    return Authority(roles=roles, months=given["months"].whole(faults) if "months" in given else 0)


def _known(entry: Entry, faults: Faults) -> Known:
    given = entry.fields(
        faults, ("id", "title", "scenario", "category", "affected", "from"), ("by", "points")
    )
    risk = kinds()["risk"]
    names = ("id", "title", "scenario", "category")
    said = {name: given[name].text(faults) if name in given else "" for name in names}
    lists = {name: tuple(given[name].texts(faults)) for name in ("affected", "by", "points") if name in given}
    _check(entry, (said.get("category", ""),), risk.field("category").choices, faults)  # type: ignore[union-attr]
    _check(entry, lists.get("affected", ()), risk.field("affected").choices, faults)  # type: ignore[union-attr]
    _check(entry, lists.get("points", ()), points(), faults)
    source = given["from"].text(faults) if "from" in given else ""
    return Known.model_validate({"affected": (), **said, **lists, "source": source})


def _check(entry: Entry, said: tuple[str, ...], allowed: tuple[str, ...], faults: Faults) -> None:
    for each in said:
        if each not in allowed:
            faults.add(entry, f"`{each}` is not known here", did_you_mean(each, allowed))
