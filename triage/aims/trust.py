"""What customers and tenders may be told of the management system as of a day, from what is in force; pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256

from intake.value import Value
from triage.aims.control import CONTROL
from triage.aims.covered import Covered
from triage.aims.entry import TELLS, Done, Draft, Entry, Said
from triage.aims.kinds import Field
from triage.aims.outward import full_names, outward
from triage.aims.standard import standard
from triage.aims.trusted import Shape, telling
from triage.outcome import Refused

PACK, GIVEN, EXPIRES = "trust_pack", "given", "expires"
BESIDE = (Field(id=TELLS, kind="words"),)
Speak = Callable[[str], str]


class Item(Value):
    """One thing in force. `said` and `last`: by field; `name`: its title, "" where there is one of its kind."""

    name: str
    version: int
    since: date
    said: Mapping[str, tuple[str, ...]]
    last: Mapping[str, tuple[str, ...]] = {}


class Part(Value):
    kind: str
    items: tuple[Item, ...]


class Met(Value):
    """A control that is met."""

    name: str
    title: str


class Trust(Value):
    """`shown`: so many clauses and controls are shown by operation; how many are not is for nobody outside.

    `outside`: where people outside report harm, as it is set today; "" where nothing is.
    """

    as_of: date
    parts: tuple[Part, ...] = ()
    controls: tuple[Met, ...] = ()
    shown: int = 0
    outside: str = ""

    @property
    def digest(self) -> str:
        """Where no door is set it is what it was before there was one."""
        bare = None if self.outside else {"outside"}
        told = json.dumps(self.model_dump(mode="json", exclude=bare), sort_keys=True, ensure_ascii=False)
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def tells(self) -> str:
        """As it is kept; what is read from it is the same paper, in the same order."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False)

    def texts(self) -> Iterator[str]:
        """All that people wrote."""
        for each in (item for part in self.parts for item in part.items):
            yield each.name
            yield from (text for said in (each.said, each.last) for held in said.values() for text in held)
        yield from (text for each in self.controls for text in (each.name, each.title))

    def part(self, kind: str) -> tuple[Item, ...]:
        return next((each.items for each in self.parts if each.kind == kind), ())


def read(tells: str) -> Trust | None:
    """What was kept of one; None where that is nothing that can be read."""
    try:
        return Trust.model_validate_json(tells)
    except ValueError:
        return None


def parted(kind: str, said: Mapping[str, Said]) -> tuple[Mapping[str, Said], Mapping[str, Said]]:
    """What fields say, and what the version tells in full. Raises Refused where their digest and day are others."""
    if kind != PACK or TELLS not in said:
        return said, {}
    found = read(str(said[TELLS]))
    if found is None or (found.as_of.isoformat(), found.digest) != (said.get("as_of"), said.get("digest")):
        raise Refused("entry_moved")
    return {name: each for name, each in said.items() if name != TELLS}, {TELLS: said[TELLS]}


def trust(
    as_of: date,
    entries: Iterable[Entry],
    coverage: Iterable[Covered],
    names: Iterable[str],
    day: Callable[..., date],
    outside: str = "",
) -> Trust:
    """`entries`: as they were at the end of the day; `day`: on which day of the organisation a moment is."""
    every, known = sorted(entries, key=lambda each: (each.title, each.name, each.id)), full_names(names)

    def speak(text: str) -> str:
        return outward(text, known)

    parts = (
        Part(kind=shape.id, items=tuple(_items(shape, every, speak, day, as_of))) for shape in telling().parts
    )
    return Trust(
        as_of=as_of,
        parts=tuple(each for each in parts if each.items),
        controls=tuple(_controls(every, speak)),
        shown=sum(each.stage == "in_place" for each in coverage if not each.left_out),
        outside=outside,
    )


def _items(
    shape: Shape, entries: Iterable[Entry], speak: Speak, day: Callable[..., date], as_of: date
) -> Iterator[Item]:
    for entry in entries:
        held = entry.in_force
        if entry.kind != shape.id or held is None or held.since is None:
            continue
        last = _last(shape, entry)
        if shape.act and (last is None or not _good(last, as_of)):
            continue
        yield Item(
            name=speak(entry.title),
            version=held.number,
            since=day(held.since),
            said=_told(shape.fields, held, speak),
            last=_told(shape.told, last, speak) if last is not None else {},
        )


def _last(shape: Shape, entry: Entry) -> Done | None:
    """The last of them, where nothing led it back since, such as the end of a certificate."""
    done = [each for each in entry.done_now if each.act in shape.act]
    return done[-1] if done and done[-1].stage == entry.stage else None


def _good(last: Done, as_of: date) -> bool:
    """What ran out, or was not met, is no strength to tell of."""
    return str(last.said.get(EXPIRES) or as_of) >= as_of.isoformat() and last.said.get("met", "yes") == "yes"


def _told(fields: Iterable[str], of: Draft | Done, speak: Speak) -> Mapping[str, tuple[str, ...]]:
    held = ((name, of.said.get(name)) for name in fields)
    return {name: tuple(map(speak, _lines(value))) for name, value in held if value not in (None, "", ())}


def _lines(value: Said | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _controls(entries: Iterable[Entry], speak: Speak) -> Iterator[Met]:
    met = telling().controls
    held = {each.name: each for each in entries if each.kind == CONTROL and each.in_force is not None}
    for name, entry in sorted(held.items(), key=lambda each: _in_order(each[0])):
        if entry.said("applies") != "no" and entry.said("state") in met:
            point = standard().get(name)
            yield Met(name=speak(name), title=point.title if point is not None else speak(entry.title))


def _in_order(name: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in name.split("."))


def check_given(entry: Entry, act: str, said: Mapping[str, Said]) -> None:
    """What went out is what somebody else approved, by its digest."""
    held = entry.in_force
    if (entry.kind, act) == (PACK, GIVEN) and (held is None or said.get("digest") != held.said.get("digest")):
        raise Refused("entry_moved")


def has_run_out(pack: Entry, entries: Iterable[Entry], today: date) -> bool:
    """Whether a certificate that it tells of ended since its day. `entries`: as they were then."""
    as_of = pack.in_force.said.get("as_of") if pack.in_force is not None else None
    acts = {each.id: each for each in telling().parts if each.act}
    lasts = (_last(acts[each.kind], each) for each in entries if each.kind in acts)
    ends = (str(last.said[EXPIRES]) for last in lasts if last is not None and EXPIRES in last.said)
    return as_of is not None and any(str(as_of) <= end < today.isoformat() for end in ends)
