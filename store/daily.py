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
from store.tables import NudgeRow
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Notice, Outcome, Say

NUDGE, DAY = "nudge", "day"
"""What such a message is called where messages are owed, and what it is about."""
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


def write(session: Session, person: str, entries: Sequence[Entry], desk: Desk) -> None:
    day = desk.calendar(person).day_of(desk.now)
    together = len(entries) > 1 or entries[0].notice is None
    for number, each in enumerate(sorted(entries, key=_urgency), 1):
        session.add(_row(each, person, day, number, desk, together=together))
    alone = entries[0]
    if not together and alone.notice is not None:
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


def entries_of(session: Session, person: str, day: date) -> list[list[Any]]:
    """As the message names them: use, errand, what is said of it."""
    rows = select(NudgeRow).where(NudgeRow.person_id == person, NudgeRow.day == day, NudgeRow.together)
    found = session.exec(rows.order_by(col(NudgeRow.number))).all()
    return [[row.use_id, row.errand, row.say, row.facts] for row in found]


def _put(session: Session, person: str, day: date, desk: Desk, *, kind: str) -> None:
    about = _name(person, day)
    outbox.put(
        session,
        kind=kind,
        person_id=person,
        subject_kind=DAY,
        subject_id=about,
        purpose=NUDGE,
        payload={"say": NUDGE, "about": entries_of(session, person, day)},
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
