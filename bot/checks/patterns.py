"""What is approved beforehand, as it stands: what counts, what waits for a second person, and what is about to end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.finding import Finding
from store import patterns
from store.engine import Store
from store.errors import Unavailable
from triage.pattern import Known, ends_soon, state

MEND = "It is on the card of the use that it was made from; `/steward pattern` lists all of them."


def beforehand(store: Store, day: date) -> Iterator[Finding]:
    """Nothing to say where there are none."""
    try:
        with store.read() as session:
            known = patterns.every(session)
    except Unavailable:
        return
    counts = [each for each in known if state(each, day) == "in_force"]
    if counts:
        yield Finding(level="info", what=f"Approved beforehand, in force: {_names(counts)}.")
    soon = [each for each in counts if ends_soon(each.pattern, day)]
    for found, says in (
        ([each for each in known if state(each, day) == "proposed"], "wait for a second person"),
        ([each for each in known if state(each, day) == "suspended"], "are suspended, as uses did not fit"),
        (soon, "end within four weeks, and can be renewed now"),
    ):
        if found:
            yield Finding(level="info", what=f"Patterns that {says}: {_names(found)}.", mend=MEND)


def _names(known: list[Known]) -> str:
    return ", ".join(f"{each.name} (until {each.pattern.last_day})" for each in known)
