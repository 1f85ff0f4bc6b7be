"""What parts of an answer speak of, where it cannot be read as a whole: only ever asked about, never counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.likeness import WORD, stem, topics
from intake.matching import UNSURE_PIECE, Matcher, Option, split
from intake.sentence import hints
from intake.vocabulary import Speech, normal

NUMBER = re.compile(r"\d+")
LONG = 4
TOLD = 2
"""So many things that a label names say it beyond doubt: "it ranks applications"."""


def partly(
    text: str, question: str, options: Sequence[Option], matcher: Matcher, words: Speech
) -> tuple[tuple[str, ...], str]:
    """The choices that parts of the text may mean, in the order of the list, and the parts that speak of none."""
    hinted = {
        p.value: p.because
        for p in hints().proposals(text)
        if p.question == question and p.value in {option.id for option in options}
    }
    found, rest = set(hinted), []
    for start, end in split(text):
        piece = text[start:end].strip()
        if meant := _meant(piece, options, matcher, words):
            found.add(meant)
        elif not any(because in piece or piece in because for because in hinted.values()):
            rest.append(piece)
    return tuple(option.id for option in options if option.id in found), ", ".join(rest)


def told_by_words(text: str, options: Sequence[Option], words: Speech) -> str | None:
    """The one choice whose label has all that the text speaks of, at least two things; none where it is denied."""
    if not words.negation.isdisjoint(normal(text).split()):
        return None
    numbers = set(NUMBER.findall(normal(text)))
    telling = [
        option.id
        for option in options
        if numbers <= set(NUMBER.findall(normal(option.label))) and _tells_all(option.label, text)
    ]
    return telling[0] if len(telling) == 1 else None


def _tells_all(label: str, text: str) -> bool:
    """A word that only asks or joins elsewhere, as "applications" does, counts where the label has it."""
    named = {stem(word) for word in WORD.findall(label.casefold()) if len(word) >= LONG}
    said = [stem(word) for word in WORD.findall(text.casefold())]
    spoken = topics(text) | (named & set(said))
    return len(spoken) >= TOLD and spoken <= named


def _meant(piece: str, options: Sequence[Option], matcher: Matcher, words: Speech) -> str | None:
    """The one choice that is called so, or of whose label alone the piece speaks; none where it is denied."""
    if not words.negation.isdisjoint(normal(piece).split()):
        return None
    called = matcher.one(piece).found
    if len(called) == 1 and called[0] != UNSURE_PIECE:
        return called[0]
    near = [option.id for option in options if not topics(option.label).isdisjoint(topics(piece))]
    return near[0] if len(near) == 1 else None
