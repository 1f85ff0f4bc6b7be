"""YAML read so that every fault can be named: by file, line, id and field, all of a file at once.

Values keep the place they came from. What YAML silently turns into something else (NO, 1.10, a day) is a
fault.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import yaml

from intake.traps import is_abyss, name_trap, to_scalar
from intake.unparsed import unparsed
from intake.value import Value

_DEEPEST = 50
"""Levels within each other; no file of ours has ten."""
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BELONGS_TO_ITS_OWNER = frozenset(("choices",))  # their faults are named by the owner's id, not by their own


def printable(text: str) -> str:
    """Words out of a file must not steer the terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


class Fault(Value):
    """One thing wrong in a file, and what would mend it."""

    file: str
    line: int
    id: str
    field: str
    problem: str
    mend: str

    def __str__(self) -> str:
        where = ".".join(part for part in (self.id, self.field) if part)
        said = f"{self.file}:{self.line}: {where + ': ' if where else ''}{self.problem}. {self.mend}"
        return printable(said)


class Damaged(Exception):
    """A file that must not be used; carries everything found wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Faults:
    """Collects, so that a reader can go on after the first."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, at: Entry, problem: str, mend: str) -> None:
        self.found.append(
            Fault(file=at.file, line=at.line, id=at.id, field=at.field, problem=problem, mend=mend)
        )

    def stop_if_any(self) -> None:
        if self.found:
            raise Damaged(sorted(self.found, key=lambda fault: (fault.file, fault.line)))


@dataclass(frozen=True, slots=True)
class Entry:
    """One value and where it stands; `id` is that of the record around it, `field` the way from there."""

    file: str
    line: int
    id: str
    field: str
    value: str | int | float | bool | list[Entry] | dict[str, Entry] | None

    def plain(self) -> object:
        if isinstance(self.value, dict):
            return {key: entry.plain() for key, entry in self.value.items()}
        if isinstance(self.value, list):
            return [entry.plain() for entry in self.value]
        return self.value

    def at(self, *path: str | int) -> Entry:
        """The entry at the end of `path`, or the nearest one above it that is there."""
        here = self
        for step in path:
            below: Entry | None = None
            if isinstance(here.value, dict) and isinstance(step, str):
                below = here.value.get(step)
            elif isinstance(here.value, list) and isinstance(step, int) and 0 <= step < len(here.value):
                below = here.value[step]
            if below is None:
                return here
            here = below
        return here

    def fields(
        self, faults: Faults, needed: Iterable[str] = (), allowed: Iterable[str] = ()
    ) -> dict[str, Entry]:
        """Its fields; a missing or an unknown one is a fault, and unknown ones are left out."""
        if not isinstance(self.value, dict):
            faults.add(self, "must be a mapping of fields", "Write it as `field: value` lines.")
            return {}
        needed = tuple(needed)
        known = (*needed, *allowed)
        for name in needed:
            if name not in self.value:
                faults.add(self, f"`{name}` is missing", f"Add `{name}:`.")
        for name, entry in self.value.items():
            if name not in known:
                faults.add(entry, f"`{name}` is not a field here", did_you_mean(name, known))
        return {name: entry for name, entry in self.value.items() if name in known}

    def items(self, faults: Faults) -> list[Entry]:
        """The entries of a list that may not be empty."""
        if not isinstance(self.value, list):
            faults.add(self, "must be a list", "Write it as `[a, b]` or as lines that begin with `-`.")
            return []
        if not self.value:
            faults.add(self, "is an empty list", "Name at least one, or remove the field.")
        return self.value

    def text(self, faults: Faults) -> str:
        if isinstance(self.value, str) and self.value.strip():
            return self.value
        if isinstance(self.value, bool | int | float):
            faults.add(self, f"must be text, not {self.value}", "Put it in quotation marks.")
        else:
            faults.add(self, "must be text", "Write a text that is not empty.")
        return ""

    def texts(self, faults: Faults) -> list[str]:
        """One text, or a list of different ones."""
        if not isinstance(self.value, list):
            return [self.text(faults)]
        found: list[str] = []
        for entry in self.items(faults):
            text = entry.text(faults)
            if text and text in found:
                faults.add(entry, f"`{text}` stands here twice", "Remove one of them.")
            found.append(text)
        return found

    def flag(self, faults: Faults) -> bool:
        if isinstance(self.value, bool):
            return self.value
        faults.add(self, "must be true or false", "Write `true` or `false` without quotation marks.")
        return False

    def day(self, faults: Faults) -> date | None:
        if isinstance(self.value, str):
            try:
                return date.fromisoformat(self.value)
            except ValueError:
                pass
        faults.add(self, "must be a day", 'Write it as "2026-08-02", in quotation marks.')
        return None

    def whole(self, faults: Faults) -> int:
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        faults.add(self, "must be a whole number", "Write digits only, without quotation marks.")
        return 0


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The mend for a name that is not known: the nearest one, or all of them."""
    known = list(known)
    if near := get_close_matches(word, known, n=1, cutoff=0.6):
        return f"Did you mean `{near[0]}`?"
    return f"Known here: {', '.join(known)}." if known else "Nothing may stand here."


def read_file(path: Path, faults: Faults) -> Entry | None:
    """The content of a file with its places; None (and faults) if it cannot be read as YAML at all."""
    name = path.name
    nowhere = Entry(file=name, line=1, id="", field="", value=None)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        faults.add(nowhere, f"cannot be read ({error.strerror})", f"Put the file at {path}.")
        return None
    except UnicodeDecodeError as error:
        faults.add(nowhere, f"is not UTF-8 at byte {error.start}", "Save it as UTF-8.")
        return None
    return read_text(text, name, faults)


def read_text(text: str, file: str, faults: Faults) -> Entry | None:
    """As `read_file`, for a text that is already at hand."""
    nowhere = Entry(file=file, line=1, id="", field="", value=None)
    if is_abyss(text):
        faults.add(nowhere, f"stands more than {_DEEPEST} levels deep", "Remove the levels.")
        return None
    try:
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as error:
        line, problem, mend = unparsed(error, text)
        faults.add(Entry(file=file, line=line, id="", field="", value=None), problem, mend)
        return None
    if node is None:
        faults.add(nowhere, "is empty", "Fill it, or remove it.")
        return None
    return _Reading(file, faults).entry(node, "", "")


class _Reading:
    def __init__(self, file: str, faults: Faults) -> None:
        self._file = file
        self._faults = faults
        self._seen: set[int] = set()
        self._depth = 0

    def entry(self, node: yaml.Node, id_: str, field: str) -> Entry:
        at = Entry(file=self._file, line=node.start_mark.line + 1, id=id_, field=field, value=None)
        if id(node) in self._seen:
            # An alias may contain itself, and a few of them can stand for a billion entries.
            self._faults.add(at, "is an alias", "Write the value out; `&` and `*` are not used here.")
            return at
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, at)
        if self._depth == _DEEPEST:
            self._faults.add(at, f"stands more than {_DEEPEST} levels deep", "Remove the levels around it.")
            return at
        self._depth += 1
        whole = self._mapping(node, at) if isinstance(node, yaml.MappingNode) else self._sequence(node, at)
        self._depth -= 1
        return whole

    def _sequence(self, node: yaml.Node, at: Entry) -> Entry:
        values = [self.entry(item, *self._item_place(at, i, item)) for i, item in enumerate(node.value)]
        return Entry(at.file, at.line, at.id, at.field, values)

    def _mapping(self, node: yaml.MappingNode, at: Entry) -> Entry:
        values: dict[str, Entry] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = str(key_node.value)
            place = Entry(self._file, line, at.id, _join(at.field, key), None)
            if trap := name_trap(key_node):
                mend = f'Write "{key}" in quotation marks, or choose another name.'
                self._faults.add(place, f"the name `{key}` is read as {trap}", mend)
            if key in values:
                mend = "Remove one of them; YAML would silently keep the last."
                self._faults.add(place, f"`{key}` stands here twice (first in line {lines[key]})", mend)
                continue
            lines[key] = line
            below = self.entry(value_node, at.id, _join(at.field, key))
            # Where people look: at the name, not at its value.
            values[key] = Entry(below.file, line, below.id, below.field, below.value)
        return Entry(at.file, at.line, at.id, at.field, values)

    def _item_place(self, at: Entry, index: int, item: yaml.Node) -> tuple[str, str]:
        own = _own_id(item)
        if own is None:
            return at.id, _join(at.field, str(index + 1))
        if at.field.rpartition(".")[2] in _BELONGS_TO_ITS_OWNER:
            return at.id, _join(at.field, own)
        return own, ""

    def _scalar(self, node: yaml.Node, at: Entry) -> Entry:
        value, trap = to_scalar(node)
        if trap:
            self._faults.add(at, f"`{value}` is read as {trap}", f'Write "{value}" in quotation marks.')
        return Entry(at.file, at.line, at.id, at.field, value)


def _own_id(node: yaml.Node) -> str | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                return str(value.value)
    return None


def _join(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step
