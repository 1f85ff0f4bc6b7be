"""Writes entries of the management system as a file that reads back as exactly these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import yaml

from bot.entries.reading import NAME, PEOPLE, REF, VERSION
from intake.steering import STEERING
from triage.aims.entry import Entry, Said
from triage.aims.kinds import Kind, kinds

HEAD = """\
# What counts in the AI management system. Change what should change and put it forward: `steward aims draft FILE`.
# What is as it was makes no draft. `ref` says which entry is meant where its kind has several.
"""


class _Dumper(yaml.SafeDumper):
    """What would steer a terminal or turn the order of words stands written out, in quotation marks."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if STEERING.search(text) else "|" if "\n" in text.strip("\n") else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def to_yaml(tree: Mapping[str, Any], head: str = HEAD) -> str:
    text = yaml.dump(tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return head + STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def to_tree(entries: Iterable[Entry], name: Callable[[str], str]) -> dict[str, Any]:
    """`name`: how a person is called there."""
    told: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        if entry.in_force is not None:
            told.setdefault(entry.kind, []).append(_entry(entry, entry.in_force.said, name))
    rows = {kind: told[kind][0] if kinds()[kind].single else told[kind] for kind in kinds() if kind in told}
    return {"version": VERSION, **rows}


def _entry(entry: Entry, said: Mapping[str, Said], name: Callable[[str], str]) -> dict[str, Any]:
    beside = {NAME: entry.name} if entry.of.named else {} if entry.of.single else {REF: entry.ref}
    return beside | plain(entry.of, said, name)


def plain(kind: Kind, said: Mapping[str, Said], name: Callable[[str], str]) -> dict[str, Any]:
    """In the order of its fields."""
    found: dict[str, Any] = {}
    for field in kind.fields:
        value = said.get(field.id)
        if value is None:
            continue
        parts = list(value) if isinstance(value, tuple) else value
        if field.kind in PEOPLE:
            parts = [name(each) for each in parts] if isinstance(parts, list) else name(str(parts))
        found[field.id] = parts
    return found
