"""Finds the choices a typed message means: by number, id, label, its beginning or words, with small slips."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from intake.vocabulary import Speech, normal

_SEPARATOR = re.compile(r"\s*(?:[,;\n&+]|\band\b)\s*", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
_NUMBER = re.compile(r"#?(\d{1,3})[.)]?")
_PIECES = 60
_SAME = 86.0  # one slip in seven letters
_NEAR = 65.0
_LEAD = 8.0
UNSURE_PIECE = "?unsure"


@dataclass(frozen=True)
class Option:
    """A choice as it was drawn: its number is its place in the list."""

    id: str
    label: str


@dataclass(frozen=True)
class Match:
    """The choices meant, or else those it might be; `piece` is the part that was not understood."""

    found: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    piece: str = ""
    wrong_number: bool = False


class Matcher:
    """Over the choices of one question as offered."""

    def __init__(self, options: Sequence[Option], speech: Speech) -> None:
        self._options = options
        self._speech = speech
        self._names = [_names(option) for option in options]

    def one(self, text: str) -> Match:
        """The whole text as a single choice."""
        return self._resolve(text)[1]

    def exact(self, text: str) -> str | None:
        """The choice of which the text is the id or the label."""
        said = normal(text)
        found = [o.id for o in self._options if said and said in (normal(o.label), normal(o.id))]
        return found[0] if len(set(found)) == 1 else None

    def several(self, text: str) -> Match:
        """The text as a list of choices; their labels may hold commas and "and" themselves."""
        pieces = split(text)
        if len(pieces) > _PIECES:
            return Match(piece=text)
        best: list[tuple[int, tuple[str, ...]] | None] = [(0, ())] + [None] * len(pieces)
        for end in range(1, len(pieces) + 1):
            for start in range(max(0, end - 6), end):
                before = best[start]
                if before is None:
                    continue
                cost, match = self._resolve(text[pieces[start][0] : pieces[end - 1][1]])
                if match.found:
                    reached = (before[0] + cost, before[1] + match.found)
                    known = best[end]
                    if known is None or reached[0] < known[0]:
                        best[end] = reached
        whole = best[-1]
        if whole is not None and pieces:
            return Match(found=tuple(dict.fromkeys(whole[1])))
        return self._first_unclear(text, pieces)

    def _first_unclear(self, text: str, pieces: list[tuple[int, int]]) -> Match:
        if len(pieces) == 1:
            return self._resolve(text)[1]
        for start, end in pieces:
            match = self._resolve(text[start:end])[1]
            if not match.found:
                return match
        return Match(piece=text)

    def _resolve(self, text: str) -> tuple[int, Match]:
        said = normal(text)
        if (exact := self.exact(text)) is not None:
            return 1, Match(found=(exact,))
        if numbered := self._numbered(text.strip()):
            return 1, numbered
        if said in self._speech.unsure or text.strip() == "?":
            return 1, Match(found=(UNSURE_PIECE,))
        for word, meant in (("yes", self._speech.yes), ("no", self._speech.no)):
            if said in meant and (same := self.exact(word)) is not None:
                return 1, Match(found=(same,))
        if not said:
            return 9, Match(piece=text)
        called = self._ids(lambda name: name == said)
        if len(called) == 1:
            return 2, Match(found=called)
        return self._loosely(text, said)

    def _loosely(self, text: str, said: str) -> tuple[int, Match]:
        words = set(said.split())
        denied = not words.isdisjoint(self._speech.negation)
        begins = self._ids(lambda name: len(said) >= 3 and _begins(name, said))
        inside = self._ids(lambda name: words <= set(name.split()))
        meant = tuple(dict.fromkeys(begins + inside))
        if len(meant) == 1 and (begins or (len(said) >= 4 and not denied)):
            return 3, Match(found=meant)
        if meant:
            return 9, Match(candidates=meant, piece=text)
        scores = sorted(
            ((max(fuzz.ratio(said, name) for name in names), option.id) for option, names in self._pairs()),
            key=lambda pair: -pair[0],
        )
        digits = any(sign.isdigit() for sign in said)
        best, *rest = scores or [(0.0, "")]
        ahead = not rest or best[0] - rest[0][0] >= _LEAD
        if best[0] >= _SAME and ahead and len(said) >= 4 and not digits and not denied:
            return 4, Match(found=(best[1],))
        near = [id_ for score, id_ in scores if score >= _NEAR]
        long_words = {word for word in words if len(word) >= 4}
        near += self._ids(lambda name: not long_words.isdisjoint(name.split()))
        return 9, Match(candidates=tuple(dict.fromkeys(near)), piece=text)

    def _numbered(self, text: str) -> Match | None:
        if found := _RANGE.fullmatch(text):
            first, last = int(found[1]), int(found[2])
            numbers = list(range(first, last + 1)) if first <= last else []
        elif found := _NUMBER.fullmatch(text):
            numbers = [int(found[1])]
        elif re.fullmatch(r"\d{1,3}(?:[ /]+\d{1,3})+", text):
            numbers = [int(number) for number in re.findall(r"\d+", text)]
        elif text.isdecimal():
            return Match(piece=text, wrong_number=True)
        else:
            return None
        if not numbers or min(numbers) < 1 or max(numbers) > len(self._options):
            return Match(piece=text, wrong_number=True)
        return Match(found=tuple(self._options[number - 1].id for number in numbers))

    def _ids(self, fits: Callable[[str], bool]) -> tuple[str, ...]:
        return tuple(option.id for option, names in self._pairs() if any(fits(name) for name in names))

    def _pairs(self) -> list[tuple[Option, list[str]]]:
        return list(zip(self._options, self._names, strict=True))


def _begins(name: str, said: str) -> bool:
    """A number is only ever meant whole: "more than 10" is not "more than 10,000"."""
    return name.startswith(said) and not (
        said[-1:].isdecimal() and name[len(said) : len(said) + 1].isdecimal()
    )


def _names(option: Option) -> list[str]:
    """All that a choice may be called: its label, what stands before a comma or bracket there, its id."""
    lead = re.split(r",(?!\d)|\(", option.label, maxsplit=1)[0]
    names = (option.label, lead, option.id, option.id.rpartition(".")[2])
    return list(dict.fromkeys(name for name in map(normal, names) if name))


def split(text: str) -> list[tuple[int, int]]:
    """Where the pieces between separators begin and end; empty ones are left out."""
    pieces, start = [], 0
    for separator in _SEPARATOR.finditer(text):
        pieces.append((start, separator.start()))
        start = separator.end()
    pieces.append((start, len(text)))
    return [(begin, end) for begin, end in pieces if text[begin:end].strip()]
