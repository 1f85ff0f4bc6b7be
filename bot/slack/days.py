"""Days as people write them behind a command: 2026-12-14, 14.12., 14 December, Dec 14, Friday, tomorrow."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.words import Words

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
POINTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?")
DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)? ([^\W\d_]{3,})\.?(?: (\d{4}))?")
MONTH_DAY = re.compile(r"([^\W\d_]{3,})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_day(text: str, today: date, words: Words) -> date | None:
    """The next day that is so called; None where it is none, or could be another (3/4)."""
    text = " ".join(text.casefold().split())
    if text in ("today", "tomorrow"):
        return today + timedelta(days=text == "tomorrow")
    if len(text) > 2 and (found := [n for n, name in enumerate(WEEKDAYS) if name.startswith(text)]):
        return today + timedelta(days=(found[0] - today.weekday() - 1) % 7 + 1)
    if found_iso := ISO.fullmatch(text):
        return _made(int(found_iso[1]), int(found_iso[2]), int(found_iso[3]))
    if points := POINTS.fullmatch(text):
        return _next(int(points[1]), int(points[2]), points[3], today)
    if named := DAY_MONTH.fullmatch(text):
        return _next(int(named[1]), _month(named[2], words), named[3], today)
    if named := MONTH_DAY.fullmatch(text):
        return _next(int(named[2]), _month(named[1], words), named[3], today)
    return None


def _month(name: str, words: Words) -> int:
    """By how it begins; 0 where no month does."""
    months = [(number, words.label(f"month.{number}").casefold()) for number in range(1, 13)]
    return next((number for number, month in months if month.startswith(name)), 0)


def _next(day: int, month: int, year: str | None, today: date) -> date | None:
    """In the year that was said, else the first that is not over."""
    if year:
        return _made(int(year), month, day)
    found = (_made(today.year + ahead, month, day) for ahead in (0, 1))
    return next((each for each in found if each and each >= today), None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
