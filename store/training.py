"""Trainings by the clock: who needs one is asked, reminded and let go, hour by hour; and what people say they did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import uuid4

from sqlmodel import Session, select

from store import audit, trained
from store.aims_due import AIMS
from store.daily import OfEntry, redraw_entry
from store.entries import load
from store.owed import publish_home
from store.reachable import Quiet, reachable
from store.tables import DoneRow, DueRow
from store.trainees import needing
from triage.aims.entry import Entry
from triage.aims.errands import Errand
from triage.aims.training import (
    CONFIRM,
    KIND,
    TRAIN,
    Noted,
    Trainee,
    check_done,
    check_may_confirm,
    errand_of,
    to_confirm,
    trainees,
)
from triage.desk import Desk
from triage.ladders import steps_of_entry

SUBJECT = trained.SUBJECT
WHOLE = "everybody"
"""The row of a training that looks again and again for who needs it."""
AGAIN = timedelta(hours=1)
PART = 200
REMINDED = "aims.reminded"
FIRST = -1
"""Before the first step of the ladder: when somebody is asked."""
Said = Mapping[str, Sequence[OfEntry]]


def follow(session: Session, entry: Entry, desk: Desk) -> None:
    """After a step of a training: it is looked at soon."""
    if entry.kind != KIND:
        return
    row = _whole(session, entry.id) or DueRow(
        id=uuid4().hex, subject_kind=SUBJECT, subject_id=entry.id, kind=WHOLE, due_at=desk.now
    )
    row.state, row.due_at = "waiting", desk.now
    session.add(row)


def _whole(session: Session, training: str) -> DueRow | None:
    wanted = (DueRow.subject_kind == SUBJECT, DueRow.subject_id == training, DueRow.kind == WHOLE)
    return session.exec(select(DueRow).where(*wanted)).first()


def look(session: Session, row: DueRow, desk: Desk, quiet: Quiet) -> Said:
    """What is to stand in somebody's message of the day."""
    session.add(row)
    training = load(session, row.subject_id)
    if training is None:
        row.state = "dropped"
        return {}
    counts = training.in_force is not None
    more = _follow_who_needs_it(session, training, desk, counts=counts)
    row.state, row.due_at = "waiting", desk.now + (timedelta() if more else AGAIN)
    if not counts:
        row.state = "waiting" if more else "dropped"
        return {}
    held = trained.of(session, training.id)
    theirs = (each for each in trainees(training, held) if each.person not in desk.unasked)
    said = {each.person: _remind(session, training, each, desk, quiet) for each in theirs}
    for lead in sorted({one for role in training.of.proposes for one in desk.roles.get(role, ())}):
        told = _ask_to_confirm(session, training, held, lead, desk, quiet)
        said[lead] = [*said.get(lead, ()), *told]
    return {person: told for person, told in said.items() if told}


def _follow_who_needs_it(session: Session, training: Entry, desk: Desk, *, counts: bool) -> bool:
    """A part at a look; whether there may be more."""
    asked = {each.person for each in trainees(training, trained.of(session, training.id))}
    needed = needing(session, training, desk) if counts else frozenset[str]()
    new, gone = sorted(needed - asked)[:PART], sorted(asked - needed)[:PART]
    for person in new:
        trained.note(session, "asked", training, person, desk.day, now=desk.now)
    for person in gone:
        trained.note(session, "freed", training, person, desk.day, now=desk.now)
        redraw_entry(session, _of_entry(training, person), desk)
    return PART in (len(new), len(gone))


def _of_entry(training: Entry, person: str) -> str:
    """Under which it stands in somebody's message of the day."""
    return f"{training.id}|{person}"


def _remind(session: Session, training: Entry, each: Trainee, desk: Desk, quiet: Quiet) -> list[OfEntry]:
    """Once for each step of the ladder, and only the latest that has come."""
    due = errand_of(each)
    if due is None:
        return []
    calendar, steps = desk.calendar(each.person), steps_of_entry(TRAIN)
    come = [n for n, step in enumerate(steps) if step.on(due.due, calendar, desk.now) <= desk.now]
    number = max(come, default=FIRST)
    if number == FIRST and each.done is not None:
        return []
    key = f"{TRAIN}:{_of_entry(training, each.person)}:{due.about}:{number}"
    return _tell(session, training, each.person, due.name, key, number, desk, quiet)


def _ask_to_confirm(
    session: Session, training: Entry, rows: Sequence[Noted], lead: str, desk: Desk, quiet: Quiet
) -> list[OfEntry]:
    """Once a week, as long as anything waits for them."""
    if not to_confirm(training, rows, lead, desk):
        return []
    year, week, _ = desk.day.isocalendar()
    key = f"{TRAIN}:{_of_entry(training, lead)}:{CONFIRM}:{year}-{week}"
    return _tell(session, training, lead, f"{TRAIN}:{CONFIRM}", key, 0, desk, quiet)


def _tell(
    session: Session,
    training: Entry,
    person: str,
    name: str,
    key: str,
    number: int,
    desk: Desk,
    quiet: Quiet,
) -> list[OfEntry]:
    if session.get(DoneRow, key) is not None or not reachable(session, [person], desk, quiet):
        return []
    session.add(DoneRow(key=key, at=desk.now))
    detail: dict[str, audit.Machine] = {"ref": training.ref, "errand": name, "step": max(number, 0)}
    audit.append(
        session,
        REMINDED,
        actor=None,
        subject_kind=AIMS,
        subject_id=training.id,
        detail=detail | {"because": "own", "people": [person]},
        at=desk.now,
    )
    publish_home(session, person, desk.now)
    return [OfEntry(_of_entry(training, person), name, "own", "")]


def is_ours(told: OfEntry) -> bool:
    return told.errand.partition(":")[0] == TRAIN


def rows_of(session: Session, told: OfEntry) -> Sequence[DueRow]:
    """The row by which it was said."""
    row = _whole(session, told.entry.rpartition("|")[0])
    return [row] if row is not None else []


def waits(session: Session, told: OfEntry, desk: Desk) -> tuple[Entry, Errand | None] | None:
    """What a message of the day told of, as it stands now; None where there is no such training."""
    id, _, person = told.entry.rpartition("|")
    training, about = load(session, id), told.errand.partition(":")[2]
    if training is None or training.in_force is None:
        return (training, None) if training is not None else None
    held = trained.of(session, id)
    if about == CONFIRM:
        left = to_confirm(training, held, person, desk)
        return training, Errand(kind=TRAIN, about=CONFIRM, due=left[0].day) if left else None
    mine = next((each for each in trainees(training, held) if each.person == person), None)
    due = errand_of(mine) if mine is not None else None
    return training, due if due is not None and due.about == about else None


def say_done(
    session: Session, training: str, person: str, day: date, link: str, desk: Desk, *, by: str = ""
) -> bool:
    """Somebody did it; `by` "": a list of another system says so. False where it is on record already."""
    session.connection().execute(audit.HEAD)  # of two at once the second sees what the first did
    known = check_done(load(session, training), day, desk.day)
    done = trained.note(session, "done", known, person, day, by=by, link=link, now=desk.now)
    if done:
        _moved(session, known, person, desk)
    return done


def confirm(session: Session, training: str, person: str, day: date, desk: Desk, *, by: str) -> bool:
    """A second person says that it was so; False where it is on record already."""
    session.connection().execute(audit.HEAD)
    known = check_done(load(session, training), day, desk.day)
    told = [each for each in trained.of(session, known.id) if (each.person, each.day) == (person, day)]
    check_may_confirm(known, next((each for each in told if each.how == "done"), None), by, desk)
    done = trained.note(session, "confirmed", known, person, day, by=by, now=desk.now)
    if done:
        _moved(session, known, person, desk)
        redraw_entry(session, _of_entry(known, by), desk)
    return done


def _moved(session: Session, training: Entry, person: str, desk: Desk) -> None:
    redraw_entry(session, _of_entry(training, person), desk)
    publish_home(session, person, desk.now)
    follow(session, training, desk)


def mine(session: Session, person: str) -> list[tuple[Entry, Trainee]]:
    """What this person needs, whether it is done or not."""
    found = []
    for id in trained.asked_of(session, person):
        training = load(session, id)
        if training is None or training.in_force is None:
            continue
        rows = [each for each in trained.of(session, id) if each.person == person]
        found += [(training, each) for each in trainees(training, rows)]
    return found
