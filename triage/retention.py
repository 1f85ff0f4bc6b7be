"""How long which record is kept, from when, what happens then and why: read from retention.yaml, checked whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from intake.source import Entry, Faults, read_file
from intake.value import Value

FILE = Path(__file__).with_name("retention.yaml")
Then = Literal["removed", "words", "asked", "kept"]
NEEDED = ("id", "title", "tables", "keep", "from", "then", "because")


class Kept(Value):
    """One kind of record. `keep`: days, None for good; `bounds`: how few and how many an organisation may settle."""

    id: str
    title: str
    tables: tuple[str, ...]
    keep: int | None
    since: str
    then: Then
    because: str
    bounds: tuple[int, int] | None = None

    def days(self, settled: Mapping[str, int]) -> int | None:
        """What holds here; outside of the bounds nothing was settled."""
        said = settled.get(self.id)
        if said is None or self.bounds is None or not self.bounds[0] <= said <= self.bounds[1]:
            return self.keep
        return said

    def before(self, settled: Mapping[str, int], now: datetime) -> datetime | None:
        """What began to count before this moment has been kept for long enough; None: never."""
        days = self.days(settled)
        return None if days is None else now - timedelta(days=days)


@cache
def kinds() -> tuple[Kept, ...]:
    faults = Faults()
    entry = read_file(FILE, faults)
    found = [_kind(each, faults) for each in entry.items(faults)] if entry else []
    faults.stop_if_any()
    return tuple(each for each in found if each is not None)


def kind(id: str) -> Kept:
    return next(each for each in kinds() if each.id == id)


def of_table(table: str) -> Kept:
    return next(each for each in kinds() if table in each.tables)


def _kind(entry: Entry, faults: Faults) -> Kept | None:
    before = len(faults.found)
    at = entry.fields(faults, needed=NEEDED, allowed=(*NEEDED, "bounds"))
    if len(faults.found) > before:
        return None
    then = at["then"].text(faults)
    if then not in get_args(Then):
        faults.add(
            at["then"],
            f"`{then[:60]}` is nothing that may happen",
            f"Write one of {', '.join(get_args(Then))}.",
        )
        return None
    bounds = [each.whole(faults) for each in at["bounds"].items(faults)] if "bounds" in at else []
    return Kept.model_validate(
        {
            "id": at["id"].text(faults),
            "title": at["title"].text(faults),
            "tables": tuple(at["tables"].texts(faults)),
            "keep": None if at["keep"].value is None else at["keep"].whole(faults),
            "since": at["from"].text(faults),
            "then": then,
            "because": " ".join(at["because"].text(faults).split()),
            "bounds": tuple(bounds) if bounds else None,
        }
    )
