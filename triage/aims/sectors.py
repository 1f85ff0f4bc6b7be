"""Sector packs: policies that are on while an entry says so that somebody proposed and somebody else agreed to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from intake.source import Faults, read_file
from intake.value import Value
from triage.aims.entry import Entry, Said
from triage.policies import SECTORS

FILE = Path(__file__).with_name("sectors.yaml")
KIND = "sector_pack"
PREFIX = "sector-"
CHOSEN = "list:"
"""Before what was chosen, in the place of an entry."""
_WORD = re.compile(r"\w+")


class Pack(Value):
    """`words`: how words of the sector begin that suggest it. `public_body`: also suggested to whoever is one."""

    id: str
    words: tuple[str, ...]
    public_body: bool = False

    @property
    def policy(self) -> str:
        return f"{PREFIX}{self.id}"


@cache
def packs() -> Mapping[str, Pack]:
    """By id, in the order of the policies; raises Damaged with all faults of the file."""
    faults = Faults()
    entry = read_file(FILE, faults)
    top = entry.fields(faults, ("version", "packs")) if entry else {}
    faults.stop_if_any()
    ids = tuple(each.removeprefix(PREFIX) for each in SECTORS)
    named = top["packs"].fields(faults, ids)
    found = {}
    for id, each in named.items():
        given = each.fields(faults, ("words",), ("public_body",))
        found[id] = Pack(
            id=id,
            words=tuple(given["words"].texts(faults)) if "words" in given else (),
            public_body="public_body" in given and given["public_body"].flag(faults),
        )
    faults.stop_if_any()
    return {id: found[id] for id in ids}


def suggested(sector: str | None, public_body: bool | None) -> tuple[Pack, ...]:
    """What the organisation said of itself makes worth a look."""
    said = _WORD.findall((sector or "").casefold())
    return tuple(
        each
        for each in packs().values()
        if (each.public_body and public_body)
        or any(word.startswith(beginning) for word in said for beginning in each.words)
    )


def switched_on(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The policies of the packs that count, in their order."""
    on = {str(each.in_force.said.get("pack")) for each in entries if each.in_force is not None}
    return tuple(pack.policy for pack in packs().values() if pack.id in on)


def begun(kind: str, choice: str) -> Mapping[str, Said]:
    """What stands in the window of one that was chosen from the list."""
    id = choice.removeprefix(CHOSEN)
    if kind != KIND or not choice.startswith(CHOSEN) or id not in packs():
        return {}
    return {"pack": id}
