"""Whether whoever acted in somebody's place was named for it: the days, the deputy and the moment, by what was said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from store import absences, audit
from store.legible import UNREADABLE, Cells, rows
from store.records import USE
from store.trail import Record

ZONES = timedelta(hours=14)
"""A day begins and ends as much earlier or later somewhere."""


def differences(session: Session) -> Iterator[str]:
    """One sentence for each line of which that is not so; what was said before it, the trail knows, and no clock."""
    kept = {row["id"]: row for row in rows(session, "absence", by="id")}
    said: dict[str, Cells | None] = {}
    for line in audit.records(session):
        if line.what in absences.HAPPENED and line.subject[0] == absences.PERSON:
            said[str(line.subject[1])] = kept.get(line.detail.get("absence"))
        elif line.subject[0] == USE and "for" in line.detail:
            person = str(line.detail["for"])
            if problem := _wrong(line, said.get(person)):
                yield f"line {line.seq} was done in the place of {person}: {problem}"


def _wrong(line: Record, last: Cells | None) -> str:
    if last is None or last["deputy_id"] != line.actor:
        return "they had not named who did it"
    days = (str(last["since"]), str(last["until"]))
    if days != (line.detail.get("since"), line.detail.get("until")):
        return "they had named them for other days"
    try:
        at = datetime.fromisoformat(line.at)
        earliest, latest = ((at - ZONES).date().isoformat(), (at + ZONES).date().isoformat())
    except (*UNREADABLE, OverflowError):
        return "its moment cannot be read"
    return "" if days[0] <= latest and earliest <= days[1] else "it was no day of these"
