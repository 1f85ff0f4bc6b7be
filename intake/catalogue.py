"""The catalogue of AI tools: look one up, search for one, recognise one in somebody's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from pydantic import TypeAdapter
from rapidfuzz import fuzz

from intake.links import Domains
from intake.mentions import AS_TOOL, CERTAIN, IGNORED, POSSIBLE, Mention, weigh_address, weigh_name
from intake.names import Lexicon, Names, Word, key_of, words
from intake.scene import Phrase, Scene
from intake.tool import Recognition, Tool
from intake.whose import clauses_of_others, is_of_others

CATALOGUE = Path(__file__).parent / "data" / "catalogue.jsonl"
SCANNED = 4_000  # characters read for names; nobody names a tool later than that
ALIKE = 75  # of 100, for a misspelling in a search
OFFERED = 8  # tools at most to choose from
SURE_LENGTH = 7  # letters from which one wrong letter still leaves a certain name
ALONE_LENGTH = 5  # letters of a word that is all somebody wrote, to ask whether it is a misspelt name
WEIGHED = 30  # names at most in one text
GUESSED = 40  # words tried for misspellings in one text
SOMEBODY = re.compile(r"\s+(?:uses|used|likes|showed|recommended|mentioned|says|said|told)\b", re.IGNORECASE)
"""Behind a name: a colleague is meant, as in "the thing Anna uses"."""
LISTED = re.compile(r"(?:[\s,/&+]|\band\b|\bor\b|\bvs\b\.?|\bversus\b|\bplus\b)+", re.IGNORECASE)
VERSION = re.compile(r"[\s\d.v-]+")
SPEAK_OF_AI = (
    "ai",
    "genai",
    "llm",
    "llms",
    "gpt",
    "chatbot",
    "bot",
    "assistant",
    "model",
    "models",
    "copilot",
    "tool",
)
THINGS = ("thing", "things", "thingy", "stuff", "one", "gadget")
NONE = Recognition()

__all__ = ["Catalogue", "Recognition", "Tool"]


class Catalogue:
    """All tools; their names, makers and domains are indexed at the first look at somebody's words."""

    def __init__(self, tools: Iterable[Tool], lexicon: Lexicon | None = None) -> None:
        self.tools = tuple(tools)
        self._by_id = {tool.id: tool for tool in self.tools}
        self._given = lexicon

    @cached_property
    def embedded(self) -> frozenset[str]:
        """Those that have AI beside what they are for."""
        return frozenset(tool.id for tool in self.tools if tool.general_product)

    @cached_property
    def _lexicon(self) -> Lexicon:
        return self._given or Lexicon.load()

    @cached_property
    def _names(self) -> Names:
        return Names(self.tools, self._lexicon)

    @cached_property
    def _domains(self) -> Domains:
        return Domains(self.tools)

    @cached_property
    def _keys(self) -> dict[str, tuple[str, ...]]:
        return {tool.id: _search_keys(tool) for tool in self.tools}

    @cached_property
    def _makers(self) -> dict[tuple[str, ...], tuple[Tool, ...]]:
        return _makers(self.tools, self._lexicon, self._names)

    @classmethod
    def load(cls, path: Path = CATALOGUE) -> Catalogue:
        """Read the shipped file, one tool in each line."""
        lines = path.read_text(encoding="utf-8").splitlines()
        return cls(TypeAdapter(list[Tool]).validate_json(f"[{','.join(lines)}]"))

    def get(self, tool_id: str) -> Tool | None:
        return self._by_id.get(tool_id)

    def search(self, text: str, limit: int = 20) -> list[Tool]:
        """The tools for a select that is being typed into, the likeliest first."""
        sought = key_of(text)
        if not sought:
            return []
        scored = [(_likeness(sought, self._keys[tool.id]), tool) for tool in self.tools]
        scored = [entry for entry in scored if entry[0] > 0]
        scored.sort(key=lambda entry: (-entry[0], not entry[1].curated, len(entry[1].name), entry[1].id))
        return [tool for _, tool in scored[:limit]]

    def recognise(self, text: str) -> Recognition:
        """The tool named in free text: certain, to be asked about, or none."""
        scene, mentions = self._read(text)
        found = self._judge(scene, mentions)
        return found.model_copy(update={"text": text[slice(*found.span)]}) if found.span else found

    def unknown_phrase(self, text: str) -> str | None:
        """What people called the tool, where that is no tool of the catalogue."""
        scene, mentions = self._read(text)
        phrase = _phrase(scene)
        if phrase is None or _covered(phrase, mentions):
            return next(
                (a.host for a in self._domains.find(text[:SCANNED])[0] if a.how and not a.tools), None
            )
        return phrase.text

    def own_words(self, text: str, *, beside_tools: bool = True) -> str:
        """The text, its clauses about what others do blanked out; or only those that name a tool of theirs."""
        scene, mentions = self._read(text)
        for start, end in clauses_of_others(scene):
            if beside_tools or any(start < mention.end and mention.start < end for mention in mentions):
                text = text[:start] + "…".ljust(end - start) + text[end:]  # no pattern reaches across
        return text

    def _read(self, text: str) -> tuple[Scene, list[Mention]]:
        addresses, blank = self._domains.find(text[:SCANNED])
        scene = Scene(blank, self._lexicon)
        names = self._names.find(scene.words)[:WEIGHED]
        taken = {at for found in names for at in range(found.first, found.last + 1)}
        mentions = [weigh_address(scene, address) for address in addresses if address.tools]
        mentions += [weigh_name(scene, found, taken) for found in names]
        mentions.sort(key=lambda mention: mention.start)
        return scene, [m for m in mentions if m.weight > IGNORED and not _names_version(text, m, mentions)]

    def _judge(self, scene: Scene, mentions: list[Mention]) -> Recognition:
        phrase = _phrase(scene)
        if phrase and not _covered(phrase, mentions):
            guess = self._guess(key_of(phrase.text), phrase.start, phrase.end, placed=True)
            if guess:
                mentions = [guess, *mentions]
            elif phrase.sure:
                mentions = [_doubted(mention) for mention in mentions]
        certain = [mention for mention in mentions if mention.weight == CERTAIN and not mention.aside]
        meant = [mention for mention in certain if not mention.is_brand or mention.place == AS_TOOL]
        if meant:
            rivals = [m for m in mentions if m.place == AS_TOOL and not m.is_brand and not m.aside]
            together = _with_listed(scene.text, {*meant, *rivals}, mentions)
            return _answer(sorted(together, key=lambda m: (-m.place, m.start)))
        if mentions:
            return _answer(sorted((m._replace(weight=POSSIBLE) for m in mentions), key=lambda m: m.aside))
        return self._guess_anywhere(scene) or self._by_maker(scene) or NONE

    def _guess(self, key: str, start: int, end: int, *, placed: bool) -> Mention | None:
        forms, distance = self._names.similar(key)
        if not forms:
            return None
        tools = tuple(dict.fromkeys(tool for form in forms for tool in form.tools))
        sure = placed and len(tools) == 1 and forms[0].sort in ("clear", "mild") and distance == 1
        sure = sure and len(key) >= SURE_LENGTH
        return Mention(start, end, tools, "spelling", CERTAIN if sure else POSSIBLE, AS_TOOL)

    def _guess_anywhere(self, scene: Scene) -> Recognition | None:
        """A misspelt name somewhere: only ever proposed."""
        spoken = scene.words[:GUESSED]
        shortest = ALONE_LENGTH if len(scene.words) == 1 else SURE_LENGTH
        pairs = [(one, two) for one, two in pairwise(spoken) if two.gap in (" ", "-")]
        for first, last in [*((word, word) for word in spoken), *pairs]:
            key = first.key if first is last else first.key + last.key
            if first is not last and (self._is_known(first) or self._is_known(last)):
                continue
            if (self._is_ordinary(first) and self._is_ordinary(last)) or len(key) < shortest:
                continue
            if guess := self._guess(key, first.start, last.end, placed=False):
                return _answer([guess])
        return None

    def _is_known(self, word: Word) -> bool:
        return word.key in self._names or (word.key,) in self._makers

    def _is_ordinary(self, word: Word) -> bool:
        lists = ("joints", "generic", "verbs", "hints", "plain", "common")
        return any(self._lexicon.has(kind, word.key) for kind in lists)

    def _by_maker(self, scene: Scene) -> Recognition | None:
        """Tools of a maker named alone; a maker of everything counts only beside a word for AI."""
        for at, word in enumerate(scene.words):
            for length in (2, 1):
                key = tuple(scene.keys[at : at + length])
                if len(key) < length or key not in self._makers:
                    continue
                if self._lexicon.has("broad_vendors", *key) and not (
                    _speaks_of_ai(scene, at) or _speaks_of_a_thing(scene, at, at + length)
                ):
                    continue
                end = scene.words[at + length - 1].end
                mention = Mention(word.start, end, self._makers[key], "vendor", POSSIBLE, AS_TOOL)
                return _answer([mention])
        return None


def _phrase(scene: Scene) -> Phrase | None:
    """What the speaker calls a tool; what others use, or what is not used, is none of it."""
    for phrase in scene.phrases():
        at = scene.word_at(phrase.start)
        somebody = SOMEBODY.match(scene.text, phrase.end)
        if not somebody and not is_of_others(scene, at, scene.word_at(phrase.end)):
            return phrase
    return None


def _doubted(mention: Mention) -> Mention:
    """Somebody else's tool stands where the tool should: what is named besides is only possible."""
    return mention if mention.place == AS_TOOL else mention._replace(weight=POSSIBLE)


def _names_version(text: str, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """ "Sonnet" in "Claude 3.5 Sonnet"."""
    return any(
        other.end < mention.start
        and VERSION.fullmatch(text[other.end : mention.start])
        and not {tool.id for tool in other.tools}.isdisjoint(tool.id for tool in mention.tools)
        for other in mentions
    )


def _with_listed(text: str, meant: set[Mention], mentions: Sequence[Mention]) -> set[Mention]:
    """Who names ChatGPT in "Claude, Gemini and ChatGPT" names the others too."""
    for one in (*mentions, *reversed(mentions)):
        if any(_in_one_list(text, one, other) for other in meant):
            meant = meant | {one}
    return meant


def _in_one_list(text: str, one: Mention, other: Mention) -> bool:
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return first.end <= second.start and bool(LISTED.fullmatch(text[first.end : second.start]))


def _covered(phrase: Phrase, mentions: Sequence[Mention]) -> bool:
    return any(mention.start < phrase.end and phrase.start < mention.end for mention in mentions)


def _answer(mentions: Sequence[Mention]) -> Recognition:
    first = mentions[0]
    tools = tuple(dict.fromkeys(tool for mention in mentions for tool in mention.tools))
    sure = len(tools) == 1 and first.weight == CERTAIN and not first.aside
    return Recognition(
        kind="one" if sure else "several",
        tools=tools[:OFFERED],
        how=first.how,
        span=(first.start, first.end),
        plan=next((mention.plan for mention in mentions if mention.plan), ""),
    )


def _speaks_of_ai(scene: Scene, at: int) -> bool:
    around = scene.keys[max(0, at - 3) : at] + scene.keys[at + 1 : at + 4]
    return any(word in SPEAK_OF_AI for word in around)


def _speaks_of_a_thing(scene: Scene, at: int, after: int) -> bool:
    """ "That Google thing", "my boss said SAP has one": something of this maker, and which is to be asked."""
    if after >= len(scene.words) or scene.gap(after) != " ":
        return False
    return scene.keys[after] in THINGS or scene.is_told_of(at, after)


def _makers(tools: Sequence[Tool], lexicon: Lexicon, names: Names) -> dict[tuple[str, ...], tuple[Tool, ...]]:
    made: dict[tuple[str, ...], list[Tool]] = {}
    for tool in sorted(tools, key=lambda tool: (not tool.curated, tool.general_product)):
        for written in (tool.vendor, *lexicon.vendor_words.get(tool.vendor, ())):
            made.setdefault(tuple(word.key for word in words(written)), []).append(tool)
    return {key: tuple(owned) for key, owned in made.items() if key and "".join(key) not in names}


def _search_keys(tool: Tool) -> tuple[str, ...]:
    return tuple(key_of(said) for said in (tool.name, *tool.aliases, tool.vendor, *tool.domains) if said)


def _likeness(sought: str, keys: Sequence[str]) -> float:
    """How well a tool fits what is typed: the whole of a name, its beginning, a part, a misspelling."""
    if sought in keys:
        return 4 if keys[0] == sought else 3.5
    if any(key.startswith(sought) for key in keys):
        return 3 if keys[0].startswith(sought) else 2
    if any(sought in key for key in keys):
        return 1
    return max(fuzz.ratio(sought, key, score_cutoff=ALIKE) for key in keys) / 100
