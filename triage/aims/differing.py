"""What is said differently in a new version: field by field, and in what people wrote line by line."""

from __future__ import annotations

from difflib import SequenceMatcher

from intake.value import Value
from triage.aims.entry import Draft, Said
from triage.aims.kinds import Field, Kind

HIDDEN = "hidden:"
"""Before the number of references that are not for whoever reads, in their place."""


class Line(Value):
    """`mark`: "+" for what is new, "-" for what is gone, "" for what stays."""

    text: str
    mark: str = ""


class Told(Value):
    """A field as a version says it; `changed`: it differs from the version that counts, where there is one."""

    field: Field
    lines: tuple[Line, ...]
    changed: bool = False


def told(kind: Kind, draft: Draft, before: Draft | None) -> tuple[Told, ...]:
    """Every field in which one of the two says anything, whole. `before`: what it is laid beside."""
    found = []
    for field in kind.fields:
        now, then = lines_of(draft.said.get(field.id)), lines_of(before.said.get(field.id)) if before else ()
        if now or then:
            differs = before is not None and now != then
            lines = _marked(then, now) if differs else tuple(Line(text=each) for each in now)
            found.append(Told(field=field, lines=lines, changed=differs))
    return tuple(found)


def lines_of(said: Said | None) -> tuple[str, ...]:
    if said is None:
        return ()
    if isinstance(said, tuple):
        return said
    return tuple(line for line in str(said).splitlines() if line.strip())


def _marked(then: tuple[str, ...], now: tuple[str, ...]) -> tuple[Line, ...]:
    found: list[Line] = []
    for how, a, z, begin, end in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if how == "equal":
            found += (Line(text=each) for each in now[begin:end])
        else:
            found += (Line(text=each, mark="-") for each in then[a:z])
            found += (Line(text=each, mark="+") for each in now[begin:end])
    return tuple(found)
