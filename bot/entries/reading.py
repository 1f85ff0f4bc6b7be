"""Reads entries of the management system out of a file, with every fault at once: file, line, field, what mends it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from intake.source import Entry as Source
from intake.source import Faults, did_you_mean
from triage.aims.check import LONGEST, checked
from triage.aims.entry import Said
from triage.aims.kinds import SEVERAL, Field, Kind, kinds
from triage.aims.standard import points
from triage.desk import Desk
from triage.outcome import Refused
from triage.roles import ROLES

VERSION = 1
NOT_SURE = "not sure"
"""In the place of what nobody can say yet: it is left open, and so is an entry that needs it."""
REF, NAME, ASKED = "ref", "name", "asked"
"""Beside the fields of a kind: which entry it is. And which parts were gone through (see bot.cli.system)."""
PEOPLE = ("person", "people")

Find = Callable[[str], str | None]
"""The opaque id of somebody as a file names them."""


class Stated(NamedTuple):
    """One entry as a file states it. `open`: fields of which nobody is sure yet; `at`: where it stands."""

    kind: Kind
    ref: str
    name: str
    said: Mapping[str, Said]
    open: tuple[str, ...]
    at: Source

    @property
    def is_whole(self) -> bool:
        """Whether all that it needs is said."""
        return not any(field.needed and field.id in self.open for field in self.kind.fields)

    @property
    def called(self) -> str:
        """By which people know it."""
        return str(self.said.get("title") or self.name)


def read_entries(top: Source, faults: Faults, desk: Desk, find: Find) -> list[Stated]:
    fields = top.fields(faults, ("version",), (ASKED, *kinds()))
    if "version" in fields and fields["version"].value != VERSION:
        faults.add(fields["version"], "is a version that is not known here", f"Write `version: {VERSION}`.")
    found: list[Stated] = []
    for name, kind in kinds().items():
        for each in _entries(kind, fields[name], faults) if name in fields else ():
            found.append(_stated(kind, each, faults, desk, find))
    _check_once(found, faults)
    return found


def _entries(kind: Kind, at: Source, faults: Faults) -> Iterator[Source]:
    """None where nothing is said of the kind."""
    if at.value is None or at.value == []:
        return
    yield from (at,) if kind.single else at.items(faults)


def _stated(kind: Kind, at: Source, faults: Faults, desk: Desk, find: Find) -> Stated:
    beside = (NAME,) if kind.named else () if kind.single else (REF,)
    given = at.fields(faults, beside if kind.named else (), (*beside, *(field.id for field in kind.fields)))
    said: dict[str, Said] = {}
    unsure = []
    for field in kind.fields if isinstance(at.value, dict) else ():
        here = given.get(field.id)
        if here is not None and here.value == NOT_SURE:
            unsure.append(field.id)
        elif here is not None and here.value is not None:
            value = read_field(field, here, faults, desk, find)
            said |= {field.id: value} if value is not None else {}
        elif field.needed:
            faults.add(
                here or at, f"`{field.id}` is missing", f"Add `{field.id}:`, or say `{NOT_SURE}` there."
            )
    names = {each: given[each].text(faults) for each in beside if each in given}
    return Stated(kind, names.get(REF, ""), names.get(NAME, ""), said, tuple(unsure), at)


def read_field(field: Field, at: Source, faults: Faults, desk: Desk, find: Find) -> Said | None:
    """None where it does not fit, which is a fault then."""
    before = len(faults.found)
    value = _value(field, at, faults)
    if value is not None and field.kind in PEOPLE:
        value = _people(value, at, faults, find)
    if value is None or len(faults.found) > before or not _can_be_kept(value, field, at, faults):
        return None
    try:
        return checked((field.model_copy(update={"needed": False}),), {field.id: value}, desk).get(field.id)
    except Refused as refused:
        faults.add(at, *_wrong(field, str(refused.facts.get("wrong")), value, desk))
        return None


def _value(field: Field, at: Source, faults: Faults) -> Said | None:
    if field.kind in SEVERAL:
        return tuple(at.texts(faults))
    return at.whole(faults) if field.kind == "whole" else at.text(faults)


def _people(value: Said, at: Source, faults: Faults, find: Find) -> Said | None:
    named = value if isinstance(value, tuple) else (str(value),)
    found = {each: find(each) for each in named}
    for each in [each for each, person in found.items() if person is None]:
        mend = "Write their id in Slack or their address in the people file (`steward people list`)."
        faults.add(at, f"`{each[:60]}` is nobody whom Steward has met in Slack", mend)
    people = tuple(person for person in found.values() if person is not None)
    if len(people) < len(named):
        return None
    return people if isinstance(value, tuple) else people[0]


def _can_be_kept(value: Said, field: Field, at: Source, faults: Faults) -> bool:
    """One thing a line has to stay one; and no database keeps a sign that is none."""
    parts = value if isinstance(value, tuple) else (str(value),)
    if any("\0" in each or any("\ud800" <= sign <= "\udfff" for sign in each) for each in parts):
        faults.add(at, "holds a sign that cannot be kept", "Remove it.")
        return False
    if field.kind in SEVERAL and any(len(each.strip().splitlines()) > 1 for each in parts):
        faults.add(at, *_wrong(field, "lines", value, None))
        return False
    return True


def _wrong(field: Field, wrong: str, value: Said, desk: Desk | None) -> tuple[str, str]:
    """What is wrong, and what mends it."""
    match wrong:
        case "long":
            most = LONGEST.get(field.kind, LONGEST["line"])
            return "is too long", f"Use at most {most} letters; what is longer belongs behind a link."
        case "lines":
            return "holds a line break within a line", "Write each thing by itself, as a list."
        case "day":
            return "is no day", 'Write it as "2026-08-02", in quotation marks.'
        case "link":
            return "is no link", "Write the whole address, beginning with https://."
        case "refs":
            return "holds what is no reference", "Write references alone, such as AIU-2026-0001."
        case _:
            return _unknown(field, value, desk)


def _unknown(field: Field, value: Said, desk: Desk | None) -> tuple[str, str]:
    units = desk.organisation.units if desk is not None else ()
    by_kind = {"role": ROLES, "points": tuple(points()), "units": units}
    known = by_kind.get(field.kind, field.choices)
    parts = value if isinstance(value, tuple) else (str(value),)
    other = next((each for each in parts if each not in known), "")
    return f"`{other[:60]}` is not known here", did_you_mean(other, known)


def _check_once(found: list[Stated], faults: Faults) -> None:
    """Else the second would silently take the place of the first."""
    seen: dict[tuple[str, str], int] = {}
    for each in found:
        name = each.ref or each.called
        if not name:
            continue
        if (key := (each.kind.id, name.casefold())) in seen:
            problem = f"`{name[:60]}` stands here twice (first in line {seen[key]})"
            faults.add(each.at, problem, "Remove one of them, or give it another title.")
        seen.setdefault(key, each.at.line)
