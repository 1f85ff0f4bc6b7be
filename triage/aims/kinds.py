"""Reads what the management system keeps: kinds with fields, who drafts and approves them, what is done with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.aims.standard import points
from triage.roles import SEATED

WHO = (*SEATED, "auditor")
"""An auditor decides nothing about a use, and finds, draws and proposes here."""
FILE = Path(__file__).with_name("kinds.yaml")
FieldKind = Literal[
    "words", "line", "lines", "link", "choice", "choices", "day", "whole",
    "person", "people", "role", "units", "points", "refs", "place",
]  # fmt: skip
WORDY: frozenset[FieldKind] = frozenset(("words", "line", "lines", "link", "units"))
"""What people write: it lies with the line of the trail and can be erased."""
SEVERAL: frozenset[FieldKind] = frozenset(("lines", "choices", "people", "units", "points", "refs"))
RULE = "rule"
"""In the place of a role, where no person did it."""
OF_FIELD = "field:"
"""Before the field that names who may do something."""


class Field(Value):
    id: str
    kind: FieldKind
    choices: tuple[str, ...] = ()
    needed: bool = False


class Act(Value):
    """`begins`: the stages from which it is done; `ends` the one that it leads to; `every`: so many months again."""

    id: str
    by: tuple[str, ...]
    other_than: tuple[str, ...] = ()
    begins: tuple[str, ...] = ("",)
    ends: str = ""
    every: int | None = None
    fields: tuple[Field, ...] = ()


class Recurs(Value):
    """The next one is held so many months after the day in `since`; `called`: the kind by which it is announced."""

    since: str
    months: int
    called: str


class Kind(Value):
    """`anew`: what was done with a version before counts for no other: each begins at the first stage.

    `ends`: the field that says its last day, before which whoever holds the role `keeper` hears. `looked`: nobody says
    yes to what they wrote a part of. `deep`: fields that only its long form has. `approved_if`: a field; while it says
    more than `no`, each change needs a yes, that to `no` among them.
    """

    id: str
    prefix: str = "AIM"
    single: bool = False
    named: bool = False
    points: tuple[str, ...] = ()
    proposes: tuple[str, ...] = ()
    approves: tuple[str, ...] = ()
    approvals: int = 0
    approved_if: str = ""
    review: int | None = None
    recurs: Recurs | None = None
    anew: bool = False
    either: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    anybody: tuple[str, ...] = ()
    ends: str = ""
    keeper: str = ""
    looked: bool = False
    deep: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    acts: tuple[Act, ...] = ()

    @property
    def approvers(self) -> tuple[str, ...]:
        """The roles that say yes; to what needs one only where an operator typed it in, those that draft it."""
        return self.approves or self.proposes

    def field(self, id: str) -> Field | None:
        return next((each for each in self.fields if each.id == id), None)

    def act(self, id: str) -> Act | None:
        return next((each for each in self.acts if each.id == id), None)


@cache
def kinds() -> Mapping[str, Kind]:
    """By id; raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(FILE, faults)
    top = entry.fields(faults, ("version", "kinds")) if entry else {}
    faults.stop_if_any()
    named = top["kinds"].value
    found = {
        name: _kind(name, each, faults) for name, each in (named if isinstance(named, dict) else {}).items()
    }
    faults.stop_if_any()
    return found


NEEDED, ALLOWED = (
    ("proposes", "approvals", "fields"),
    (
        *("prefix", "single", "named", "points", "approves", "review", "anew", "either", "acts"),
        *("ends", "keeper", "looked", "deep", "path", "anybody", "recurs", "approved_if"),
    ),
)


def _kind(name: str, entry: Entry, faults: Faults) -> Kind:
    given = entry.fields(faults, NEEDED, ALLOWED)
    approves = _names(given.get("approves"), faults, WHO)
    approvals = given["approvals"].whole(faults) if "approvals" in given else 0
    approved_if = given["approved_if"].text(faults) if "approved_if" in given else ""
    if bool(approves) != bool(approvals or approved_if):
        faults.add(
            entry,
            "says who approves it, and by how many not, or the other way round",
            "Say both, or neither.",
        )
    return Kind(
        id=name,
        prefix=given["prefix"].text(faults) if "prefix" in given else "AIM",
        single="single" in given and given["single"].flag(faults),
        named="named" in given and given["named"].flag(faults),
        points=_names(given.get("points"), faults, points()),
        proposes=_names(given.get("proposes"), faults, WHO),
        approves=approves,
        approvals=approvals,
        approved_if=approved_if,
        review=given["review"].whole(faults) if "review" in given else None,
        recurs=_recurs(given["recurs"], given.get("fields"), faults) if "recurs" in given else None,
        anew="anew" in given and given["anew"].flag(faults),
        either=_names(given.get("either"), faults, _ids(given.get("fields"))),
        anybody=_names(given.get("anybody"), faults, _ids(given.get("fields"))),
        path=_names(given.get("path"), faults, _ids(given.get("acts"))),
        ends=given["ends"].text(faults) if "ends" in given else "",
        keeper=given["keeper"].text(faults) if "keeper" in given else "",
        looked="looked" in given and given["looked"].flag(faults),
        deep=_names(given.get("deep"), faults, _ids(given.get("fields"))),
        fields=_fields(given.get("fields"), faults),
        acts=tuple(_act(each, given.get("fields"), faults) for each in _items(given.get("acts"), faults)),
    )


def _recurs(entry: Entry, fields: Entry | None, faults: Faults) -> Recurs | None:
    given = entry.fields(faults, ("since", "months", "called"))
    since = given["since"].text(faults) if "since" in given else ""
    if since not in _ids(fields):
        faults.add(entry, f"`{since}` is no field of it", did_you_mean(since, _ids(fields)))
    whole = len(given) == 3
    about = (
        {"since": since, "months": given["months"].whole(faults), "called": given["called"].text(faults)}
        if whole
        else {}
    )
    return Recurs.model_validate(about) if whole else None


def _ids(fields: Entry | None) -> tuple[str, ...]:
    return tuple(str(each.at("id").value) for each in fields.items(Faults())) if fields is not None else ()


def _fields(entry: Entry | None, faults: Faults) -> tuple[Field, ...]:
    return tuple(_field(each, faults) for each in _items(entry, faults))


def _field(entry: Entry, faults: Faults) -> Field:
    given = entry.fields(faults, ("id", "kind"), ("choices", "needed"))
    kind = given["kind"].text(faults) if "kind" in given else "line"
    if kind not in get_args(FieldKind):
        faults.add(entry, f"`{kind}` is no kind of field", did_you_mean(kind, get_args(FieldKind)))
        kind = "line"
    choices = tuple(given["choices"].texts(faults)) if "choices" in given else ()
    if (kind in ("choice", "choices")) != bool(choices):
        faults.add(
            entry, "has choices where none are made, or none where they are", "Give choices to a choice only."
        )
    needed = "needed" in given and given["needed"].flag(faults)
    about = {"id": given["id"].text(faults) if "id" in given else "", "kind": kind}
    return Field.model_validate({**about, "choices": choices, "needed": needed})


def _act(entry: Entry, of: Entry | None, faults: Faults) -> Act:
    given = entry.fields(faults, ("id", "by", "from", "to"), ("other_than", "every", "fields"))
    people = [f"{OF_FIELD}{each.at('id').value}" for each in _items(of, faults)]
    begins = given["from"].value if "from" in given else None
    return Act(
        id=given["id"].text(faults) if "id" in given else "",
        by=_names(given.get("by"), faults, (*WHO, RULE, *people)),
        other_than=_names(given.get("other_than"), faults, None),
        begins=tuple(str(each.value) for each in begins) if isinstance(begins, list) else (),
        ends=str(given["to"].value) if "to" in given else "",
        every=given["every"].whole(faults) if "every" in given else None,
        fields=_fields(given.get("fields"), faults),
    )


def _items(entry: Entry | None, faults: Faults) -> list[Entry]:
    return entry.items(faults) if entry is not None else []


def _names(entry: Entry | None, faults: Faults, known: tuple[str, ...] | None) -> tuple[str, ...]:
    if entry is None or entry.value == []:
        return ()
    names = entry.texts(faults)
    for name in names:
        if known is not None and name not in known:
            faults.add(entry, f"`{name}` is not known", did_you_mean(name, known))
    return tuple(names)
