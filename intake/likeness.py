"""Whether two texts speak of the same thing, by the stems of their words; never proof, only a likeness."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from intake.sentence import hints

WORD = re.compile(r"[^\W\d_]+")
ENDINGS = (
    "isations", "izations", "isation", "ization", "ising", "izing", "ations", "ation", "ating", "ators", "ator",
    "aries", "ised", "ized", "ises", "izes", "ates", "ated", "ings", "ions", "ary", "ate", "ise", "ize", "ies", "ing",
    "ion", "ers", "er", "es", "ed", "s", "e", "y",
)  # fmt: skip
SHORTEST = 3
"""So many letters of a word are left at least, so that "use" is not the stem of "us"."""


PIECE = re.compile(r"[.!?;:\n]+(?:\s|$)|\n")
DENIED = re.compile(
    r"\b(?:no|not|never|none|nor|without|except|excluding|unless|but|outside|other than|rather than|instead of|non)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
"""What comes behind one of these is not what is meant, or not all of it."""


def topics(text: str) -> frozenset[str]:
    """The stems of what a text is about, without the words that only ask or join."""
    said = WORD.findall(text.casefold().replace("’", "'").replace("'", " "))
    return frozenset(stem(word) for word in said if len(word) > 1 and word not in hints().asking)


def stem(word: str) -> str:
    ending = next((e for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= SHORTEST), "")
    left = word.removesuffix(ending)
    return f"{left[:-2]}b" if left.endswith("cript") else left  # transcripts are what is transcribed


@cache
def kind_topics(category: str) -> frozenset[str]:
    """What tools of a category are for."""
    return frozenset(map(stem, hints().kinds_of_tools.get(category, ())))


def says_some(asked: Iterable[str], text: str, category: str) -> bool:
    return not (topics(text) | kind_topics(category)).isdisjoint(asked)


def affirmed(text: str) -> Iterator[str]:
    """What a text says yes to, piece by piece: of each sentence what stands before anything is taken back."""
    for piece in PIECE.split(text):
        if (said := DENIED.split(piece, maxsplit=1)[0]) and topics(said):
            yield said


def takes_back(text: str) -> bool:
    """Whether it says what is not meant; stems alone would read that as if it were."""
    return DENIED.search(text) is not None
