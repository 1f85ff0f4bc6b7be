"""Short messages beside the questions: somebody wants out, wants it back, or asks where it stands."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from intake.assent import bare
from intake.hints import Pattern
from intake.vocabulary import speech

FILE = Path(__file__).parent / "data" / "beside.en.yaml"
LONGEST = 120
"""Characters; whoever writes more says more."""
PIECE = re.compile(r"[,.;:!?\n()–-]+")
QUOTED = re.compile(r"^\s*[\"“”„'‘’]")


class Beside(StrEnum):
    withdraw = "withdraw"
    again = "again"
    standing = "standing"


def beside(words: str) -> Beside | None:
    """None for whatever says anything more; words in quotation marks are an answer."""
    if len(words) > LONGEST or QUOTED.match(words):
        return None
    pieces = [said for piece in PIECE.split(_plain(words)) if (said := bare(piece, speech()))]
    found = {_of(piece) for piece in pieces}
    meant = {Beside(each) for each in found if each not in ("", "beside")}
    return meant.pop() if len(meant) == 1 and "" not in found else None


def _plain(words: str) -> str:
    return re.sub(r"['’`]", "", words)


def _of(piece: str) -> str:
    """The list it stands in; "" for none."""
    return next((name for name, pattern in _patterns().items() if pattern.search(piece)), "")


@cache
def _patterns() -> dict[str, Pattern]:
    lists = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {name: Pattern.of(f"^{said} $" for said in lists[name]) for name in (*Beside, "beside")}
