"""Reads the calls of a policy: what a use needs while a rule holds, and how long until it is looked at again."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from intake.condition import Condition
from intake.source import Entry, Faults, did_you_mean
from triage.rules import Call
from triage.sources import KINDS


def read_call(entry: Entry, when: Condition, known: Mapping[str, Collection[str]], faults: Faults) -> Call:
    """Its fields are known to be there; what is wrong in them is added to the faults. `known`: all things by kind."""
    fields = entry.value if isinstance(entry.value, dict) else {}
    things = {kind: _called(kind, fields[kind], known[kind], faults) for kind in KINDS if kind in fields}
    months = fields["review_months"].whole(faults) if "review_months" in fields else None
    if not things and months is None:
        faults.add(entry, "calls for nothing", f"Name at least one of {', '.join(KINDS)}.")
    source = entry.at("source").text(faults)
    return Call(id=entry.id, when=when, source=source, things=things, review_months=months)


def _called(kind: str, named: Entry, known: Collection[str], faults: Faults) -> tuple[str, ...]:
    found = tuple(named.texts(faults))
    for thing in sorted({each for each in found if each} - set(known)):
        mend = did_you_mean(thing, sorted(known))
        faults.add(named, f"`{thing}` is no {kind} that a policy names", mend)
    return found
