"""Coverage at several moments beside each other: the trail is read once, and nothing of it is kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from store.coverage import Counted, at_moment, matching
from triage.aims.covered import Covered
from triage.aims.evidence import plan
from triage.aims.tally import Counting, Tally, together


def at_moments(session: Session, moments: Sequence[datetime], zone: str) -> Iterator[tuple[Covered, ...]]:
    """As `coverage.covered` says it of each of them; they go up."""
    known, parts = plan(), [Counting() for _ in moments]
    for _, found in matching(session, known):
        for source, record in found:
            if (number := bisect_left(moments, record.at)) < len(parts):
                parts[number].take(source, record)
    so_far: Mapping[str, Tally] = {}
    for moment, part in zip(moments, parts, strict=True):
        so_far = together(so_far, part.tallies())
        yield at_moment(session, known, Counted(0, moment, so_far), moment, zone)
