"""One person's name, addresses and ids of Slack in whatever text, and a pseudonym in their place: pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

LEAST = 4
"""A single word of fewer letters stands for too many people and things."""


class Known(NamedTuple):
    """By what somebody is known. `ids`: of Slack, their own and those of their direct messages."""

    ids: frozenset[str]
    emails: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def pattern(self) -> re.Pattern[str] | None:
        found = [*map(_of_id, sorted(self.ids)), *map(_of_email, sorted(self.emails))]
        found += map(_of_name, sorted(self.names, key=len, reverse=True))
        return re.compile("|".join(found)) if found else None


def _of_id(id: str) -> str:
    """Also as a mention, with whatever name Slack put behind it."""
    plain = re.escape(id)
    return rf"<[@#]{plain}(?:\|[^<>]*)?>|(?<![A-Za-z0-9]){plain}(?![A-Za-z0-9])"


def _of_email(email: str) -> str:
    """Also as the link that Slack makes of one."""
    plain = re.escape(email)
    return rf"(?i:<mailto:{plain}(?:\|[^<>]*)?>|(?<![\w.+-]){plain}(?![\w-]))"


def _of_name(name: str) -> str:
    """Its words in that order, in any case, with any blanks between."""
    words = r"\s+".join(map(re.escape, name.split()))
    return rf"(?i:(?<!\w){words}(?!\w))"


def telling_names(names: Iterable[str], others: Iterable[str]) -> frozenset[str]:
    """Those that stand for nobody else: no short word, and no part of what another person is called."""
    taken = [f" {' '.join(other.casefold().split())} " for other in others]
    told = {" ".join(name.split()) for name in names}
    return frozenset(
        name
        for name in told
        if (len(name) >= LEAST) and not any(f" {name.casefold()} " in other for other in taken)
    )


class Pseudonym:
    """What is put in their place."""

    def __init__(self, known: Known, label: str) -> None:
        self.label = label
        self._pattern = known.pattern()

    def in_text(self, text: str) -> str:
        """Where the whole text is JSON, in each text in it, so that it stays JSON."""
        if self._pattern is None or not self._pattern.search(text):
            return self._in_json(text) if "\\u" in text and text[:1] in ("{", "[") else text
        return self._in_json(text) if text[:1] in ("{", "[") else self._pattern.sub(self.label, text)

    def _in_json(self, text: str) -> str:
        """Written as it was: with or without blanks, with or without escapes."""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return self._pattern.sub(self.label, text) if self._pattern else text
        new = self.in_value(value)
        if new == value:
            return text
        for ascii_ in (True, False):
            for separators in ((",", ":"), (", ", ": ")):
                for sorts in (False, True):
                    how: dict[str, Any] = {
                        "ensure_ascii": ascii_,
                        "separators": separators,
                        "sort_keys": sorts,
                    }
                    if json.dumps(value, **how) == text:
                        return json.dumps(new, **how)
        return json.dumps(new)

    def in_value(self, value: Any) -> Any:
        """In every text of it, keys included."""
        if isinstance(value, str):
            return self.in_text(value)
        if isinstance(value, list | tuple):
            return [self.in_value(each) for each in value]
        if isinstance(value, dict):
            return {self.in_value(name): self.in_value(each) for name, each in value.items()}
        return value

    def stands_in(self, value: Any) -> bool:
        return bool(self.in_value(value) != (list(value) if isinstance(value, tuple) else value))
