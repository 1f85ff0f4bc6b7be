"""What fell due becomes a message, a note below the card and a line of the trail, in one transaction: never twice.

Nobody is written to outside of their working hours, nor more than once a day: what comes together is one message.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from store import asks, audit, due, outbox
from store.owed import owe
from store.records import USE, load
from store.tables import DoneRow, DueRow
from triage.case import Case
from triage.deadlines import Nudge, nudge
from triage.desk import Desk
from triage.outcome import Notice, Outcome, Say

NUDGE = "nudge"
"""What such a message is called where messages are owed."""
PRIORITY = 2
Told = defaultdict[str, list[list[str]]]
"""By person, each request and what of it."""
HAPPENED = {"reminder": "case.reminded", "escalation": "case.escalated", "vacancy": "case.vacated"}
ABOUT = {"reminder": "reminded", "escalation": "escalated", "vacancy": "vacated"}


def nudge_all(session: Session, desk: Desk) -> int:
    """How many rows were closed or put off."""
    due.catch_up(session, desk)
    asks.catch_up(session, desk)
    session.flush()
    told: Told = defaultdict(list)
    rows = due.ripe(session, now=desk.now)
    for row in rows:
        case = load(session, row.subject_id)
        wish = _wish(case, row.kind, desk)
        if case is None or wish is None:
            row.state = "dropped"
        elif (later := _later(session, wish, desk)) is not None:
            row.due_at = later
        else:
            _carry_out(session, row, case, wish, told, desk)
        session.add(row)
    for person in tuple(told):
        _add_the_rest_of_the_day(session, person, told, desk)
        _write(session, person, told[person], desk)
    return len(rows)


def _wish(case: Case | None, kind: str, desk: Desk) -> Nudge | None:
    return nudge(case, kind, desk) if case is not None else None  # type: ignore[arg-type]


def _carry_out(session: Session, row: DueRow, case: Case, wish: Nudge, told: Told, desk: Desk) -> None:
    row.state = "done"
    _tell(session, row, case, wish, desk, quiet=_is_quiet(session, wish, told.keys(), desk))
    for person in _written_to(session, wish, desk):
        told[person].append([case.id, wish.kind])


def _add_the_rest_of_the_day(session: Session, person: str, told: Told, desk: Desk) -> None:
    """Whoever is written to once a day hears of what they are reminded of later that day, too."""
    for row in due.reminders(session, since=desk.now, until=desk.calendar(person).next_morning(desk.now)):
        case = load(session, row.subject_id)
        wish = _wish(case, row.kind, desk)
        if case is not None and wish is not None and wish.people == (person,):
            _carry_out(session, row, case, wish, told, desk)
            session.add(row)


def _later(session: Session, wish: Nudge, desk: Desk) -> datetime | None:
    """When instead: a vacancy does not wait for anybody's morning, since somebody else takes it over."""
    if wish.kind == "vacancy":
        return None
    calendar = desk.calendar(wish.people[0] if wish.people else None)
    if (opens := calendar.opens(desk.now)) > desk.now:
        return opens
    if wish.people and not _written_to(session, wish, desk):
        return calendar.next_morning(desk.now)
    return None


def _written_to(session: Session, wish: Nudge, desk: Desk) -> list[str]:
    """Those of them who had no such message today."""
    return [each for each in wish.people if session.get(DoneRow, _today(each, desk)) is None]


def _today(person: str, desk: Desk) -> str:
    return f"nudged:{person}:{desk.calendar(person).day_of(desk.now)}"


def still_due(
    session: Session, person: str, about: Iterable[Sequence[str]], desk: Desk
) -> list[tuple[Case, Nudge]]:
    """What of it this person is still to be told, a moment before it is sent."""
    cases = [(load(session, id), kind) for id, kind in about]
    found = [(case, _wish(case, kind, desk)) for case, kind in cases]
    return [(case, wish) for case, wish in found if case is not None and wish and person in wish.people]


def _is_quiet(session: Session, wish: Nudge, told: Collection[str], desk: Desk) -> bool:
    """Whether they were named below another card already: a name in each of forty threads would be forty calls."""
    if wish.people:
        return all(person in told for person in wish.people)
    key = f"nudged:{desk.governance}:{desk.day}"
    if session.get(DoneRow, key) is not None:
        return True
    session.add(DoneRow(key=key, at=desk.now))
    session.flush()
    return False


def _tell(session: Session, row: DueRow, case: Case, wish: Nudge, desk: Desk, *, quiet: bool) -> None:
    detail: dict[str, audit.Machine] = {
        "people": list(wish.people),
        "because": wish.because,
        "step": row.step,
        "status": case.status.value,
    }
    detail |= {"ref": case.ref} if case.ref else {}
    detail |= {"holder": wish.holder} if wish.holder else {}
    audit.append(
        session,
        HAPPENED[wish.kind],
        actor=None,
        subject_kind=USE,
        subject_id=case.id,
        detail=detail,
        at=desk.now,
    )
    if wish.kind == "reminder" and wish.people:
        return  # it is between us
    facts: dict[str, Any] = {
        "about": ABOUT[wish.kind],
        "people": wish.people,
        "because": wish.because,
        "holder": wish.holder,
    }
    facts |= {"quiet": True} if quiet else {}
    notices = [Notice(say=Say.card_note, facts=facts)]
    if wish.kind == "vacancy":
        notices += [Notice(say=Say.card), Notice(say=Say.summary)]
    owe(session, Outcome(case=case, notices=tuple(notices)), desk)


def _write(session: Session, person: str, about: list[list[str]], desk: Desk) -> None:
    session.add(DoneRow(key=_today(person, desk), at=desk.now))
    outbox.put(
        session,
        kind="post",
        person_id=person,
        payload={"say": NUDGE, "about": about},
        priority=PRIORITY,
        now=desk.now,
    )
