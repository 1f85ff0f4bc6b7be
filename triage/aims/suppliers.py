"""Reads from which tier on suppliers are assessed, by whom which part, and whose end has uses looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from intake.source import Entry, Faults, read_file
from intake.value import Value
from triage.aims.kinds import kinds
from triage.roles import SEATED

FILE = Path(__file__).with_name("suppliers.yaml")
NAME = "supplier"
"""The policy that switches it on."""
NEEDED = ("version", "waits_from", "long_from", "parts", "short", "review_by", "heavy")


class Suppliers(Value):
    """`parts`: by role, the fields that it is asked for. `short`: what the short form needs before it is looked at.

    `heavy`: from so many approved uses on the digest names the tool that most hang on.
    """

    waits_from: int
    long_from: int
    parts: Mapping[str, tuple[str, ...]]
    short: tuple[str, ...]
    review_by: tuple[str, ...]
    heavy: int


@cache
def suppliers(file: Path = FILE) -> Suppliers:
    """Raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(file, faults)
    top = entry.fields(faults, NEEDED) if entry else {}
    faults.stop_if_any()
    fields = frozenset(each.id for each in kinds()["supplier"].fields)
    what = kinds()["supplier_paper"].field("what")
    parts = top["parts"].fields(faults, (), SEATED)
    found = Suppliers(
        waits_from=_tier(top["waits_from"], faults),
        long_from=_tier(top["long_from"], faults),
        parts={role: _known(each, fields, faults) for role, each in parts.items()},
        short=_known(top["short"], fields, faults),
        review_by=_known(top["review_by"], frozenset(what.choices if what else ()), faults),
        heavy=top["heavy"].whole(faults),
    )
    faults.stop_if_any()
    return found


def _tier(entry: Entry, faults: Faults) -> int:
    tier = entry.whole(faults)
    if not 1 <= tier <= 4:
        faults.add(entry, "is not a tier", "Name 1, 2, 3 or 4.")
    return tier


def _known(entry: Entry, known: frozenset[str], faults: Faults) -> tuple[str, ...]:
    names = tuple(entry.texts(faults))
    for name in names:
        if name not in known:
            faults.add(entry, f"`{name}` is not known", f"Name some of {', '.join(sorted(known))}.")
    return names
