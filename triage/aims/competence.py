"""What whoever holds a role has to know: noted of each by somebody else, with what shows it. Silence is a gap."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from triage.aims.entry import Done, Entry, Said
from triage.desk import Desk
from triage.outcome import Refused

KIND = "competence"
HAS, LACKS = "has_it", "lacks_it"
State = Literal["has", "open", "late", "waits"]


def check_noted(entry: Entry, act: str, said: Mapping[str, Said], person: str, desk: Desk) -> None:
    """Nobody says of themselves what they can do."""
    if entry.kind == KIND and act in (HAS, LACKS) and desk.same(str(said.get("whose") or ""), person):
        raise Refused("skills_own")


def noted(entry: Entry, person: str) -> Done | None:
    """What was said of somebody last."""
    return next((each for each in reversed(entry.done) if each.said.get("whose") == person), None)


def skill(last: Done | None, today: date) -> State:
    """A record that ran out shows nothing any more."""
    if last is None or last.act != HAS:
        return "open"
    until = last.said.get("until")
    return "late" if until and date.fromisoformat(str(until)) < today else "has"
