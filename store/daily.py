"""The one message of a day to somebody: one thing in its own words, several as one list that is drawn again as they
are settled. What was written stays as rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import uuid4

from sqlmodel import Session, col, select

from store import outbox
from store.addresses import went_out
from store.owed import owe
from store.reachable import day_of, today
from store.tables import DoneRow, NudgeRow
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Notice, Outcome, Say

NUDGE, DAY = "nudge", "day"
"""What such a message is called where messages are owed, and what it is about."""
ENTRIES, DAYS = "entries", "days"
"""Of what is about the management system's own entries: what was told, and in whose messages it stands."""
PRIORITY = 2
LATEST = 5
"""So many of somebody's lists about one use are drawn again; older ones have slid out of sight."""


ORDER = (
    "condition",
    "expiry",
    "review",
    "reading",
    "report",
    "tasks",
    "owner",
    "pattern",
    "ended",
    "facts",
    "draft",
)


class Entry(NamedTuple):
    """`errand`: a deadline of a request that waits, in one word, or what waits on an approved use, by its name.

    `notice`: what is said of it where nothing stands beside it.
    """

    case: Case
    errand: str
    step: int
    notice: Notice | None = None


class OfEntry(NamedTuple):
    """Something that waits on an entry of the management system, by its name."""

    entry: str
    errand: str
    because: str
    holder: str


def write(session: Session, person: str, told: Sequence[Entry | OfEntry], desk: Desk) -> None:
    day = desk.calendar(person).day_of(desk.now)
    entries = [each for each in told if isinstance(each, Entry)]
    of_entries = [each for each in told if isinstance(each, OfEntry)]
    together = len(told) > 1 or bool(of_entries) or entries[0].notice is None
    session.add(
        DoneRow(key=today(person, desk), outcome={ENTRIES: of_entries} if of_entries else {}, at=desk.now)
    )
    _note(session, of_entries, person, day, desk)
    for number, each in enumerate(sorted(entries, key=_urgency), 1):
        session.add(_row(each, person, day, number, desk, together=together))
    alone = entries[0] if entries else None
    if not together and alone is not None and alone.notice is not None:
        owe(session, Outcome(case=alone.case, notices=(alone.notice,)), desk)
        return
    session.flush()
    _put(session, person, day, desk, kind="post")


def redraw(session: Session, case: Case, desk: Desk) -> None:
    """The lists in which something stands about this use, as it is now."""
    rows = select(NudgeRow).where(NudgeRow.use_id == case.id, NudgeRow.together)
    newest = session.exec(rows.order_by(col(NudgeRow.day).desc()).limit(LATEST)).all()
    for person, day in dict.fromkeys((row.person_id, row.day) for row in newest):
        about = _name(person, day)
        if went_out(session, about, NUDGE, person, f"{DAY}:{about}"):
            _put(session, person, day, desk, kind="update")


def _note(session: Session, told: Sequence[OfEntry], person: str, day: date, desk: Desk) -> None:
    """In whose messages of which days an entry stands, so that they are drawn again; the latest."""
    for id in dict.fromkeys(each.entry for each in told):
        row = session.get(DoneRow, _told(id)) or DoneRow(key=_told(id), at=desk.now)
        row.outcome = {DAYS: [*row.outcome.get(DAYS, []), [person, day.isoformat()]][-LATEST:]}
        session.add(row)


def redraw_entry(session: Session, entry: str, desk: Desk) -> None:
    """The lists in which something stands about this entry, as it is now."""
    row = session.get(DoneRow, _told(entry))
    for person, said in row.outcome[DAYS] if row is not None else ():
        day = date.fromisoformat(said)
        if went_out(session, _name(person, day), NUDGE, person, f"{DAY}:{_name(person, day)}"):
            _put(session, person, day, desk, kind="update")


def _told(entry: str) -> str:
    return f"told:{entry}"


def of_entries(session: Session, person: str, day: date) -> list[list[str]]:
    """What of a message of a day is about entries."""
    row = session.get(DoneRow, day_of(person, day))
    return list(row.outcome.get(ENTRIES, [])) if row is not None else []


def entries_of(session: Session, person: str, day: date) -> list[list[Any]]:
    """As the message names them: use, errand, what is said of it."""
    rows = select(NudgeRow).where(NudgeRow.person_id == person, NudgeRow.day == day, NudgeRow.together)
    found = session.exec(rows.order_by(col(NudgeRow.number))).all()
    return [[row.use_id, row.errand, row.say, row.facts] for row in found]


def _put(session: Session, person: str, day: date, desk: Desk, *, kind: str) -> None:
    about, more = _name(person, day), of_entries(session, person, day)
    outbox.put(
        session,
        kind=kind,
        person_id=person,
        subject_kind=DAY,
        subject_id=about,
        purpose=NUDGE,
        payload={"say": NUDGE, "about": entries_of(session, person, day)} | ({ENTRIES: more} if more else {}),
        priority=PRIORITY,
        coalesce=f"{DAY}:{about}",
        now=desk.now,
    )


def _name(person: str, day: date) -> str:
    return f"{person}:{day.isoformat()}"


def _urgency(entry: Entry) -> tuple[int, str, str]:
    """Deadlines of requests first, as others wait for them; then what an approval hangs on."""
    kind = entry.errand.partition(":")[0]
    return (ORDER.index(kind) if kind in ORDER else -1), entry.case.ref or "", entry.errand


def _row(entry: Entry, person: str, day: date, number: int, desk: Desk, *, together: bool) -> NudgeRow:
    notice = entry.notice or Notice(say=Say.overdue)
    return NudgeRow(
        id=uuid4().hex,
        person_id=person,
        use_id=entry.case.id,
        errand=entry.errand,
        step=entry.step,
        say=notice.say.value if entry.notice else NUDGE,
        facts=dict(notice.facts),
        day=day,
        number=number,
        together=together,
        at=desk.now,
    )
