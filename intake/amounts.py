"""Days and numbers as people write them; what can be read in two ways is given back as both."""

import re
from datetime import date

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ ,'_\u00a0\u202f’])\d{3})(?:\1\d{3})*(\.\d+)?")
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?")
_DOTTED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+")
_LONGEST = 40


def to_days(text: str) -> tuple[str, ...]:
    """The ISO days it may mean: none, one, or two where month and day cannot be told apart."""
    text = text.strip().casefold().rstrip(".")
    if len(text) > _LONGEST:
        return ()
    parts = re.findall(r"[0-9]+|[a-z]+", text.replace(" of ", " "))
    if len(parts) == 4 and parts[1] in ("st", "nd", "rd", "th"):
        parts = [parts[0], *parts[2:]]
    elif len(parts) == 4 and parts[2] in ("st", "nd", "rd", "th"):
        parts = [*parts[:2], parts[3]]
    if len(parts) != 3:
        return ()
    return _unique(_readings(parts, text))


def _readings(parts: list[str], text: str) -> list[str | None]:
    first, second, third = parts
    if second.isalpha():
        return [_day(third, _month(second), first)]
    if first.isalpha():
        return [_day(third, _month(first), second)]
    if third.isalpha():
        return []
    if len(first) == 4:
        return [_day(first, int(second), third)]
    if "." in text:  # with dots the day comes first wherever people write it so
        return [_day(third, int(second), first)]
    return [_day(third, int(second), first), _day(third, int(first), second)]


def _month(word: str) -> int:
    found = [i for i, name in enumerate(_MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    return found[0] if len(found) == 1 else 9 if word == "sept" else 0


def _day(year: str, month: int, day: str) -> str | None:
    if len(year) != 4 or not day.isdecimal() or not year.isdecimal():
        return None
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None


def to_numbers(text: str) -> tuple[str, ...]:
    """The numbers it may mean, without separators: none, one, or two where a dot may group or divide."""
    text = text.strip()
    if len(text) > _LONGEST or (not text.isascii() and not _GROUPED.fullmatch(text)):
        return ()
    if _DOTTED.fullmatch(text):
        grouped = text.replace(".", "")
        return (grouped,) if text.count(".") > 1 else _unique([text.rstrip("0").rstrip("."), grouped])
    if _GROUPED.fullmatch(text):
        return (_canonical(re.sub(r"[ ,'_\u00a0\u202f’]", "", text)),)
    if _PLAIN.fullmatch(text):
        return (_canonical(text),)
    return ()


def _canonical(text: str) -> str:
    sign = "-" if text.startswith("-") else ""
    whole, _, part = text.lstrip("+-").partition(".")
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    return sign + whole + (f".{part}" if part else "")


def _unique(found: list[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in found if item is not None))
