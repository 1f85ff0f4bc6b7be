"""Whether one text has every word of another, in whatever number or tense; a yes rests on that, not on stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from intake.sentence import hints

WORD = re.compile(r"[^\W_]+")
SHORTENED = re.compile(r"'(?:s|d|m|ll|ve|re)\b")
AMERICAN = re.compile(r"iz(?=(?:e|es|ed|ing|ation|ations)$)")
VOWEL = re.compile(r"[aeiouy]")
CLIPPED = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
"""What is left of "rating", which comes from "rate": "rat" would have doubled its last letter."""
DOUBLED = re.compile(r"..+([bdgklmnprt])\1")
KEPT = ("ss", "us", "is")
"""Ends of words that are no plurals: "process", "status", "analysis"."""
HISSED = ("ses", "xes", "zes", "ches", "shes")


def wording(text: str) -> frozenset[str]:
    """The words of a text but those that only ask or join; numbers are words."""
    spoken = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return frozenset(WORD.findall(SHORTENED.sub(" ", spoken))) - hints().only_ask


def has_all(text: frozenset[str], words: frozenset[str]) -> bool:
    """Whether each of the words stands in the text, as it is or bent."""
    known = frozenset[str]().union(*map(forms, text))
    return all(known & forms(word) for word in words)


@lru_cache(maxsize=4096)
def forms(word: str) -> frozenset[str]:
    """A word, and what it may be the plural or another tense of."""
    plain = AMERICAN.sub("is", word)
    plain = hints().doing.get(plain, plain)
    return frozenset((plain, *_bases(plain)))


def _bases(word: str) -> Iterator[str]:
    if word.endswith(KEPT) or word in hints().no_plurals:
        return
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
    elif word.endswith("s"):
        yield word[:-1]
        if word.endswith(HISSED):
            yield word[:-2]
    elif word.endswith("ed") and not word.endswith("eed"):
        yield from _of_a_verb(word[:-2])
    elif word.endswith("ing"):
        yield from _of_a_verb(word[:-3])


def _of_a_verb(left: str) -> Iterator[str]:
    """What "-ed" or "-ing" was put behind."""
    if not VOWEL.search(left):
        return
    if DOUBLED.fullmatch(left):
        yield left[:-1]
        if left.endswith("ll"):
            yield left
    elif CLIPPED.fullmatch(left):
        yield left + "e"
    else:
        yield from (left, left + "e")
