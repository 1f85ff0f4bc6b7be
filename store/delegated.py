"""Whether whoever acted in somebody's place was named for it: the days, the deputy and the moment, by what was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from store import audit
from store.columns import to_text
from store.legible import UNREADABLE, Cells, rows
from store.records import USE
from store.trail import SKEW, Record

ZONES = timedelta(hours=14)
"""A day begins and ends as much earlier or later somewhere."""


def differences(session: Session) -> Iterator[str]:
    """One sentence for each line of which that is not so."""
    said: dict[str, list[Cells]] = defaultdict(list)
    for row in rows(session, "absence", by="id"):
        said[row["person_id"]].append(row)
    for line in audit.records(session):
        if line.subject[0] == USE and "for" in line.detail:
            person = str(line.detail["for"])
            if problem := _wrong(line, said[person]):
                yield f"line {line.seq} was done in the place of {person}: {problem}"


def _wrong(line: Record, said: list[Cells]) -> str:
    """By what was said last before it; what a clock that is ahead wrote down may have been said before it, too."""
    try:
        at = datetime.fromisoformat(line.at)
    except UNREADABLE:
        return "its moment cannot be read"
    last = max((row for row in said if str(row["at"]) <= line.at), key=_number, default=None)
    near = [row for row in said if line.at < str(row["at"]) <= to_text(at + SKEW)]
    found = [_differs(line, at, row) for row in (*([last] if last else []), *near)]
    return "they had not named who did it" if not found else "" if "" in found else found[0]


def _number(row: Cells) -> int:
    return int(row["number"])


def _differs(line: Record, at: datetime, row: Cells) -> str:
    if row["deputy_id"] != line.actor:
        return "they had not named who did it"
    days = (str(row["since"]), str(row["until"]))
    if days != (line.detail.get("since"), line.detail.get("until")):
        return "they had named them for other days"
    earliest, latest = ((at - ZONES).date().isoformat(), (at + ZONES).date().isoformat())
    return "" if days[0] <= latest and earliest <= days[1] else "it was no day of these"
