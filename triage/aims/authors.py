"""Who put a version forward, and who wrote what stands in it: several go on from each other's words."""

from __future__ import annotations

from collections.abc import Mapping

from triage.aims.entry import Entry, Said
from triage.desk import Desk

DRAFTED = "draft"
"""In the place of an act: whoever put it forward."""


def drafted_by(entry: Entry, person: str, desk: Desk) -> bool:
    """Whether they put forward the version that counts, or any after it: each goes on from the one before."""
    counts = entry.in_force.number if entry.in_force is not None else 1
    return any(each.by and desk.same(person, each.by) for each in entry.drafts if each.number >= counts)


def has_written(entry: Entry, person: str, desk: Desk) -> bool:
    """Whether anything that stands in the newest version is theirs."""
    return any(by and desk.same(person, by) for by in written_by(entry).values())


def written_by(entry: Entry) -> Mapping[str, str]:
    """By field of the newest version, who wrote what stands there now."""
    found: dict[str, str] = {}
    before: Mapping[str, Said] = {}
    for draft in entry.drafts:
        if draft.retires:
            continue
        kept = {name: found[name] for name in draft.said if name in found}
        new = {name: draft.by for name, said in draft.said.items() if before.get(name) != said}
        found, before = {**kept, **new}, draft.said
    return found
