"""What an act of some kinds has to hold beside its fields."""

from __future__ import annotations

from triage.aims import asked, trust
from triage.aims.entry import Entry, Said


def whole(entry: Entry, act: str, said: dict[str, Said]) -> dict[str, Said]:
    """As it was said. Raises Refused where something is missing, or rests on what is there no more."""
    asked.check_answer(entry, act, said)
    trust.check_given(entry, act, said)
    return said
