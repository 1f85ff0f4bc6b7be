"""The words that open a concern again which somebody raised without their name: made by chance, and read as typed."""

from __future__ import annotations

import re
import secrets
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("phrase.txt")
MANY = 8
"""Words of a phrase; of 512 each is nine bits, so that all of them are 72."""
LETTERS = re.compile(r"[a-z]+")


@cache
def known() -> tuple[str, ...]:
    """No two begin with the same four letters, so that a slip is found and never becomes another word."""
    return tuple(FILE.read_text(encoding="ascii").split())


def new_phrase() -> str:
    return " ".join(secrets.choice(known()) for _ in range(MANY))


def as_typed(words: str) -> tuple[str, tuple[str, ...]]:
    """The phrase that was meant, whatever stood between its words, and those that are none of ours."""
    beginnings = {each[:4]: each for each in known()}
    typed = LETTERS.findall(words.lower())
    strange = tuple(each for each in typed if each[:4] not in beginnings)
    return " ".join(beginnings.get(each[:4], each) for each in typed), strange
