"""Whether the words that somebody wrote stand in a text, however the text was escaped, laid out or cut on its way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from unicodedata import category, normalize

SHORT, LONG = 4, 12
"""Characters: fewer stand everywhere by chance; from as many on, words are also looked for inside of others, and
parts of them count."""
_LABELLED, _BARE = re.compile(r"<[^<>|]*\|([^<>]*)>"), re.compile(r"<(?:mailto:|tel:)?([^<>|]*)>")
_WORD = re.compile(r"[^\W_]+")
_CUT = re.compile(r"…|\.{3}")


class Wanted:
    """Words to look for, several at once."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = {found for word in words if (found := bare(word))}

    def __bool__(self) -> bool:
        return bool(self._words)

    def stand_in(self, text: str) -> bool:
        said = bare(text)
        if not said:
            return False
        cut = [bare(text[: found.start()]) for found in _CUT.finditer(text)]
        return any(_within(word, said) or any(_begun(word, each) for each in cut) for word in self._words)


def bare(text: str) -> str:
    """Its words alone: no markup or escapes of Slack, no signs, blanks or capitals; signs if there is nothing else."""
    plain = normalize("NFKC", unescape(_BARE.sub(r"\1", _LABELLED.sub(r"\1", text))))
    shown = "".join(sign for sign in plain if category(sign) != "Cf").casefold()
    return " ".join(_WORD.findall(shown)) or shown.strip()


def _within(word: str, said: str) -> bool:
    if word == said or (len(said) >= LONG and said in word):
        return True
    return word in said if len(word) >= LONG else len(word) >= SHORT and f" {word} " in f" {said} "


def _begun(word: str, head: str) -> bool:
    """`head` is what stands before a cut: it may be all beginning, or end with one."""
    if len(head) >= SHORT and word.startswith(head):
        return True
    at = head.rfind(word[:LONG])
    return at >= 0 and len(head) - at >= LONG and word.startswith(head[at:])
