"""How numbers moved from month to month, as a review by management draws them; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from triage.aims.entry import Entry
from triage.aims.management import Series, Time, Trends

MONTHS = 12
NAMES = ("came_in", "decided", "in_use", "incidents", "nonconformities", "settled")
"""In the order in which they are drawn. `settled`: what was closed of nonconformities, actions and improvements."""
SETTLED = ("nonconformity", "action", "improvement")


class Month(NamedTuple):
    name: str
    time: Time


def months(until: date, zone: str) -> tuple[Month, ...]:
    """The last ones, by the days of where the organisation is; the last of them ends with `until`."""
    place, found, first = ZoneInfo(zone), [], until.replace(day=1)
    end = until + timedelta(days=1)
    for _ in range(MONTHS):
        begin, over = (datetime.combine(day, time(), place) for day in (first, end))
        found.append(Month(f"{first:%Y-%m}", Time(begin, over)))
        end, first = first, (first - timedelta(days=1)).replace(day=1)
    return tuple(reversed(found))


def trends(spans: Sequence[Month], counted: Mapping[str, Sequence[int]], entries: Iterable[Entry]) -> Trends:
    """`counted`: what the register says, by name. Months before there was anything are left out."""
    every = list(entries)
    wrong = [each.steps[0].at for each in every if each.kind == "nonconformity" and each.state == "in_force"]
    ends = [one.at for each in every if each.kind in SETTLED for one in each.done if one.stage == "closed"]
    own = {
        name: [sum(span.time.has(at) for at in moments) for span in spans]
        for name, moments in (("nonconformities", wrong), ("settled", ends))
    }
    told = {**counted, **own}
    empty = next(
        (number for number in range(len(spans)) if any(counts[number] for counts in told.values())),
        len(spans),
    )
    return Trends(
        months=tuple(span.name for span in spans[empty:]),
        series=tuple(Series(name=name, counts=tuple(told[name][empty:])) for name in NAMES if name in told),
    )
