"""Reads the scales and flags that a policy brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intake.source import Entry, Faults
from triage.rules import Result, ResultKind
from triage.sources import level


def read_results(head: Mapping[str, Entry], faults: Faults) -> Iterator[tuple[Entry, Result]]:
    for entry in head["results"].items(faults) if "results" in head else ():
        fields = entry.fields(faults, ("id", "levels"))
        if len(fields) == 2:
            levels = tuple(level(each, faults) for each in fields["levels"].items(faults))
            yield entry, Result(name=fields["id"].text(faults), kind=ResultKind.scale, levels=levels)
    for entry in head["flags"].items(faults) if "flags" in head else ():
        yield entry, Result(name=entry.text(faults), kind=ResultKind.flag)
