"""Working days: weekends and public holidays of the organisation's country do not count."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CLOSE_OF_DAY = time(17, 0)


def working_days_after(now: datetime, days: int, *, zone: str, country: str | None) -> datetime:
    """The close of the n-th working day after `now`, in `zone`; without a country only weekends are free."""
    local = now.astimezone(ZoneInfo(zone))
    day, left = local.date(), days
    free = _holidays(country, day.year)
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in free:
            left -= 1
    return _close(day, zone).astimezone(now.tzinfo)


def working_days_between(start: datetime, end: datetime, *, zone: str, country: str | None) -> int:
    """How many working days came to their close from `start` to `end`."""
    day, count = start.astimezone(ZoneInfo(zone)).date(), 0
    free = _holidays(country, day.year)
    while _close(day, zone) <= end:
        if day.weekday() < 5 and day not in free and _close(day, zone) > start:
            count += 1
        day += timedelta(days=1)
    return count


def _close(day: date, zone: str) -> datetime:
    return datetime.combine(day, CLOSE_OF_DAY, ZoneInfo(zone))


def _holidays(country: str | None, year: int) -> frozenset[date]:
    """Public holidays of this year and the next; loaded late, because most starts never need them."""
    if country is None:
        return frozenset()
    import holidays

    return frozenset(holidays.country_holidays(country, years=(year, year + 1)))
