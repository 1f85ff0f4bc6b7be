"""Words for outsiders: what names people, records, addresses and places of Slack is left out of them; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from unicodedata import normalize

from triage.aims.check import REFERENCE

LEFT = "[…]"
"""In the place of what is for nobody outside."""
REF = re.compile(rf"\b(?:{REFERENCE.pattern.partition('|')[0]})\b|\bAI[A-Z]-[0-9]+\b", re.IGNORECASE)
SLACK = re.compile(
    r"<[@#!][^>\n]*>|\b[UWCDG](?=[A-Z]*[0-9])[0-9A-Z]{8,}\b|(?<![\w&/])[#@](?=[\w.-]*[^\W\d_])[\w.-]*\w"
)
"""An id without a digit is a word in capitals, of which policies have many."""
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|\bwww\.\S+", re.IGNORECASE)
PHONE = re.compile(
    r"(?<![\w.,+-])(?!\d{1,2}[./-]\d{1,2}[./-]\d{4}(?!\d))(?:\+|\(?00?)[ (]*[1-9][\d ()/.-]{5,}\d"
    r"|(?<![\w-])(?:\(\d{3}\) ?|\d{3}[.-])\d{3}[.-]\d{4}(?![\w-])"
)
"""A number after a plus or a nought, or in three parts: no day, no version, no number of a standard."""
PARTS = re.compile(r"[\s,]+")
BETWEEN = r"(?:\s*,\s*|[\s_\u2010-\u2015-]+)"


def outward(text: str, names: Sequence[str]) -> str:
    """`names`: as `full_names` gives them."""
    text = normalize("NFKC", text)
    for shape in (ADDRESS, SLACK, REF, PHONE):
        text = shape.sub(LEFT, text)
    folded = text.casefold()
    for name in names:
        parts = name.split()
        if all(each.casefold() in folded for each in parts):
            text = re.sub(_spoken(parts), LEFT, text, flags=re.IGNORECASE)
    return text


def _spoken(parts: Sequence[str]) -> str:
    """In both orders, and with the ending of what is theirs."""
    kept = [re.escape(each) for each in parts]
    turned = (rf"{BETWEEN.join(kept[n:])}{BETWEEN}{BETWEEN.join(kept[:n])}" for n in range(1, len(kept)))
    return rf"(?<!\w)(?:{'|'.join((BETWEEN.join(kept), *turned))})(?:['’]?s)?(?!\w)"


def full_names(names: Iterable[str]) -> tuple[str, ...]:
    """Those that can be told from words, the longest first."""
    held = {_plain(each) for each in names}
    return tuple(sorted((each for each in held if " " in each), key=lambda each: (-len(each), each)))


def single_names(names: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    """Those of one word that occur: they may be words as well, so a person has to look."""
    words = {word for text in texts for word in re.findall(r"\w+(?:-\w+)*", normalize("NFKC", text))}
    ends = {word.removesuffix("s") for word in words}
    held = {_plain(each) for each in names}
    return tuple(sorted(each for each in held if each and " " not in each and each in words | ends))


def _plain(name: str) -> str:
    return " ".join(filter(None, PARTS.split(normalize("NFKC", name))))
