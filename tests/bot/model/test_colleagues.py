"""Names are looked up word by word: it is counted how often, since time would depend on the machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.model import colleagues as names_of
from bot.model.colleagues import LONGEST, Colleagues, colleagues
from bot.model.prompts import prompt
from triage.consulting import About

WORDS = 2000
TEXT = " ".join(["draft"] * WORDS)


class Counted(set[Any]):
    """How often somebody looks into it."""

    looks = 0

    def __contains__(self, one: object) -> bool:
        self.looks += 1
        return super().__contains__(one)

    def __iter__(self) -> Iterator[Any]:
        raise AssertionError("nobody goes through all names for a text")


def many(count: int) -> list[str]:
    return [f"First{chr(97 + n % 26) * 4} Last{n}" for n in range(count)]


@pytest.mark.parametrize("count", [1, 20_000])
def test_a_text_takes_as_long_as_it_is_long_however_many_names_there_are(count: int) -> None:
    known = Colleagues(many(count))
    known.wholes, known.parts = Counted(known.wholes), Counted(known.parts)
    assert known.hidden(TEXT) == TEXT
    assert WORDS < known.wholes.looks + known.parts.looks <= WORDS * (LONGEST + 1)


def test_no_pattern_is_made_of_names(monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[str]()
    compiled = re.compile

    def compiling(pattern: str, flags: int = 0) -> re.Pattern[str]:
        made.append(pattern)
        return compiled(pattern, flags)

    monkeypatch.setattr(re, "compile", compiling)
    assert Colleagues(many(100)).hidden("Lastly, Firstaaaa.") == "Lastly, [person]."
    assert made == []


def test_they_are_made_once_for_as_long_as_they_stay_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[frozenset[str]]()

    def making(names: frozenset[str]) -> Colleagues:
        made.append(names)
        return Colleagues(names)

    monkeypatch.setattr(names_of, "Colleagues", making)
    colleagues.cache_clear()
    for _ in range(3):
        known = colleagues(frozenset(("Anna Schmidt", "Leila Sommer")))
        facts = {"facts": [("Purpose", "Anna reads"), ("Owner", "Schmidt")]}
        left = str(prompt(About.summary, "Leila asks", facts, known).messages)
        assert not [name for name in ("Anna", "Schmidt", "Leila") if name in left]
    colleagues(frozenset(("Anna Schmidt",)))
    assert len(made) == 2
    colleagues.cache_clear()
