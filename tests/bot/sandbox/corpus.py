"""The corpora of valid and broken payloads, as they stand in the YAML files beside."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


def read(name: str) -> Any:
    """One file of a corpus."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def unshared(value: Any) -> Any:
    """What stands in two places of a file is two things."""
    return json.loads(json.dumps(value))


MESSAGES: dict[str, list[Any]] = unshared(read("valid/messages.yaml"))
VIEWS: dict[str, dict[str, Any]] = unshared(read("valid/views.yaml"))


@dataclass(frozen=True)
class Broken:
    """A payload with one thing wrong. `place`: the JSON pointer that the refusal has to name."""

    name: str
    payload: Any
    place: str


def broken(name: str, valid: dict[str, Any], root: str) -> Iterator[Broken]:
    """The payloads of one file, each made of a valid one by its one change."""
    for of, entry in entries(name):
        payload = made(valid[of], entry)
        what = ", ".join(f"{k} {v}"[:40] for k, v in entry.items() if k not in ("at", "place", "first"))
        yield Broken(f"{of} {entry['at']} {what}", payload, root + entry.get("place", found_at(entry)))


def at_the_limit(name: str, valid: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """For each payload that is one too long or has one too many: the longest and fullest that is still well."""
    for of, entry in entries(name):
        for size in {"long", "grow"} & set(entry):
            yield f"{of} {entry['at']}", made(valid[of], entry | {size: entry[size] - 1})


def entries(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What stands in one file, with the name of the valid payload it begins from."""
    for of, found in read(f"broken/{name}.yaml").items():
        yield from ((of, entry) for entry in found)


def made(valid: Any, entry: dict[str, Any]) -> Any:
    """A valid payload with the one change made to it."""
    payload = copy.deepcopy(valid)
    return changed(changed(payload, entry["first"]) if "first" in entry else payload, entry)


def found_at(entry: dict[str, Any]) -> str:
    """A list with something twice is wrong at its second."""
    return f"{entry['at']}/{entry['again'] + 1}" if "again" in entry else str(entry["at"])


def changed(payload: Any, entry: dict[str, Any]) -> Any:
    """A payload with the one change of an entry made to it; the payload itself may be consumed."""
    *way, last = ("whole" + entry["at"]).split("/")
    whole: Any = {"whole": payload}
    part = whole
    for step in way:
        part = part[to_key(part, step)]
    part[to_key(part, last)] = new(part[to_key(part, last)], entry)
    return whole["whole"]


def to_key(part: Any, step: str) -> Any:
    """A step of a pointer: a field's name, or a number in a list."""
    return int(step) if isinstance(part, list) else step


def new(old: Any, entry: dict[str, Any]) -> Any:
    """What stands there after the change."""
    if "long" in entry:
        return "x" * entry["long"]
    if "grow" in entry:
        more = (numbered(old[0], number) for number in range(len(old), entry["grow"]))
        return [*old[: entry["grow"]], *more]
    if "again" in entry:
        twice = copy.deepcopy(old[entry["again"]])
        if entry.get("unnamed"):
            del twice["block_id"]
        return [*old[: entry["again"] + 1], twice, *old[entry["again"] + 1 :]]
    if "without" in entry:
        return {name: part for name, part in old.items() if name != entry["without"]}
    return old | entry["add"] if "add" in entry else entry["to"]


def numbered(item: Any, number: int) -> Any:
    """A copy that differs from the others where things have to differ."""
    copied = copy.deepcopy(item)
    if isinstance(copied, dict):
        for name in ("block_id", "action_id", "value"):
            if name in copied:
                copied[name] = f"{name}{number}"
    return copied
