"""When somebody is asked to read a policy, and reminded of it: each once for a version, as rows that fell due.

A call stands until somebody ends it, so whoever comes later is asked too, and a later version is asked for anew.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import insert
from sqlmodel import Session, col, select

from store import acknowledged, audit, people
from store.acknowledged import SUBJECT
from store.aims_due import AIMS, REMINDED
from store.asking import BEHIND, PART, TO_READ, UNMET
from store.daily import OfEntry
from store.entries import load
from store.owed import publish_home
from store.reachable import Quiet, later, today
from store.readers import group, of_file
from store.tables import DoneRow, DueRow, PersonRow, metadata
from store.to_read import ASKS, SUMS_UP, Asked, asked_of, has_read, open_call, put
from triage.aims.acknowledging import ACKNOWLEDGE, KIND, POLICY, call_id, days_of, due, errand_of, group_of
from triage.aims.entry import Entry
from triage.desk import Desk
from triage.ladders import steps_of_entry

WHOLE = "everybody"
"""The row of a call that makes those of its people, a part at a look, and looks again for who is new."""
AGAIN = timedelta(hours=1)
WELCOME = "welcome"
"""A row of somebody who came when everybody else had been asked."""


def follow(session: Session, entry: Entry, desk: Desk) -> None:
    """After a step of a call, or of a policy that may have one: it is looked at soon."""
    if entry.kind not in (KIND, POLICY):
        return
    call = entry if entry.kind == KIND else load(session, call_id(entry))
    if call is None or call.in_force is None:
        return
    row = _whole(session, call.id)
    if row is None:
        row = DueRow(id=uuid4().hex, subject_kind=SUBJECT, subject_id=call.id, kind=WHOLE, due_at=desk.now)
    row.state, row.due_at = "waiting", desk.now
    session.add(row)  # that look brings back whom it should: of the version that counts, who has not read it


def _whole(session: Session, call: str) -> DueRow | None:
    wanted = (DueRow.subject_kind == SUBJECT, DueRow.subject_id == call, DueRow.kind == WHOLE)
    return session.exec(select(DueRow).where(*wanted)).first()


def look(
    session: Session, row: DueRow, desk: Desk, quiet: Quiet, *, told: Collection[str] = ()
) -> dict[str, Sequence[OfEntry]]:
    """A row that fell due; what is to stand in somebody's message of the day. `told`: who has theirs already."""
    session.add(row)
    if row.subject_kind == SUBJECT:
        _ask_everybody(session, row, desk)
        return {}
    asked = asked_of(row.subject_id)
    call, policy = open_call(session, asked)
    known = session.get(PersonRow, asked.person)
    gone = known is None or people.is_no_colleague(known) or asked.person in desk.unasked
    if call is None or policy is None or gone or has_read(session, policy, asked):
        row.state = "dropped"
        return {}
    if known is not None and not known.name:
        row.due_at = desk.now + UNMET
        return {}
    if (then := later(session, [asked.person], desk, quiet)) is not None:
        row.due_at = then + (BEHIND if row.step == 0 else timedelta())
        return {}
    if row.step:
        return _remind(session, row, asked, call, policy, desk)
    if asked.person in told:
        row.due_at = desk.calendar(asked.person).next_morning(desk.now) + BEHIND
        return {}
    row.state = "done"
    if acknowledged.note(session, "asked", policy, asked.version, asked.person, now=desk.now):
        session.add(DoneRow(key=today(asked.person, desk), at=desk.now))
        put(session, asked, ASKS, desk, welcome=row.kind == WELCOME)
        publish_home(session, asked.person, desk.now)
    _step_on(session, row, asked, call, desk.now, desk)
    return {}


def _ask_everybody(session: Session, row: DueRow, desk: Desk) -> None:
    """`step` of its row is the version of which everybody was asked once: who comes after that is new."""
    call = load(session, row.subject_id)
    policy = (
        load(session, str(call.said("policy"))) if call is not None and call.in_force is not None else None
    )
    if call is None or policy is None or policy.in_force is None:
        row.state = "dropped"
        return
    version = policy.in_force.number
    more = _meet(session, call, desk.now)
    new = _new(session, call, policy, version, desk)
    kind = WELCOME if row.step == version else ACKNOWLEDGE
    rows = [_row(Asked(call.id, version, each), kind, desk.now + BEHIND) for each in new[:PART]]
    if rows:
        session.connection().execute(insert(metadata.tables["due"]), [each.model_dump() for each in rows])
    more = more or len(new) > PART
    if not more:
        row.step = version
        _sum_up(session, call, policy, version, desk)
    row.state, row.due_at = "waiting", desk.now + (timedelta() if more else AGAIN)


def _meet(session: Session, call: Entry, now: datetime) -> bool:
    """Whom the people file names by an id of Slack that nobody has here yet."""
    named = of_file(session, group_of(call)).slack_users[:PART]
    team = session.exec(select(PersonRow.team).limit(1)).first()
    if not named or team is None:
        return False
    people.meet(session, team=team, slack_users=named, now=now)
    return len(named) == PART


def _new(session: Session, call: Entry, policy: Entry, version: int, desk: Desk) -> list[str]:
    """Who is in the group and has no row for this version; the rows of who is in it no more, or again, follow."""
    begins = col(DueRow.subject_id).startswith(f"{call.id}|{version}|", autoescape=True)
    have = session.exec(select(DueRow).where(DueRow.subject_kind == TO_READ, begins)).all()
    there = group(session, call, desk).keys()
    read = acknowledged.moments(session, "read", policy.id, version).keys()
    known = set()
    for row in have:
        person = asked_of(row.subject_id).person
        known.add(person)
        state = "dropped" if person not in there else "waiting"
        if row.state != state and row.state != "done" and person not in read:
            row.state = state
            session.add(row)
    return sorted(there - known)


def _row(asked: Asked, kind: str, at: datetime, step: int = 0) -> DueRow:
    return DueRow(
        id=uuid4().hex, subject_kind=TO_READ, subject_id=asked.subject, kind=kind, step=step, due_at=at
    )


def _remind(
    session: Session, row: DueRow, asked: Asked, call: Entry, policy: Entry, desk: Desk
) -> dict[str, Sequence[OfEntry]]:
    """In the one message of the day, with what else waits for them."""
    row.state = "done"
    since = acknowledged.when(session, "asked", policy.id, asked.version, asked.person) or desk.now
    _step_on(session, row, asked, call, since, desk)
    told = errand_of(asked.version, since, days_of(call), desk.calendar(asked.person))
    detail: dict[str, audit.Machine] = {"ref": policy.ref, "errand": told.name, "step": row.step}
    audit.append(
        session,
        REMINDED,
        actor=None,
        subject_kind=AIMS,
        subject_id=call.id,
        detail=detail | {"because": "own", "people": [asked.person]},
        at=desk.now,
    )
    return {asked.person: [OfEntry(asked.of_entry, told.name, "own", "")]}


def _step_on(session: Session, row: DueRow, asked: Asked, call: Entry, since: datetime, desk: Desk) -> None:
    """The next reminder, where there is one; never before the next morning."""
    steps = steps_of_entry(ACKNOWLEDGE)
    if row.step >= len(steps):
        return
    calendar = desk.calendar(asked.person)
    at = steps[row.step].on(due(since, days_of(call), calendar), calendar, desk.now)
    at = max(at, calendar.next_morning(desk.now))
    session.add(_row(asked, row.kind, at, row.step + 1))


def _sum_up(session: Session, call: Entry, policy: Entry, version: int, desk: Desk) -> None:
    """Once for each version, when its days are over: whoever asked hears how far it is."""
    began = acknowledged.begun(session, policy.id, version)
    reader = reader_of(call, desk)
    if began is None or reader is None:
        return
    calendar = desk.calendar(reader)
    key = f"{SUBJECT}:{call.id}:{version}"
    if (
        calendar.day_of(desk.now) <= due(began, days_of(call), calendar)
        or calendar.opens(desk.now) > desk.now
    ):
        return
    if session.get(DoneRow, key) is None:
        session.add(DoneRow(key=key, at=desk.now))
        put(session, Asked(call.id, version, reader), SUMS_UP, desk)


def reader_of(call: Entry, desk: Desk) -> str | None:
    """Whoever asked, while they may; else who leads."""
    able = [one for role in call.of.proposes for one in sorted(desk.roles.get(role, ()))]
    here = [one for one in able if not desk.staff(one).gone]
    by = call.in_force.by if call.in_force is not None else ""
    return by if by in here else next(iter(here), None)
