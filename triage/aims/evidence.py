"""Reads which records show that a clause or a control is lived, and what comes next where they do not."""

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

FILE = Path(__file__).with_name("evidence.yaml")
By = Literal["people", "anyone", "owner", "machine"]
BEGINS = ENDS = "*"
"""At the end of a value: what begins like this; at its beginning: what ends like this."""
TRUE = "yes"
TOP = ("version", "months", "plans", "lists", "looks", "sources", "points")


class Lines(Value):
    """Lines of the trail. `detail`: one of these values under each name; `least`: a number of at least so much."""

    what: str
    detail: Mapping[str, tuple[str, ...]] = {}
    least: Mapping[str, int] = {}

    def fit(self, detail: Mapping[str, object]) -> bool:
        return all(_one_of(detail.get(name), wanted) for name, wanted in self.detail.items()) and all(
            _as_many(detail.get(name), wanted) for name, wanted in self.least.items()
        )


class Acts(Value):
    """What people did with entries that count. `names`: only with those that name one of these points themselves."""

    kinds: tuple[str, ...]
    acts: tuple[str, ...]
    names: tuple[str, ...] = ()


class Approved(Value):
    """A yes in the role `by` to the version that counts; `again`: one that is not the first of its entry."""

    kinds: tuple[str, ...]
    by: str = ""
    again: bool = False


class Source(Value):
    """`sent`: what the clock sends, by the beginning of its key. What a `machine` did is told, and never enough."""

    id: str
    title: str
    by: By = "people"
    lines: tuple[Lines, ...] = ()
    acts: Acts | None = None
    approved: Approved | None = None
    sent: str = ""


class Rests(Value):
    """On what a point rests. `needs`: without each of these it is not in place; `document`: nor without an entry.

    `on_time`: nor while an entry of these kinds waits past its day.
    """

    point: str
    shows: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    document: bool = False
    on_time: tuple[str, ...] = ()
    months: int
    next: str


class Plan(Value):
    """`plans`: kinds of entries that say what shall be, and so document nothing; `lists`: those that name points."""

    sources: Mapping[str, Source]
    rests: Mapping[str, Rests]
    plans: frozenset[str]
    lists: frozenset[str]
    looks: tuple[str, ...] = ()
    """Sources, done with entries that name points, that show that somebody else looked at what owners said of these."""


def _one_of(held: object, wanted: tuple[str, ...]) -> bool:
    """Of a list, any of it."""
    said = held if isinstance(held, list | tuple) else (held,)
    return any(_like(TRUE if one is True else str(one), each) for one in said for each in wanted)


def _like(said: str, wanted: str) -> bool:
    if wanted.startswith(ENDS):
        return said.endswith(wanted[1:])
    return said.startswith(wanted[:-1]) if wanted.endswith(BEGINS) else said == wanted


def _as_many(held: object, wanted: int) -> bool:
    return isinstance(held, int) and not isinstance(held, bool) and held >= wanted


@cache
def plan(file: Path = FILE) -> Plan:
    """Raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(file, faults)
    top = entry.fields(faults, TOP) if entry else {}
    faults.stop_if_any()
    found = [_source(each, faults) for each in top["sources"].items(faults)]
    sources = {each.id: each for each in found}
    if len(sources) < len(found):
        faults.add(top["sources"], "two sources have the same id", "Give each an id of its own.")
    months = top["months"].whole(faults)
    named = top["points"].value
    given = named if isinstance(named, dict) else {}
    for missing in [each for each in points() if each not in given]:
        faults.add(top["points"], f"`{missing}` is missing", "Say on what it rests and what comes next.")
    rests = {name: _rests(name, each, sources, months, faults) for name, each in given.items()}
    for name in rests.keys() - set(points()):
        faults.add(top["points"], f"`{name}` is no clause or control", did_you_mean(name, points()))
    used = {name for each in rests.values() for name in each.shows}
    for name in sorted(sources.keys() - used):
        faults.add(top["sources"], f"`{name}` shows nothing", "Name it at a point, or leave it out.")
    plans, lists = (frozenset(_known(top[name], kinds(), faults)) for name in ("plans", "lists"))
    looks = _known(top["looks"], tuple(sources), faults)
    faults.stop_if_any()
    kept = {name: rests[name] for name in points()}
    return Plan(sources=sources, rests=kept, plans=plans, lists=lists, looks=looks)


def _source(entry: Entry, faults: Faults) -> Source:
    ways = ("lines", "acts", "approved", "renewed", "sent")
    given = entry.fields(faults, ("id", "title"), ("by", *ways))
    if not any(name in given for name in ways):
        faults.add(entry, "says of no record", f"Write one of {', '.join(ways)}.")
    by = given["by"].text(faults) if "by" in given else "people"
    if by not in get_args(By):
        faults.add(entry, f"`{by}` is nobody", did_you_mean(by, get_args(By)))
        by = "people"
    told: dict[str, object] = {"id": given["id"].text(faults) if "id" in given else "", "by": by}
    told["title"] = given["title"].text(faults) if "title" in given else ""
    if "lines" in given:
        told["lines"] = tuple(_lines(each, faults) for each in given["lines"].items(faults))
    if "acts" in given:
        told["acts"] = _acts(given["acts"], faults)
    if "approved" in given:
        fields = given["approved"].fields(faults, ("kinds", "as"))
        role = _known(fields["as"], SEATED, faults)[0] if "as" in fields else ""
        told["approved"] = Approved(kinds=_kinds(fields.get("kinds"), faults), by=role)
    if "renewed" in given:
        fields = given["renewed"].fields(faults, ("kinds",))
        told["approved"] = Approved(kinds=_kinds(fields.get("kinds"), faults), again=True)
    if "sent" in given:
        told["sent"] = given["sent"].text(faults)
    return Source.model_validate(told)


def _lines(entry: Entry, faults: Faults) -> Lines:
    given = entry.fields(faults, ("what",), ("detail", "least"))
    detail = given["detail"].value if "detail" in given else {}
    least = given["least"].value if "least" in given else {}
    return Lines(
        what=given["what"].text(faults) if "what" in given else "",
        detail={name: tuple(each.texts(faults)) for name, each in detail.items()}
        if isinstance(detail, dict)
        else {},
        least={name: each.whole(faults) for name, each in least.items()} if isinstance(least, dict) else {},
    )


def _acts(entry: Entry, faults: Faults) -> Acts:
    given = entry.fields(faults, ("kinds", "acts"), ("names",))
    of = _kinds(given.get("kinds"), faults)
    known = [act.id for name in of for act in kinds()[name].acts]
    named = _known(given["names"], points(), faults) if "names" in given else ()
    return Acts(kinds=of, acts=_known(given["acts"], known, faults) if "acts" in given else (), names=named)


def _kinds(entry: Entry | None, faults: Faults) -> tuple[str, ...]:
    return tuple(name for name in _known(entry, kinds(), faults) if name in kinds()) if entry else ()


def _known(
    entry: Entry, known: Mapping[str, object] | tuple[str, ...] | list[str], faults: Faults
) -> tuple[str, ...]:
    names = entry.texts(faults) if isinstance(entry.value, list) else [entry.text(faults)]
    for name in names:
        if name not in known:
            faults.add(entry, f"`{name}` is not known", did_you_mean(name, known))
    return tuple(names)


def _rests(name: str, entry: Entry, sources: Mapping[str, Source], months: int, faults: Faults) -> Rests:
    given = entry.fields(faults, ("next",), ("shows", "needs", "document", "months", "on_time"))
    shows, needs = (
        _known(given[each], tuple(sources), faults) if each in given else () for each in ("shows", "needs")
    )
    for each in needs:
        if each not in shows:
            faults.add(entry, f"needs `{each}` and does not show it", "Name it under `shows`, too.")
        elif each in sources and sources[each].by == "machine":
            faults.add(entry, f"needs `{each}`, which a machine does alone", "Need what people do.")
    return Rests(
        point=name,
        shows=shows,
        needs=needs,
        on_time=_kinds(given.get("on_time"), faults),
        document="document" in given and given["document"].flag(faults),
        months=given["months"].whole(faults) if "months" in given else months,
        next=given["next"].text(faults) if "next" in given else "",
    )
