"""What somebody makes of all uses beside each other: each theme leads to a risk, to an action, or is accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from triage.aims.entry import Said
from triage.outcome import Refused

FIELD = "themes"
ARROW, REASON = " => ", "accepted: "
REF = re.compile(r"AI[A-Z]-[0-9]{4}-[0-9]{4,8}")
Leads = Literal["risk", "action", "accepted"]
LEADS: tuple[Leads, ...] = ("risk", "action", "accepted")


class Led(NamedTuple):
    """`says`: the reference of what it leads to, or the reason for which it is accepted."""

    theme: str
    leads: Leads
    says: str


def to_line(led: Led) -> str:
    says = " ".join(led.says.split())
    return f"{led.theme}{ARROW}{REASON if led.leads == 'accepted' else ''}{says}"


def refs(said: Mapping[str, Said]) -> frozenset[str]:
    """Of the entries to which its themes lead."""
    return frozenset(filter(REF.fullmatch, (line.rpartition(ARROW)[2] for line in _lines(said))))


def check_themes(said: Mapping[str, Said], known: Mapping[str, str]) -> None:
    """`known`: by reference, of which kind the entries are that stand there; a theme without an end is none."""
    for line in _lines(said):
        theme, _, end = line.rpartition(ARROW)
        accepted = end.startswith(REASON) and end.removeprefix(REASON).strip()
        if not theme.strip() or not (accepted or known.get(end) in LEADS):
            raise Refused("entry_field", field=FIELD, wrong="leads")


def _lines(said: Mapping[str, Said]) -> tuple[str, ...]:
    found = said.get(FIELD)
    return tuple(each.strip() for each in found if each.strip()) if isinstance(found, tuple) else ()
