"""Which versions of the organisation's own policies counted at a moment: what a decision of then names for ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from intake.value import Value
from triage.aims.entry import Entry


class Published(Value):
    ref: str
    title: str
    number: int


def published(entries: Iterable[Entry], at: datetime) -> tuple[Published, ...]:
    """By the steps until then, so what came later changes nothing of it."""
    found = ((entry, entry.counted(at)) for entry in entries if entry.kind == "policy")
    return tuple(
        Published(ref=entry.ref, title=str(draft.said.get("title") or entry.name), number=draft.number)
        for entry, draft in found
        if draft is not None
    )
