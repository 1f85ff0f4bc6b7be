"""Which approved uses suit what somebody asks for: a yes is only said for what the register says yes to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from intake.catalogue import Catalogue
from intake.likeness import says_some, topics
from intake.wording import has_all, wording
from triage.register import Entry


class Suited(NamedTuple):
    """`fit`: all that was asked for is in their titles, some of it (or the kind of tool is right), or nothing is;
    `asked_nothing` where no purpose was named, so that every approved use is an answer."""

    fit: Literal["asked_nothing", "all", "some", "none"]
    uses: tuple[Entry, ...]


def suited(asked: str, entries: Sequence[Entry], catalogue: Catalogue) -> Suited:
    about = topics(asked)
    if not about:
        return Suited("asked_nothing", tuple(entries))
    words = wording(asked)
    if whole := tuple(entry for entry in entries if has_all(wording(entry.title), words)):
        return Suited("all", whole)
    some = tuple(entry for entry in entries if says_some(about, entry.title, _category(entry, catalogue)))
    return Suited("some", some) if some else Suited("none", tuple(entries))


def _category(entry: Entry, catalogue: Catalogue) -> str:
    tool = catalogue.get(entry.tool_id) if entry.tool_id else None
    return tool.category if tool else ""
