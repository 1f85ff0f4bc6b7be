"""Reads what the trust pack tells of each kind; what names people, references or addresses is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from intake.source import Entry, Faults, did_you_mean, read_file
from intake.value import Value
from triage.aims.kinds import Field, kinds

FILE = Path(__file__).with_name("trust.yaml")
TOLD = ("words", "line", "lines", "choice", "choices", "day", "whole")
"""Kinds of fields that may go out."""
STATES = ("done", "verified")
"""In which a control is met."""


class Shape(Value):
    """`id`: the kind. `act`: what must have been done with it last, of which `told` is said."""

    id: str
    fields: tuple[str, ...]
    act: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


class Telling(Value):
    parts: tuple[Shape, ...]
    controls: tuple[str, ...]


@cache
def telling(file: Path = FILE) -> Telling:
    """Raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(file, faults)
    top = entry.fields(faults, ("version", "controls", "parts")) if entry else {}
    faults.stop_if_any()
    found = [_shape(each, faults) for each in top["parts"].items(faults)]
    controls = _known(top["controls"], STATES, faults)
    faults.stop_if_any()
    return Telling(parts=tuple(each for each in found if each is not None), controls=controls)


def _shape(entry: Entry, faults: Faults) -> Shape | None:
    given = entry.fields(faults, ("id", "fields"), ("act", "told"))
    id = given["id"].text(faults) if "id" in given else ""
    if (kind := kinds().get(id)) is None:
        faults.add(entry, f"`{id}` is no kind", did_you_mean(id, tuple(kinds())))
        return None
    acts = _known(given.get("act"), [each.id for each in kind.acts], faults)
    of_acts = [field for name in acts if (act := kind.act(name)) is not None for field in act.fields]
    return Shape(
        id=id,
        fields=_known(given.get("fields"), _outward(kind.fields), faults),
        act=acts,
        told=_known(given.get("told"), _outward(of_acts), faults),
    )


def _outward(fields: Iterable[Field]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.id for each in fields if each.kind in TOLD))


def _known(entry: Entry | None, known: Collection[str], faults: Faults) -> tuple[str, ...]:
    if entry is None:
        return ()
    names = tuple(entry.texts(faults))
    for name in names:
        if name not in known:
            faults.add(
                entry, f"`{name}` is not known, or not for outsiders", did_you_mean(name, tuple(known))
            )
    return names
