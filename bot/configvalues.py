"""Reads single settings that are no ids: words, counts, models, files and addresses; a fault says what mends it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from intake.source import Entry, Faults

Reader = Callable[[Entry, Faults], Any]

_MODEL = re.compile(r"[a-z0-9_]+/[\w.:/-]+(?: https?://[^\s/?#]+[^\s?#]*)?")
_ADDRESS = re.compile(r"https?://[^\s/?#@]+[^\s#]*")
_LONGEST = 200


def words(entry: Entry, faults: Faults) -> tuple[str, ...]:
    if entry.value is None or entry.value == []:
        return ()
    found = tuple(text.strip() for text in entry.texts(faults))
    for text in found:
        short(entry, text, faults)
    return found


def short(entry: Entry, text: str, faults: Faults) -> str:
    if len(text) > _LONGEST:
        faults.add(entry, f"is longer than {_LONGEST} characters", "Shorten it.")
    return text


def models(entry: Entry, faults: Faults) -> tuple[str, ...]:
    """Each by provider and name as LiteLLM writes them, and behind a space the address of a server of one's own."""
    found = words(entry, faults)
    for each in found:
        if not _MODEL.fullmatch(each):
            mend = "Write provider/name, such as openai/gpt-4o, and behind a space the address of a server of yours."
            faults.add(entry, f"`{each[:60]}` names no model", mend)
    return found


def count(least: int, most: int) -> Reader:
    def read(entry: Entry, faults: Faults) -> int | None:
        value = entry.value
        if value is not None and (type(value) is not int or not least <= value <= most):
            mend = f"Write a whole number from {least} to {most}."
            faults.add(entry, "is not a number that fits here", mend)
        return None if value is None else entry.whole(faults)

    return read


def path(entry: Entry, faults: Faults) -> str | None:
    """Of this machine, the same for every process wherever it was started."""
    if entry.value is None:
        return None
    text = short(entry, entry.text(faults).strip(), faults)
    if isinstance(entry.value, str) and not Path(text).is_absolute():
        faults.add(
            entry, f"`{text[:60]}` is no whole path", "Begin it with /, so that it is the same everywhere."
        )
    return text


def address(entry: Entry, faults: Faults) -> str | None:
    if entry.value is None:
        return None
    text = short(entry, entry.text(faults).strip(), faults)
    if isinstance(entry.value, str) and not _ADDRESS.fullmatch(text):
        faults.add(
            entry, f"`{text[:60]}` is no address", "Write it whole, such as https://tsa.example.org/tsr."
        )
    return text
