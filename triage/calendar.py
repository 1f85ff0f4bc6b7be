"""Working days and hours where somebody is: the weekends and public holidays of their country do not count."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

START_OF_DAY, CLOSE_OF_DAY = time(9, 0), time(17, 0)
YEARS_AT_ONCE = 500
"""Years of countries, and parts of them, that are remembered."""


class Calendar(NamedTuple):
    """`country`: two letters, with a part of it behind a hyphen where that has holidays of its own (DE-BY).

    Without a country only Saturdays and Sundays are free. `begin` and `close` are one of them after the other.
    """

    zone: str
    country: str | None = None
    begin: time = START_OF_DAY
    close: time = CLOSE_OF_DAY

    @property
    def midday(self) -> time:
        """Half way between both."""
        minutes = (self.begin.hour * 60 + self.begin.minute + self.close.hour * 60 + self.close.minute) // 2
        return time(minutes // 60, minutes % 60)

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def works_on(self, day: date) -> bool:
        if self.country is None:
            return day.weekday() < 5
        return bool(_holidays(self.country, day.year).is_working_day(day))

    def after(self, now: datetime, days: int) -> datetime:
        """The close of the n-th working day after the day of `now`."""
        day = self.day_of(now)
        for _ in range(days):
            day = self._next(day, 1)
        return self._at(day, self.close, now)

    def closes_between(self, start: datetime, end: datetime) -> int:
        """How many working days came to their close from `start` to `end`."""
        day, count = self.day_of(start), 0
        while (close := self._at(day, self.close, end)) <= end:
            count += self.works_on(day) and close > start
            day += timedelta(days=1)
        return count

    def nth_close(self, now: datetime, number: int) -> datetime:
        """The close of the n-th working day that has not closed yet, today included."""
        today = self.day_of(now)
        ahead = self.works_on(today) and self._at(today, self.close, now) > now
        return self.after(now, number - ahead)

    def half_left(self, due: datetime, days: int) -> datetime:
        """When half of the `days` that end at `due` is left: at the beginning or in the middle of a working day."""
        day = self.day_of(due) + timedelta(days=1)
        for _ in range((days + 1) // 2):
            day = self._next(day, -1)
        return self._at(day, self.midday if days % 2 else self.begin, due)

    def opens(self, moment: datetime) -> datetime:
        """`moment` itself if people work then, else the beginning of the next working day."""
        day = self.day_of(moment)
        if self.works_on(day):
            if moment < (start := self._at(day, self.begin, moment)):
                return start
            if moment < self._at(day, self.close, moment):
                return moment
        return self._at(self._next(day, 1), self.begin, moment)

    def morning(self, day: date, like: datetime) -> datetime:
        """The beginning of that day if people work on it, else of the next one on which they do."""
        return self._at(day if self.works_on(day) else self._next(day, 1), self.begin, like)

    def morning_before(self, day: date, like: datetime) -> datetime:
        """The same, else of the last one before it."""
        return self._at(day if self.works_on(day) else self._next(day, -1), self.begin, like)

    def next_morning(self, moment: datetime) -> datetime:
        """The beginning of the next working day after that of `moment`."""
        return self._at(self._next(self.day_of(moment), 1), self.begin, moment)

    def _next(self, day: date, step: int) -> date:
        day += timedelta(days=step)
        while not self.works_on(day):
            day += timedelta(days=step)
        return day

    def _at(self, day: date, hour: time, like: datetime) -> datetime:
        return datetime.combine(day, hour, ZoneInfo(self.zone)).astimezone(like.tzinfo)


@lru_cache(YEARS_AT_ONCE)
def _holidays(country: str, year: int) -> Any:
    """Loaded late, because most starts never need them; one year each, so that no reader changes it for another."""
    import holidays

    code, _, part = country.partition("-")
    return holidays.country_holidays(code, subdiv=part or None, years=year, expand=False)
