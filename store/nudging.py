"""What fell due becomes a message, a note below the card and a line of the trail, in one transaction: never twice.

Nobody is written to outside of their working hours, while they are away or want quiet, nor more than once a day: what
comes together is one message.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from store import (
    acknowledging,
    aims_due,
    aims_nudging,
    asking,
    asks,
    audit,
    campaigns,
    climb,
    daily,
    due,
    leaving,
    offered,
    offers,
    silent,
    to_read,
    training,
)
from store.acknowledged import SUBJECT
from store.aims_due import AIMS
from store.apart import park, tried
from store.daily import Entry, OfEntry
from store.owed import owe
from store.reachable import Quiet, later, loud, reachable, was_told
from store.records import USE, load
from store.tables import DoneRow, DueRow
from store.wished import Wish, wish_of
from triage import climbing
from triage.case import Case
from triage.climbing import PROMISED, Call
from triage.deadlines import Nudge
from triage.desk import Desk
from triage.errands import errand
from triage.missing import NAME as FACTS
from triage.outcome import Notice, Outcome, Say

Told = defaultdict[str, list[Entry | OfEntry]]
"""By person, what they are to hear of."""
HAPPENED = {"reminder": "case.reminded", "escalation": "case.escalated", "vacancy": "case.vacated"}
ABOUT = {"reminder": "reminded", "escalation": "escalated", "vacancy": "vacated"}


class Heard(NamedTuple):
    """`before`: what this look found already; `now`: what one row adds to it."""

    before: Told
    now: Told

    def people(self) -> frozenset[str]:
        return frozenset(self.before.keys() | self.now.keys())


def nudge_all(session: Session, desk: Desk, quiet: Quiet = loud) -> int:
    """How many rows were closed or put off."""
    due.catch_up(session, desk)
    asks.catch_up(session, desk)
    climb.catch_up(session, desk)
    session.flush()
    told: Told = defaultdict(list)
    rows = due.ripe(session, now=desk.now)
    for row in rows:
        _look(session, row, told, desk, quiet)
    _add_the_rest_of_the_day(session, told, desk, quiet)
    _ask_once(session, told, desk, quiet)
    for person in tuple(told):
        _write(session, person, told[person], desk)
    return len(rows)


def _look(
    session: Session, row: DueRow, told: Told, desk: Desk, quiet: Quiet, *, ahead: bool = False
) -> None:
    """One that cannot be looked at is put aside, and holds up no other. `ahead`: only where it is theirs alone who
    are written to anyway.
    """
    said: Told = defaultdict(list)
    judge = _look_ahead if ahead else _judge
    bug = tried(session, lambda: judge(session, row, Heard(told, said), desk, quiet))
    if bug is not None:
        park(session, [row], bug)
        return
    for person, entries in said.items():
        told[person] += entries


def _judge(session: Session, row: DueRow, heard: Heard, desk: Desk, quiet: Quiet) -> None:
    if row.subject_kind == leaving.PERSON:
        leaving.look(session, row, desk)
        return
    if row.subject_kind == offered.UNIT:
        offers.look(session, row, desk, quiet, told=heard.before)
        return
    if row.subject_kind in (asking.ASK, campaigns.CAMPAIGN):
        asking.look(session, row, desk, quiet, told=heard.before)
        return
    if row.subject_kind in (AIMS, training.SUBJECT):
        _add(heard, (aims_nudging if row.subject_kind == AIMS else training).look(session, row, desk, quiet))
        return
    if row.subject_kind in (asking.TO_READ, SUBJECT):
        _add(heard, acknowledging.look(session, row, desk, quiet, told=heard.before))
        return
    session.add(row)
    case = load(session, row.subject_id)
    if silent.moved(session, row, case, desk):
        return
    wish = wish_of(row, case, desk)
    if case is None or wish is None:
        row.state = "dropped"
    elif (then := _later(session, wish, desk, quiet)) is None:
        _carry_out(session, row, case, wish, heard, desk, quiet)
    elif not _passed_over(session, row, case, wish, then, desk):
        row.due_at = then


def _add(heard: Heard, said: aims_nudging.Said) -> None:
    for person, each in said.items():
        heard.now[person] += each


def _write(session: Session, person: str, entries: Sequence[Entry | OfEntry], desk: Desk) -> None:
    def write() -> None:
        daily.write(session, person, entries, desk)

    if (bug := tried(session, write)) is not None:
        park(session, [row for each in entries for row in _row_of(session, each, desk)], bug)


def _row_of(session: Session, told: Entry | OfEntry, desk: Desk) -> Sequence[DueRow]:
    if isinstance(told, OfEntry) and to_read.is_ours(told):
        return to_read.rows_of(session, told)
    if isinstance(told, OfEntry) and training.is_ours(told):
        return training.rows_of(session, told, desk.now)
    if isinstance(told, OfEntry):
        return aims_due.last_said(session, told.entry, told.errand)
    return due.of_step(session, told.case.id, told.errand, told.step)


def _passed_over(session: Session, row: DueRow, case: Case, wish: Wish, later: datetime, desk: Desk) -> bool:
    """Nobody waits for whoever is away for longer than it takes until somebody else hears of it."""
    waits = errand(case, row.kind, desk) if wish.call is not None else None
    if waits is None or row.step >= PROMISED or not all(desk.away(each) for each in wish.people):
        return False
    then = climbing.after(row.step, waits, case, desk, spaced=False)
    if then is None or then > later or not wish.people:
        return False
    climb.skip(session, row, waits, case, desk)
    return True


def _carry_out(
    session: Session, row: DueRow, case: Case, wish: Wish, heard: Heard, desk: Desk, quiet: Quiet
) -> None:
    row.state = "done"
    people = _written_to(session, wish, desk, quiet)
    if wish.call is not None:
        _climb(session, row, case, wish.call, people, heard, desk)
        return
    assert wish.deadline is not None
    _tell(session, row, case, wish.deadline, desk, quiet=_is_quiet(session, wish, heard.people(), desk))
    for person in people:
        heard.now[person].append(Entry(case, wish.deadline.kind, row.step))


def _climb(
    session: Session, row: DueRow, case: Case, call: Call, people: list[str], heard: Heard, desk: Desk
) -> None:
    waits = errand(case, row.kind, desk)
    past = waits is not None and row.step < PROMISED and climbing.is_past(row.step, waits, desk)
    if waits is not None:
        climb.step_on(session, row, waits, case, desk, at_once=past)
        if waits.kind == "draft":
            silent.announced(session, row, case, desk)
    if past:
        return
    detail: dict[str, audit.Machine] = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in call.happened.detail.items()
    }
    detail |= {"people": people, "step": row.step, "status": case.status.value}
    detail |= {"ref": case.ref} if case.ref else {}
    audit.append(
        session,
        call.happened.what,
        actor=None,
        subject_kind=USE,
        subject_id=case.id,
        detail=detail,
        at=desk.now,
    )
    owe(session, Outcome(case=case, notices=call.notes), desk)
    for notice in call.notices:
        person = notice.to or (case.talk.person if case.talk else "")
        if person in people:
            heard.now[person].append(Entry(case, row.kind, row.step, notice))


def _add_the_rest_of_the_day(session: Session, told: Told, desk: Desk, quiet: Quiet) -> None:
    """Whoever is written to once a day hears of what they are reminded of later that day, too."""
    if not told:
        return
    until = max(desk.calendar(person).next_morning(desk.now) for person in told)
    for row in due.ahead(session, since=desk.now, until=until):
        _look(session, row, told, desk, quiet, ahead=True)


def _look_ahead(session: Session, row: DueRow, heard: Heard, desk: Desk, quiet: Quiet) -> None:
    if row.subject_kind == AIMS:
        _add(heard, aims_nudging.look_ahead(session, row, heard.before, desk))
        return
    case = load(session, row.subject_id)
    wish = wish_of(row, case, desk)
    if case is None or wish is None or len(wish.people) != 1 or wish.people[0] not in heard.before:
        return
    at_once = row.kind == FACTS and row.step < PROMISED
    if at_once or row.due_at < desk.calendar(wish.people[0]).next_morning(desk.now):
        session.add(row)
        _carry_out(session, row, case, wish, heard, desk, quiet)


def _ask_once(session: Session, told: Told, desk: Desk, quiet: Quiet) -> None:
    """What is missing of somebody's uses is asked for all of them, whenever each would be; but for what was put off."""
    for person, said in list(told.items()):
        asked = {each.case.id for each in said if isinstance(each, Entry) and each.errand == FACTS}
        rows = due.of_owner(session, person, FACTS) if asked else ()
        promised = {row.subject_id for row in rows if row.step >= PROMISED}
        for use, row in {row.subject_id: row for row in reversed(rows)}.items():
            if use not in asked | promised:
                _look(session, row, told, desk, quiet, ahead=True)


def _later(session: Session, wish: Wish, desk: Desk, quiet: Quiet) -> datetime | None:
    """A vacancy does not wait for anybody's morning, since somebody else takes it over."""
    vacant = wish.deadline is not None and wish.deadline.kind == "vacancy"
    return None if vacant else later(session, wish.people, desk, quiet)


def _written_to(session: Session, wish: Wish, desk: Desk, quiet: Quiet) -> list[str]:
    if wish.deadline is not None and wish.deadline.kind == "vacancy":
        return [each for each in wish.people if not was_told(session, each, desk)]
    return reachable(session, wish.people, desk, quiet)


def _is_quiet(session: Session, wish: Wish, told: Collection[str], desk: Desk) -> bool:
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
