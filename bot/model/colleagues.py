"""The names of people, looked up word by word: however many there are, a text takes as long as it is long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from unicodedata import normalize

WORD = re.compile(r"\w+")
BETWEEN = re.compile(r"[ \t\n.,'’-]{1,3}")
"""What may stand between the words of one name."""
BESIDE = re.compile(r"[(\[|/]")
"""From here on a team or a country is told, not a name."""
LONGEST = 6
"""Words of a name; of a longer one its parts are known."""
SHORTEST, SHORTEST_PART = 3, 4
ORDINARY = frozenset(
    WORD.findall(
        "art bank baum baur bell best bill black blue bond book born brand bright brown buck burn bush case cash "
        "chance chase child church close cook cross dale data day dean dick drew eins engel fair faith field fish "
        "ford forest fox frank frei frost fuchs gold good grace gray green grey gross hall hand hard hart herr herz "
        "hill hoch hope hunt june jung just kaiser kern king klein klug kraft krieg kurz lamm lane lang lee leicht "
        "linde list little long love major mark marks markt mason mann mehr mensch miles mill mont moon more neu "
        "north page park penny pfeil post power price prince read reich rich richter ring river rock rose roth sage "
        "sand schnell schwarz sharp short silver small sommer spring star stark stein stern stone story strong summer "
        "swift teller test trust vogel voll wahl wall ward water weber weiss wells west white wild will winter wolf "
        "wood woods wunder young zimmer"
    )
)
"""Words of every day that are names as well: a part of a name like that is one only with a capital."""


class Colleagues:
    """`names`: as they are known; each counts as a whole, turned round, and by its parts of four letters and more."""

    def __init__(self, names: Iterable[str]) -> None:
        self.wholes, self.parts = set[tuple[str, ...]](), set[str]()
        for name in names:
            plain = normalize("NFC", BESIDE.split(name)[0]).casefold()
            words = tuple(WORD.findall(plain))
            if len("".join(words)) < SHORTEST:
                continue
            if len(words) <= LONGEST:
                self.wholes |= {words, (*words[-1:], *words[:-1])}
            joined = (tuple(WORD.findall(each)) for each in plain.split())
            self.wholes |= {each for each in joined if 1 < len(each) <= LONGEST}
            self.parts.update(word for word in words if len(word) >= SHORTEST_PART and word.isalpha())
        self._longest = max(map(len, self.wholes), default=0)

    def hidden(self, text: str) -> str:
        """With a word in brackets where a name was."""
        if not self.wholes and not self.parts:
            return text
        kept, at = list[str](), 0
        for begin, end in self._found(text):
            kept += (text[at:begin], "[person]")
            at = end
        return "".join((*kept, text[at:]))

    def _found(self, text: str) -> Iterator[tuple[int, int]]:
        words = [(each.start(), each.end(), each[0].casefold()) for each in WORD.finditer(text)]
        at = 0
        while at < len(words):
            many = self._at(text, words[at : at + self._longest or 1])
            if many:
                yield words[at][0], words[at + many - 1][1]
            at += many or 1

    def _at(self, text: str, words: Sequence[tuple[int, int, str]]) -> int:
        """How many of these words, from the first on, are a name."""
        near = list[tuple[int, int, str]]()
        for each in words:
            if near and not BETWEEN.fullmatch(text, near[-1][1], each[0]):
                break
            near.append(each)
        for many in range(len(near), 0, -1):
            if tuple(word for _, _, word in near[:many]) in self.wholes:
                return many
        begin, _, first = near[0]
        return int(first in self.parts and (first not in ORDINARY or text[begin].isupper()))


@lru_cache(maxsize=2)
def colleagues(names: frozenset[str]) -> Colleagues:
    """Made once for as long as the names stay the same."""
    return Colleagues(names)


NOBODY = Colleagues(())
