"""What the register says of each month: how much came in, was decided, may be used, and went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from store.digest_flow import decided, stock
from store.digest_places import reported
from store.digest_then import Then
from triage.aims.trending import Month
from triage.digest import IN_USE


def by_month(session: Session, spans: Sequence[Month]) -> Mapping[str, Sequence[int]]:
    """`in_use`: at the end of each."""
    found: dict[str, list[int]] = {name: [] for name in ("came_in", "decided", "in_use", "incidents")}
    for span in spans:
        then = Then(session, span.time.end)
        standing, flow, _ = stock(then, span.time.begin)
        found["came_in"].append(flow.came_in)
        found["decided"].append(decided(then, span.time.begin, flow).decided)
        found["in_use"].append(standing.of(*IN_USE))
        found["incidents"].append(reported(then, span.time.begin))
    return found
