"""What somebody wants to see of their queue, and which of it that is, as far as the request itself says it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from intake.value import Value
from triage.register import Entry

Whose = Literal["", "mine", "free"]
Before = Literal["", "first", "again"]
WORDS = 40
"""So long what is searched for may be."""


class Narrowed(Value):
    """Nothing of it chosen: the whole queue.

    `tier`: the strictest that is still possible. `whose`: taken by whoever looks, or by nobody. `before`: whether it
    was approved once. `role`: that is asked. `words`: all of which stand in title, tool, unit or reference.
    """

    tier: int = Field(default=0, ge=0, le=4)
    whose: Whose = ""
    late: bool = False
    before: Before = ""
    role: str = ""
    words: str = Field(default="", max_length=WORDS)

    @property
    def is_whole(self) -> bool:
        return self == WHOLE


WHOLE = Narrowed()


def fits(entry: Entry, wanted: Narrowed) -> bool:
    """By what stands in the register; who has it and who is asked is for others to say."""
    if wanted.tier and (entry.tier is None or entry.tier[1] != wanted.tier):
        return False
    if wanted.before and entry.again != (wanted.before == "again"):
        return False
    said = " ".join((entry.ref or "", entry.title, entry.tool_name, entry.unit)).casefold()
    return all(word in said for word in wanted.words.casefold().split())
