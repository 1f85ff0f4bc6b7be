"""`steward setup --system`: the management system in an hour, on the terminal; what was said so far lies in a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.cli.aimsdraft import put_file_forward
from bot.entries.colleagues import Colleagues
from bot.entries.reading import ASKED, NAME, NOT_SURE, VERSION, Find, read_field
from bot.entries.writing import to_yaml
from bot.office import Office
from intake.source import Entry, Faults, printable, read_file
from triage.aims.kinds import SEVERAL, Field, Kind, kinds
from triage.desk import Desk

FILE = Path(__file__).with_name("system.yaml")
SAID = "aims.yaml"
"""What was said so far, beside steward.yaml."""
STOPPED = 1
YES = ("yes", "y")
HEAD = """\
# What was said so far in `steward setup --system`. Run it again to go on, or change it here and put it forward:
# `steward aims draft FILE`. `not sure` leaves something open. `asked`: parts that were gone through.
"""
Ask = Callable[[str], str]
Told = dict[str, Any]


class Question(NamedTuple):
    field: str
    ask: str
    example: str


class Part(NamedTuple):
    """`more`: asks for another one, "" where there is one; `name`: of the one that is asked for."""

    kind: Kind
    about: str
    more: str
    name: str
    ask: tuple[Question, ...]


def parts() -> tuple[Part, ...]:
    told = yaml.safe_load(FILE.read_text(encoding="utf-8"))["parts"]
    return tuple(
        Part(
            kinds()[each["kind"]],
            each["about"],
            each.get("more", ""),
            each.get("name", ""),
            tuple(Question(**one) for one in each["ask"]),
        )
        for each in told
    )


def set_up(office: Office, path: Path) -> int:
    """Asks what was not asked yet, keeps every answer at once, and in the end puts all of it forward."""
    try:
        said = _known(path)
        Interview(said, path, office.desk({}), partial(_person, office)).go_through(parts())
    except (EOFError, KeyboardInterrupt):
        print(
            printable(f"\nStopped. What you said is kept in {path}; run it again to go on."), file=sys.stderr
        )
        return STOPPED
    except OSError as error:
        print(printable(f"{error.filename or path}: {error.strerror or error}."), file=sys.stderr)
        return STOPPED
    print(printable(f"\nAll of it was asked. It lies in {path}."))
    return put_file_forward(office, path)


def _person(office: Office, said: str) -> str | None:
    with office.store.read() as session:
        return Colleagues(session).person(said)


def _known(path: Path) -> Told:
    """Raises Damaged where the file cannot be read."""
    if not path.exists():
        return {"version": VERSION, ASKED: []}
    faults = Faults()
    top = read_file(path, faults)
    faults.stop_if_any()
    fields = top.fields(faults, ("version",), (ASKED, *kinds())) if top is not None else {}
    for name, at in fields.items():
        _check_shape(name, at, faults)
    faults.stop_if_any()
    said = {name: at.plain() for name, at in fields.items()}
    return {"version": VERSION, ASKED: []} | said


def _check_shape(name: str, at: Entry, faults: Faults) -> None:
    """As much as is needed to go on with it; what else is wrong is said in the end."""
    if name == ASKED:
        for each in at.value if isinstance(at.value, list) else [at]:
            each.text(faults)
    elif name in kinds():
        for each in [at] if kinds()[name].single else at.items(faults):
            if not isinstance(each.value, dict):
                faults.add(each, "must be a mapping of fields", "Write it as `field: value` lines.")


class Interview:
    """What is said is kept after each answer, so that nobody has to say it twice."""

    def __init__(self, said: Told, path: Path, desk: Desk, find: Find, ask: Ask | None = None) -> None:
        self._said, self._path, self._desk, self._find = said, path, desk, find
        self._ask = ask or input

    def go_through(self, asked: Sequence[Part]) -> None:
        print(
            "Leave empty what does not apply; say `not sure` where somebody else knows. Several things: a; b; c"
        )
        for number, part in enumerate(asked, 1):
            is_new = part.kind.id not in self._said[ASKED]
            if is_new:
                print(f"\n{number}/{len(asked)} {part.about}")
            for entry in self._entries(part, is_new=is_new):
                self._fill(part, entry, only_unsure=not is_new)
            if is_new:
                self._said[ASKED].append(part.kind.id)
                self._keep()

    def _entries(self, part: Part, *, is_new: bool) -> Any:
        """Those that are there, and new ones as long as there are more."""
        if not part.more:
            yield self._one(part, is_new=is_new)
            return
        yield from list(self._said.get(part.kind.id) or ())
        while is_new and self._ask(f"{part.more}? (yes or no, empty: no): ").strip().casefold() in YES:
            entry: Told = {}
            self._said[part.kind.id] = [*(self._said.get(part.kind.id) or ()), entry]
            yield entry

    def _one(self, part: Part, *, is_new: bool) -> Told:
        held = self._said.get(part.kind.id)
        if part.kind.single:
            found: Told = held if isinstance(held, dict) else {}
            if is_new:
                self._said[part.kind.id] = found
            return found
        mine = [each for each in held or () if each.get(NAME) == part.name]
        if not mine and is_new:
            mine = [{NAME: part.name}]
            self._said[part.kind.id] = [*(held or ()), *mine]
        return mine[0] if mine else {}

    def _fill(self, part: Part, entry: Told, *, only_unsure: bool) -> None:
        for question in part.ask:
            if question.field in entry and entry[question.field] != NOT_SURE:
                continue
            if only_unsure and question.field not in entry:
                continue
            value = self._answer(part.kind, question)
            if value is not None:
                entry[question.field] = value
            self._keep()
        needed = {each.id for each in part.kind.fields if each.needed}
        if set(entry) - {NAME}:
            entry |= dict.fromkeys(sorted(needed - entry.keys()), NOT_SURE)
        else:
            self._drop(part.kind, entry)
        self._keep()

    def _drop(self, kind: Kind, entry: Told) -> None:
        """Nothing was said of it."""
        held = self._said.get(kind.id)
        rest = [each for each in held if each is not entry] if isinstance(held, list) else []
        if rest:
            self._said[kind.id] = rest
        else:
            self._said.pop(kind.id, None)

    def _answer(self, kind: Kind, question: Question) -> Any:
        """As it stands in a file; None where nothing was said. Asks until it fits."""
        while True:
            words = self._ask(f"  {question.ask}? (e.g. {question.example}): ").strip()
            if not words or words.casefold() == NOT_SURE:
                return NOT_SURE if words else None
            faults, field = Faults(), _field(kind, question.field)
            value = _parted(field, words)
            read_field(field, _at(value, field.id), faults, self._desk, self._find)
            if not faults.found:
                return value
            for fault in faults.found:
                print(printable(f"    {fault.problem}. {fault.mend}"), file=sys.stderr)

    def _keep(self) -> None:
        unfinished = self._path.with_name(f"{self._path.name}.partial")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(to_yaml(self._said, HEAD), encoding="utf-8")
        os.replace(unfinished, self._path)


def _field(kind: Kind, id: str) -> Field:
    """A name is one line, too."""
    return kind.field(id) or Field(id=id, kind="line", needed=True)


def _parted(field: Field, words: str) -> Any:
    if field.kind == "whole" and words.isdecimal():
        return int(words)
    if field.kind not in SEVERAL:
        return words
    few = field.kind not in ("lines", "units")  # in words a comma separates nothing
    return [part.strip() for part in (words.replace(",", ";") if few else words).split(";") if part.strip()]


def _at(value: Any, field: str) -> Entry:
    if isinstance(value, list):
        value = [Entry("answer", 1, "", field, each) for each in value]
    return Entry("answer", 1, "", field, value)
