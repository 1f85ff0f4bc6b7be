"""Whether somebody asks for discretion in what they write: "keep this between us", alone or among other words."""

from __future__ import annotations

from intake.assent import bare
from intake.vocabulary import Control, normal, speech

FEWEST = 3
"""Words of a phrase that is looked for among others: "between us" alone may be about anything."""


def asks_for_discretion(words: str) -> bool:
    said = f" {normal(words)} "
    return any(f" {phrase} " in said for phrase in _phrases() if len(phrase.split()) >= FEWEST)


def is_nothing_else(words: str) -> bool:
    """Such a wish, with what is polite beside it at most."""
    return bare(words, speech()) in _phrases()


def _phrases() -> frozenset[str]:
    return frozenset(phrase for phrase, control in speech().control.items() if control is Control.between_us)
