"""Names of tools in people's words: where they stand, and what else the same letters can mean.

Whether a name found is the tool meant is decided in intake.mentions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from intake.tool import How, Tool

LEXICON = Path(__file__).parent / "data" / "names.en.yaml"
LONGEST_NAME = 6  # words
SPLIT = re.compile(r"(?<=[a-z])(?=[A-Z])")
WORD = re.compile(r"[^\W_]+")
# What may stand between two words of one name: "Chat GPT", "chat-gpt", "Otter.ai", "Q&A".
WITHIN = re.compile(r" ?|[-‐–_.·:;/&+|'’]| & |\+ ")
WITH_NUMBER = re.compile(r"(\D{3,}?)[vV]?(\d.*)")

# clear: nothing else is meant. brand: a product without its AI. The others: see names.en.yaml.
Sort = Literal["clear", "mild", "person", "common", "phrase", "brand"]
AMONG_WORDS: tuple[Sort, ...] = ("person", "common", "mild")


class Word(NamedTuple):
    """A word of a text; `gap` is what stands before it."""

    key: str
    text: str
    start: int
    end: int
    gap: str


class Form(NamedTuple):
    """One way of writing one or several tools; `spellings` are its divisions into words."""

    key: str
    spellings: frozenset[tuple[str, ...]]
    tools: tuple[Tool, ...]
    how: How
    sort: Sort


class Found(NamedTuple):
    """A form at the words `first` to `last`, with the number that was glued to it ("GPT4o")."""

    first: int
    last: int
    form: Form
    number: str = ""


def key_of(text: str) -> str:
    """Small letters without accents and punctuation: "DALL·E" and "dall-e" are the same."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
    return plain if plain.isalnum() else "".join(letter for letter in plain if letter.isalnum())


def words(text: str) -> list[Word]:
    found = []
    end = 0
    for match in WORD.finditer(text):
        found.append(Word(key_of(match[0]), match[0], match.start(), match.end(), text[end : match.start()]))
        end = match.end()
    return found


class Lexicon:
    """The word lists of names.en.yaml, as sets of keys; phrases as tuples of keys."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        self.vendor_words: dict[str, list[str]] = lists["vendor_words"]
        self._lists = {
            name: frozenset(
                tuple(key_of(part) for part in WORD.findall(entry)) or (entry,) for entry in entries
            )
            for name, entries in lists.items()
            if name != "vendor_words"
        }

    @classmethod
    def load(cls, path: Path = LEXICON) -> Lexicon:
        return cls(
            yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        )

    def has(self, name: str, *parts: str) -> bool:
        return parts in self._lists[name]

    def phrases(self, name: str) -> frozenset[tuple[str, ...]]:
        return self._lists[name]


class Names:
    """Every way of writing every tool, built once."""

    def __init__(self, tools: Sequence[Tool], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        gathered: dict[str, list[tuple[Tool, How, str]]] = {}
        for tool in tools:
            for written, how in _written(tool):
                gathered.setdefault(key_of(written), []).append((tool, how, written))
        gathered.pop("", None)
        self._forms = {key: _form(key, entries, lexicon) for key, entries in gathered.items()}
        self._guessable = [
            form.key
            for form in self._forms.values()
            if len(form.key) >= 5 and form.sort != "phrase" and any(tool.curated for tool in form.tools)
        ]

    def __contains__(self, key: str) -> bool:
        return key in self._forms

    def get(self, key: str) -> Form | None:
        return self._forms.get(key)

    def find(self, spoken: Sequence[Word]) -> list[Found]:
        """The names in a text, the longest first at each word, none overlapping."""
        found: list[Found] = []
        at = 0
        while at < len(spoken):
            hit = self._longest(spoken, at)
            if hit:
                found.append(hit)
                at = hit.last
            at += 1
        return found

    def _longest(self, spoken: Sequence[Word], at: int) -> Found | None:
        reach = at
        while (
            reach + 1 < len(spoken)
            and reach - at + 1 < LONGEST_NAME
            and WITHIN.fullmatch(spoken[reach + 1].gap)
        ):
            reach += 1
        for last in range(reach, at - 1, -1):
            parts = tuple(word.key for word in spoken[at : last + 1])
            form = self._forms.get("".join(parts))
            if form and (parts in form.spellings or self._may_be_split(parts, form)):
                return Found(at, last, form)
        if match := WITH_NUMBER.fullmatch(spoken[at].key):
            form = self._forms.get(match[1])
            if form and form.sort in ("clear", "mild", "person"):
                return Found(at, at, form, match[2])
        return None

    def _may_be_split(self, parts: tuple[str, ...], form: Form) -> bool:
        """ "chat gpt" is ChatGPT, but "in video" is not InVideo and "not ion" not Notion."""
        if len(parts) == 1:
            return True
        if form.sort not in ("clear", "brand") or len(form.key) < 5:
            return False
        return not any(
            self.lexicon.has("joints", part) or self.lexicon.has("compared", part) for part in parts
        )

    def similar(self, key: str) -> tuple[list[Form], int]:
        """The forms nearest to a misspelt word, and how many letters lie between."""
        if len(key) < 5 or self.lexicon.has("near_words", key):
            return [], 0
        allowed = 2 if len(key) >= 9 else 1
        near = process.extract(key, self._guessable, scorer=OSA.distance, score_cutoff=allowed, limit=5)
        near = [hit for hit in near if hit[0][0] == key[0] and hit[1] > 0]
        if not near:
            return [], 0
        nearest = min(distance for _, distance, _ in near)
        return [self._forms[name] for name, distance, _ in near if distance == nearest], int(nearest)


def _written(tool: Tool) -> Iterable[tuple[str, How]]:
    yield tool.name, "name"
    for alias in tool.aliases:
        yield alias, "alias"


def _form(key: str, entries: Sequence[tuple[Tool, How, str]], lexicon: Lexicon) -> Form:
    first = entries[0][2]
    named = [entry for entry in entries if entry[1] == "name"]
    tools = tuple(dict.fromkeys(tool for tool, _, _ in entries))
    spellings = [tuple(key_of(part) for part in WORD.findall(written)) for _, _, written in entries]
    sort = _sort(first, spellings[0], tools, lexicon)
    return Form(key, frozenset(spellings), tools, named[0][1] if named else "alias", sort)


def _sort(written: str, parts: tuple[str, ...], tools: Sequence[Tool], lexicon: Lexicon) -> Sort:
    if _is_brand(parts, tools[0]):
        return "brand"
    joined = "".join(parts)
    for sort in AMONG_WORDS:
        if lexicon.has(sort, *parts) or lexicon.has(sort, joined):
            return sort
    if tools[0].general_product and len(parts) == 1:
        return "mild"
    split = [key_of(part) for part in WORD.findall(SPLIT.sub(" ", written))]
    if all(part.isdigit() or lexicon.has("plain", part) or lexicon.has("common", part) for part in split):
        return "phrase"
    return "clear"


def _is_brand(parts: tuple[str, ...], tool: Tool) -> bool:
    """A product's bare name, while the catalogue means the AI in it ("Notion" for Notion AI)."""
    if not tool.general_product or "ai" in parts:
        return False
    named = tuple(key_of(part) for part in WORD.findall(tool.name))
    return parts != named and (named[: len(parts)] == parts or "".join(parts) == key_of(tool.vendor))
