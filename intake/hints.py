"""What the words of a message hint at, by the patterns of hints.en.yaml; every hint is only ever proposed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from intake.value import Value

HINTS = Path(__file__).parent / "data" / "hints.en.yaml"
BEFORE = 40  # characters before a hint in which a "no" takes it back
CLAUSE_END = re.compile(r"[.!?;:\n()]|\bbut\b|\bjust\b")
AFTER = 24  # characters behind it
BETWEEN = r"(?:[\w'’.-]+[\s,-]+){0,4}?"
EDGE = r"(?![\w])"
OPENING = r"(?:^|(?<=[.!?:]\s))"
START = r"(?<![\w-])"


class Proposal(Value):
    """A choice that the words in `because` suggest; it counts as not asked until it is confirmed."""

    question: str
    value: str
    because: str


class Pattern(NamedTuple):
    """Several patterns of the little language of hints.en.yaml, as one expression."""

    expression: re.Pattern[str]

    @classmethod
    def of(cls, patterns: Iterable[str]) -> Pattern:
        return cls(re.compile("|".join(_compiled(pattern) for pattern in patterns) or r"(?!)", re.IGNORECASE))

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        return self.expression.search(text, start)


class Rule(NamedTuple):
    question: str
    value: str
    words: Pattern
    unless: Pattern


class Hints:
    """The lists of hints.en.yaml, ready to be searched for."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        self.whole = {
            name: Pattern.of(f"^{words} $" for words in said) for name, said in lists["whole"].items()
        }
        self.intents = {name: Pattern.of(lists[name]) for name in INTENTS}
        self.greetings = frozenset(lists["greetings"])
        self.greeted = frozenset(lists["greeted"])
        self.asides = frozenset(lists["asides"])
        self.asking = frozenset(lists["asking"])
        self.only_ask = frozenset(lists["only_ask"])
        self.doing: Mapping[str, str] = dict(lists["doing"])
        self.no_plurals = frozenset(lists["no_plurals"])
        self.kinds_of_tools: Mapping[str, tuple[str, ...]] = {
            category: tuple(words) for category, words in lists["kinds_of_tools"].items()
        }
        self.english = frozenset(lists["english"])
        self.foreign = frozenset(lists["foreign"]) - self.english
        self._denied_before = Pattern.of(lists["denied_before"])
        self._denied_after = Pattern.of(lists["denied_after"])
        self._not_denied = Pattern.of(lists["not_denied"])
        self._rules = [
            Rule(
                rule["question"], rule["value"], Pattern.of(rule["words"]), Pattern.of(rule.get("unless", ()))
            )
            for rule in lists["proposals"]
        ]

    @classmethod
    def load(cls, path: Path = HINTS) -> Hints:
        return cls(
            yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        )

    @property
    def choices(self) -> frozenset[tuple[str, str]]:
        """Every question and choice that may be proposed."""
        return frozenset((rule.question, rule.value) for rule in self._rules)

    def proposals(self, text: str) -> tuple[Proposal, ...]:
        found = []
        for rule in self._rules:
            if said := self._said(rule, text):
                found.append(Proposal(question=rule.question, value=rule.value, because=said))
        return tuple(found)

    def _said(self, rule: Rule, text: str) -> str | None:
        exceptions = [match.span() for match in rule.unless.expression.finditer(text)]
        for match in rule.words.expression.finditer(text):
            excepted = any(start <= match.start() < end for start, end in exceptions)
            if not excepted and not self._is_denied(text, match):
                return match[0]
        return None

    def _is_denied(self, text: str, match: re.Match[str]) -> bool:
        before = CLAUSE_END.split(text[max(0, match.start() - BEFORE) : match.start()])[-1]
        after = CLAUSE_END.split(text[match.end() : match.end() + AFTER])[0]
        before = self._not_denied.expression.sub("", before)
        return bool(self._denied_before.search(before) or self._denied_after.search(after))


INTENTS = ("cancel", "list", "status", "can_i", "report_existing", "build", "question", "use", "wish")


def _compiled(pattern: str) -> str:
    parts = []
    words = pattern.split()
    for at, word in enumerate(words):
        if word == "…":
            parts.append(BETWEEN)
        elif word == "$":
            parts.append(r"[\s.!,]*$")
        else:
            gap = r"[\s,-]+" if at + 1 < len(words) and words[at + 1] != "$" else ""
            parts.append(_word(word.removeprefix("^")) + EDGE + gap)
    return (OPENING if pattern.startswith("^") else START) + "".join(parts)


def _word(word: str) -> str:
    choices = "|".join(re.escape(choice).replace(r"\*", r"[\w'-]*") for choice in word.split("/"))
    return f"(?:{choices})"
