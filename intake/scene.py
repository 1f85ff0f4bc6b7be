"""A text read word by word: what stands before and after a place, and where people put the name of a tool."""

from __future__ import annotations

import re
from typing import NamedTuple

from intake.names import Lexicon, Word, words

QUOTED = re.compile(r"[\"“„«‘']([^\"“”„«»‘’'\n]{2,60})[\"”“»’']")
CLAUSE = re.compile(r"[.!?;\n(){}…•]|,| [-–—] |: ")
STOP = re.compile(r"[.!?\n;:•]")
LONGEST_PHRASE = 5  # words
LONG_WORD = 4  # letters; shorter words stay small even in titles


class Phrase(NamedTuple):
    """Words that stand where a tool would; `sure` when they can hardly be anything but a name."""

    text: str
    start: int
    end: int
    sure: bool


class Scene:
    """One text and its words; all places are numbers of words."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.words = words(text)
        self.keys = [word.key for word in self.words]
        self.capitals_tell = _capitals_tell(self.words)
        self.shouted = bool(self.words) and sum(word.text.isupper() for word in self.words) > 0.7 * len(
            self.words
        )

    def gap(self, at: int) -> str:
        """What stands before the word `at`, or after the last word."""
        if at < len(self.words):
            return self.words[at].gap
        return self.text[self.words[-1].end :] if self.words else self.text

    def starts_sentence(self, at: int) -> bool:
        return at == 0 or bool(STOP.search(self.gap(at)))

    def is_capital(self, at: int) -> bool:
        return self.words[at].text[:1].isupper() and not self.shouted

    def is_name_like(self, at: int) -> bool:
        """Written as only names are: a capital inside a sentence, or letters and digits mixed."""
        text = self.words[at].text
        if self.shouted:
            return False
        if any(letter.isupper() for letter in text[1:]) and not text.isupper():
            return True
        if text.isalnum() and not text.isalpha() and not text.isdigit() and len(text) > 2:
            return True
        return text[:1].isupper() and not self.starts_sentence(at) and self.capitals_tell and text != "I"

    def ends_with(self, kind: str, end: int) -> bool:
        """Whether the words before `end` finish with an entry of this list, in one clause."""
        entries = self.lexicon.phrases(kind)
        for length in (1, 2, 3):
            if length > end:
                return False
            if any(STOP.search(self.gap(at)) for at in range(end - length + 1, end)):
                return False
            if tuple(self.keys[end - length : end]) in entries:
                return True
        return False

    def starts_with(self, kind: str, at: int) -> bool:
        entries = self.lexicon.phrases(kind)
        return any(
            tuple(self.keys[at : at + length]) in entries
            for length in (1, 2)
            if at + length <= len(self.keys)
        )

    def is_told_of(self, first: int, after: int) -> bool:
        """ "A colleague said Greenhouse has one": somebody told the speaker what a tool can do."""
        if after >= len(self.words) or self.gap(after) != " " or CLAUSE.search(self.gap(first)):
            return False
        told = first > 0 and self.ends_with("reported", first)
        return told and self.keys[after] in ("has", "can", "does", "offers", "could", "would", "will", "is")

    def stands_alone(self, after: int) -> bool:
        """Whether the sentence goes on behind a name, so that the name is not part of "gamma correction"."""
        if after >= len(self.words) or self.gap(after).strip():
            return True
        return any(self.starts_with(kind, after) for kind in ("joints", "plans", "tool_words"))

    def phrases(self) -> list[Phrase]:
        """What stands where a tool would stand, if that is not a word like "AI" or "it"; the sure ones first."""
        found = [phrase for at in range(1, len(self.words) + 1) if (phrase := self._phrase_at(at))]
        return sorted(found, key=lambda phrase: not phrase.sure)

    def word_at(self, start: int) -> int:
        """The first word that begins at this place of the text, or behind it."""
        return next((at for at, word in enumerate(self.words) if word.start >= start), len(self.words))

    def _phrase_at(self, at: int) -> Phrase | None:
        named = self.keys[at - 1] in ("called", "named")
        if not (self.ends_with("verbs", at) or named) or at >= len(self.words):
            return None
        if CLAUSE.search(self.gap(at)) and self.gap(at).strip(" :") not in ('"', "“", "'", "‘", "„", "«"):
            return None
        if quoted := QUOTED.match(self.text, self.words[at].start - 1):
            return Phrase(quoted[1].strip(), quoted.start(1), quoted.end(1), True)
        first = at
        while (
            first < len(self.words)
            and self.lexicon.has("generic", self.keys[first])
            and self._runs_on(first, at)
        ):
            first += 1
        last = first
        while last < len(self.words) and last - first < LONGEST_PHRASE and self._belongs(last, first, at):
            last += 1
        return self._as_phrase(first, last, bare=first == at, named=named)

    def _runs_on(self, at: int, begin: int) -> bool:
        return at == begin or not CLAUSE.search(self.gap(at))

    def _belongs(self, at: int, first: int, begin: int) -> bool:
        if not self._runs_on(at, begin):
            return False
        small = not self.is_name_like(at)
        return not (
            small and (self.lexicon.has("joints", self.keys[at]) or self.lexicon.has("verbs", self.keys[at]))
        )

    def _as_phrase(self, first: int, last: int, *, bare: bool, named: bool) -> Phrase | None:
        while (
            last > first
            and self.lexicon.has("generic", self.keys[last - 1])
            and not self.is_name_like(last - 1)
        ):
            last -= 1
        if last <= first:
            return None
        if any(self.lexicon.has("everyday", *self.keys[first:end]) for end in range(first + 1, last + 1)):
            return None
        start, end = self.words[first].start, self.words[last - 1].end
        if any(self.is_name_like(at) for at in range(first, last)):
            end = self._end_of_name(first, last)
            return Phrase(self.text[start:end], start, end, True)
        if named:
            end = self.words[first].end
            return Phrase(self.text[start:end], start, end, True)
        bare = bare and self.keys[first - 1] not in ("tool", "app", "software", "service", "chatbot")
        lonely = (
            last - first == 1 and bare and len(self.keys[first]) > 3 and not self.keys[first].endswith("s")
        )
        return Phrase(self.text[start:end], start, end, False) if lonely else None

    def _end_of_name(self, first: int, last: int) -> int:
        """Small words after the last name-like one are no part of it: "Foobar pages" ends at Foobar."""
        while last - 1 > first and not self.is_name_like(last - 1):
            last -= 1
        return self.words[last - 1].end


def _capitals_tell(spoken: list[Word]) -> bool:
    """False for a text in Title Case, where a capital says nothing."""
    long = [word for word in spoken if len(word.text) >= LONG_WORD and word.text.isalpha()]
    return len(long) < 4 or sum(word.text[0].isupper() for word in long) < 0.9 * len(long)
