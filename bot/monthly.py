"""How coverage moved from month to month, beside each other: in words, as rows, and as a small picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot import covering
from bot.words import Words, layout
from store.coverage_then import at_moments
from store.sessions import Session
from triage.aims.covered import Covered
from triage.expiring import after

MONTHS = 12
SHOWN = ("in_place", "partly", "missing")
BLOCKS = " ▁▂▃▄▅▆▇█"
WIDTH, LEFT, TOP, HEIGHT, FOOT = 560, 34, 34, 150, 24


class Month(NamedTuple):
    """`day`: its last one, or today; how many points stood how at its end. Those left out belong to none of these."""

    day: date
    in_place: int
    partly: int
    missing: int

    @property
    def points(self) -> int:
        return self.in_place + self.partly + self.missing


def ends(day: date, months: int = MONTHS) -> list[date]:
    """The last days of the months before, and the day itself."""
    first = day.replace(day=1)
    return [after(first, -number) - timedelta(days=1) for number in range(months - 2, -1, -1)] + [day]


def months(session: Session, day: date, zone: str, *, back: int = MONTHS) -> tuple[Month, ...]:
    """Worked out from the trail each time; months before anything was recorded are left out."""
    days = ends(day, back)
    moments = [_end(each, zone) for each in days]
    found = zip(days, at_moments(session, moments, zone), strict=True)
    told = [_month(each, covered) for each, covered in found]
    begun = next((n for n, each in enumerate(told) if each.in_place or each.partly), len(told) - 1)
    return tuple(told[begun:])


def _end(day: date, zone: str) -> datetime:
    """The last moment of that day, where the organisation is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)) - timedelta(microseconds=1)


def _month(day: date, covered: Sequence[Covered]) -> Month:
    return Month(day, *(covering.count(covered, stage) for stage in ("in_place", "partly", "missing")))


def line(words: Words, found: Sequence[Month]) -> str:
    """In one sentence, with the months as blocks."""
    first, last = found[0], found[-1]
    most = max(each.points for each in found) or 1
    drawn = "".join(BLOCKS[round(each.in_place / most * (len(BLOCKS) - 1))] for each in found)
    key = "trend.same" if first.in_place == last.in_place else "trend.moved"
    facts = {"then": first.in_place, "now": last.in_place, "total": last.points, "day": words.day(first.day)}
    return f"{words.label(key, **facts)} {drawn}".rstrip()


def rows(found: Sequence[Month]) -> list[tuple[str, ...]]:
    return [(each.day.isoformat(), *(str(count) for count in each[1:])) for each in found]


def picture(words: Words, found: Sequence[Month]) -> str:
    """A column for each month; what is in place stands at the bottom."""
    most = max(each.points for each in found) or 1
    step = (WIDTH - LEFT) / max(len(found), 1)
    columns = []
    for number, each in enumerate(found):
        parts, foot = [], float(TOP + HEIGHT)
        for stage, count in zip(SHOWN, each[1:], strict=True):
            high = round(HEIGHT * count / most, 1)
            foot = round(foot - high, 1)
            parts.append({"y": foot, "height": high, "fill": covering.FILLS[stage], "count": count})
        x = round(LEFT + number * step + step * 0.15, 1)
        columns.append({"x": x, "width": round(step * 0.7, 1), "parts": parts, "name": f"{each.day:%y-%m}"})
    legend = [
        {"x": LEFT + 150 * n, "fill": covering.FILLS[stage], "name": words.label(f"coverage.is.{stage}")}
        for n, stage in enumerate(SHOWN)
    ]
    shape = {"width": WIDTH, "height": TOP + HEIGHT + FOOT, "foot": TOP + HEIGHT, "left": LEFT}
    return layout("trend.svg", alt=line(words, found), columns=columns, legend=legend, **shape)
