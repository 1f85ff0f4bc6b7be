"""How many people words say: "about 8 of us", "a dozen", "two thousand a year"; only where it is beyond doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from intake.matching import Option
from intake.vocabulary import normal

SMALL = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {"dozen": 12, "nobody": 0}
TENS = {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
TIMES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
PEOPLE = frozenset(
    [
        "people",
        "persons",
        "person",
        "of",
        "us",
        "colleagues",
        "employees",
        "staff",
        "customers",
        "clients",
        "users",
        "patients",
        "students",
        "pupils",
        "applicants",
        "candidates",
        "citizens",
        "members",
        "others",
        "men",
        "women",
        "guests",
        "suppliers",
        "partners",
        "heads",
        "in",
        "all",
        "altogether",
        "total",
        "each",
        "every",
        "a",
        "per",
        "year",
        "yearly",
        "annually",
        "this",
        "the",
        "our",
        "here",
        "or",
        "so",
        "maybe",
        "at",
        "most",
        "max",
        "only",
        "just",
        "roughly",
        "about",
    ]
)
"""What may stand beside a number of people in a year; "8 teams" and "8 a day" are another number of people."""
BEFORE = frozenset(
    [
        "about",
        "around",
        "roughly",
        "approximately",
        "approx",
        "ca",
        "circa",
        "some",
        "maybe",
        "perhaps",
        "probably",
        "we",
        "are",
        "there",
        "be",
        "would",
        "will",
        "it",
        "is",
        "its",
        "just",
        "only",
        "i",
        "think",
        "guess",
        "say",
        "affects",
        "reach",
        "reaches",
        "a",
        "an",
        "the",
        "of",
        "us",
        "in",
        "for",
        "all",
        "its",
        "im",
        "were",
    ]
)
LOOSE = 0.25
"""So near to a limit, a number that is only about right may be on either side of it."""
LIMIT = re.compile(r"(fewer than|up to|more than) ([\d,]+)", re.IGNORECASE)


class Limit(NamedTuple):
    id: str
    how: str
    number: int


def counted(text: str, options: Sequence[Option]) -> str | None:
    """The one choice of numbers, "Fewer than 100" and so on, that the number in the text falls into."""
    limits = [found for option in options if (found := _limit(option)) is not None]
    number = said_number(text)
    if len(limits) < 2 or len(limits) != len(options) or number is None:
        return None
    if any(abs(number - limit.number) <= LOOSE * limit.number for limit in limits):
        return None
    below = [limit for limit in limits if limit.how != "more than" and number <= limit.number]
    if below:
        return min(below, key=lambda limit: limit.number).id
    above = [limit for limit in limits if limit.how == "more than" and number > limit.number]
    return above[0].id if len(above) == 1 else None


def said_number(text: str) -> int | None:
    """The only number in a short text that speaks of nothing but people."""
    words = normal(text.replace("-", " ")).split()
    at = [place for place, word in enumerate(words) if _value(word) is not None or word in TIMES]
    if not at or at[-1] - at[0] != len(at) - 1:
        return None
    rest = [*words[: at[0]], *words[at[-1] + 1 :]]
    if any(word not in BEFORE for word in words[: at[0]]) or any(
        word not in PEOPLE for word in words[at[-1] + 1 :]
    ):
        return None
    return _number(words[at[0] : at[-1] + 1]) if rest else None


def _limit(option: Option) -> Limit | None:
    found = LIMIT.fullmatch(option.label.strip())
    return Limit(option.id, found[1].casefold(), int(found[2].replace(",", ""))) if found else None


def _value(word: str) -> int | None:
    if word.isascii() and word.isdecimal() and len(word) <= 9:
        return int(word)
    return SMALL.get(word, TENS.get(word))


def _number(words: Sequence[str]) -> int | None:
    """ "twenty five", "two hundred", "3 thousand"; anything odder is no number."""
    *rest, last = words
    times = TIMES.get(last)
    if times is not None:
        inner = _number(rest) if rest else 1
        return None if inner is None else inner * times
    if len(words) == 1:
        return _value(last)
    tens, ones = words if len(words) == 2 else ("", "")
    return TENS[tens] + SMALL[ones] if tens in TENS and 0 < SMALL.get(ones, 0) < 10 else None
