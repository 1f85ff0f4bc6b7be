"""The files of one policy as they were read, before anything in them is understood."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from intake.source import Damaged, Entry, Faults, did_you_mean, read_text
from intake.texts import load_texts
from triage.rules import Level

KINDS = ("action", "approver", "control", "threat", "outcome", "risk")
"""What a use may call for."""
TASK = "task"
"""What may have to exist before it moves on."""
TIERS = ("low", "medium", "high", "very high")
"""What the numbers of a tier mean."""
HEAD = ("name", "version", "title", "effective", "source")


class Source:
    """`digest` is that of the content, comments and layout left out; the terms it shares with others are part of it."""

    def __init__(self, folder: Path, name: str, shared: Entry | None, faults: Faults) -> None:
        self.name = name
        head = needed(folder, f"{name}/policy.yaml", faults)
        self.head = head.fields(faults, HEAD, ("results", "flags", "things")) if head else {}
        rules = optional(folder, f"{name}/rules.yaml", faults)
        duties = optional(folder, f"{name}/duties.yaml", faults)
        calls = optional(folder, f"{name}/calls.yaml", faults)
        self.rules = rules.items(faults) if rules else []
        self.duties = duties.items(faults) if duties else []
        seats = optional(folder, f"{name}/seats.yaml", faults)
        gates = optional(folder, f"{name}/gates.yaml", faults)
        self.calls = calls.items(faults) if calls else []
        self.seats = seats.items(faults) if seats else []
        self.gates = gates.items(faults) if gates else []
        if not (self.rules or self.calls or self.gates):
            needed(folder, f"{name}/rules.yaml", faults)
        self.things = dict(_things(self.head, faults))
        spoken = [entry.id for entry in (*self.rules, *self.duties, *self.calls, *self.seats, *self.gates)]
        spoken += [to_key(kind, thing) for kind, things in self.things.items() for thing in things]
        self.texts = _texts(folder, name, spoken, faults)
        plain: tuple[object, ...] = (
            {key: entry.plain() for key, entry in self.head.items()},
            [entry.plain() for entry in self.rules],
            [entry.plain() for entry in self.duties],
            self.texts,
            shared.plain() if shared else None,
        )
        # What had none of these keeps the digest under which records name it.
        for later in filter(None, (self.calls, self.seats, self.gates)):
            plain = (*plain, [entry.plain() for entry in later])
        self.digest = sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def to_key(kind: str, thing: str) -> str:
    """Under which the words for a thing stand among the texts."""
    return f"{kind}.{thing}"


def _things(head: Mapping[str, Entry], faults: Faults) -> Iterator[tuple[str, tuple[str, ...]]]:
    if "things" in head:
        for kind, below in head["things"].fields(faults, (), (*KINDS, TASK)).items():
            yield kind, tuple(each.text(faults) for each in below.items(faults))


def optional(folder: Path, file: str, faults: Faults) -> Entry | None:
    """A file below the folder, named in faults by its way from there; None if there is none."""
    path = folder / file
    if not path.is_file():
        return None
    try:
        return read_text(path.read_text("utf-8-sig"), file, faults)
    except UnicodeDecodeError as error:
        nowhere = Entry(file=file, line=1, id="", field="", value=None)
        faults.add(nowhere, f"is not UTF-8 at byte {error.start}", "Save it as UTF-8.")
        return None


def needed(folder: Path, file: str, faults: Faults) -> Entry | None:
    if not (folder / file).is_file():
        nowhere = Entry(file=file, line=1, id="", field="", value=None)
        faults.add(nowhere, "is missing", f"Put the file at {folder / file}.")
    return optional(folder, file, faults)


def _texts(folder: Path, name: str, ids: Iterable[str], faults: Faults) -> Mapping[str, Mapping[str, str]]:
    """English must have every sentence; another language may have some of them."""
    found = {}
    languages = {path.name.split(".")[1] for path in (folder / name).glob("rules.*.yaml")} | {"en"}
    for language in sorted(languages):
        ids = tuple(ids)
        try:
            texts = load_texts(
                folder / name, "rules", language, needed=ids if language == "en" else (), known=ids
            )
            found[language] = dict(texts.by_key)
        except Damaged as damaged:
            faults.found += [
                each.model_copy(update={"file": f"{name}/{each.file}"}) for each in damaged.faults
            ]
    return found


def level(entry: Entry, faults: Faults) -> Level:
    """A level is a word, or a number like that of a tier."""
    return entry.value if type(entry.value) is int else entry.text(faults)


def no_level(wanted: Level, result: str, levels: Sequence[Level]) -> tuple[str, str]:
    """What is wrong with a level that `result` does not know, and the mend."""
    told = ", ".join(map(str, levels))
    if isinstance(wanted, str) and wanted in map(str, levels):
        return f'"{wanted}" is text, not a number', f"Write {wanted} without quotation marks."
    if tuple(levels) == tuple(range(1, len(TIERS) + 1)):
        told = ", ".join(f"{level} ({name})" for level, name in zip(levels, TIERS, strict=True))
        return f"`{wanted}` is not a level of `{result}`", f"Write a number: {told}."
    return f"`{wanted}` is not a level of `{result}`", did_you_mean(str(wanted), map(str, levels))


def day(entry: Entry, faults: Faults) -> date:
    try:
        return date.fromisoformat(entry.text(faults))
    except ValueError:
        faults.add(entry, f"`{entry.value}` is not a day", 'Write it like "2026-12-02".')
        return date.min
