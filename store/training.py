"""Trainings by the clock: who needs one is asked, reminded and let go, hour by hour; and what people say they did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, select

from store import audit, barring, trained
from store.aims_due import AIMS, REMINDED
from store.daily import OfEntry, redraw_entry
from store.entries import load
from store.owed import publish_home
from store.reachable import Quiet, reachable
from store.tables import DoneRow, DueRow
from store.training_calls import (
    FIRST,
    PART,
    WHOLE,
    Call,
    calls_of,
    confirmers,
    key_of,
    needed,
    of_entry,
    wave,
)
from triage.aims.access import check_no_visitor
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
AGAIN = timedelta(hours=1)
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
    if row.kind != WHOLE:
        return _told_anew(session, row, desk)
    more = barring.follow(session, desk)
    training = load(session, row.subject_id)
    if training is None:
        row.state = "dropped"
        return {}
    counts, held = training.in_force is not None, trained.of(session, training.id)
    theirs = needed(session, training, desk) if counts else frozenset[str]()
    more = _follow_who_needs_it(session, training, held, theirs, desk) or more
    if not counts:
        row.state, row.due_at = "waiting" if more else "dropped", desk.now
        return {}
    now, later = wave(session, calls_of(session, training, held, desk), desk)
    row.state, row.due_at = "waiting", desk.now + (timedelta() if more or later else AGAIN)
    said = {each.person: _tell(session, training, each, desk, quiet) for each in now if each.person in theirs}
    for lead in confirmers(training, held, desk):
        told = _ask_to_confirm(session, training, held, lead, desk, quiet)
        said[lead] = [*said.get(lead, ()), *told]
    return {person: told for person, told in said.items() if told}


def _follow_who_needs_it(
    session: Session, training: Entry, held: Iterable[Noted], needed: frozenset[str], desk: Desk
) -> bool:
    """A part at a look; whether there may be more. Whoever is asked now is told at the next, known to the desk then."""
    asked = {each.person for each in trainees(training, held)}
    new, gone = sorted(needed - asked)[:PART], sorted(asked - needed)[:PART]
    for person in new:
        trained.note(session, "asked", training, person, desk.day, now=desk.now)
    for person in gone:
        trained.note(session, "freed", training, person, desk.day, now=desk.now)
        redraw_entry(session, of_entry(training, person), desk)
    return bool(new) or len(gone) == PART


def _ask_to_confirm(
    session: Session, training: Entry, rows: Sequence[Noted], lead: str, desk: Desk, quiet: Quiet
) -> list[OfEntry]:
    """Once a week, as long as anything waits for them."""
    if not to_confirm(training, rows, lead, desk):
        return []
    year, week, _ = desk.day.isocalendar()
    key = key_of(of_entry(training, lead), CONFIRM, f"{year}-{week}")
    return _tell(session, training, Call(lead, f"{TRAIN}:{CONFIRM}", key, 0), desk, quiet)


def _tell(session: Session, training: Entry, call: Call, desk: Desk, quiet: Quiet) -> list[OfEntry]:
    person = call.person
    if session.get(DoneRow, call.key) is not None or not reachable(session, [person], desk, quiet):
        return []
    session.add(DoneRow(key=call.key, at=desk.now))
    detail: dict[str, audit.Machine] = {
        "ref": training.ref,
        "errand": call.name,
        "step": max(call.number, 0),
    }
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
    return [OfEntry(of_entry(training, person), call.name, "own", "")]


def is_ours(told: OfEntry) -> bool:
    return told.errand.partition(":")[0] == TRAIN


def rows_of(session: Session, told: OfEntry, now: datetime) -> Sequence[DueRow]:
    """A row of this message alone, since the one by which it was said is everybody's."""
    kind, id, about = SUBJECT, told.entry, told.errand
    wanted = (DueRow.subject_kind == kind, DueRow.subject_id == id, DueRow.kind == about)
    known = session.exec(select(DueRow).where(*wanted)).first()
    return [known or DueRow(id=uuid4().hex, subject_kind=kind, subject_id=id, kind=about, due_at=now)]


def _told_anew(session: Session, row: DueRow, desk: Desk) -> Said:
    """What could not be told is put back: it is forgotten that it was, and the training looked at."""
    about, (year, week, _) = row.kind.partition(":")[2], desk.day.isocalendar()
    for number in (FIRST, *range(len(steps_of_entry(TRAIN))), f"{year}-{week}"):
        if (done := session.get(DoneRow, key_of(row.subject_id, about, number))) is not None:
            session.delete(done)
    whole = _whole(session, row.subject_id.rpartition("|")[0])
    if whole is not None and whole.state == "waiting":
        whole.due_at = desk.now
        session.add(whole)
    session.delete(row)
    return {}


def waits(session: Session, told: OfEntry, desk: Desk) -> tuple[Entry, Errand | None] | None:
    """What a message of the day told of, as it stands now; None where there is no such training."""
    id, _, person = told.entry.rpartition("|")
    training, about = load(session, id), told.errand.partition(":")[2]
    if training is None or training.in_force is None:
        return (training, None) if training is not None else None
    if about == CONFIRM:
        left = to_confirm(training, trained.of(session, id), person, desk)
        return training, Errand(kind=TRAIN, about=CONFIRM, due=left[0].day) if left else None
    mine = next(iter(trainees(training, trained.of(session, id, person=person))), None)
    due = errand_of(mine) if mine is not None else None
    return training, due if due is not None and due.about == about else None


def say_done(
    session: Session, training: str, person: str, day: date, link: str, desk: Desk, *, by: str = ""
) -> bool:
    """Somebody did it; `by` "": a list of another system says so. False where it is on record already."""
    check_no_visitor(by, desk)
    session.connection().execute(audit.HEAD)  # of two at once the second sees what the first did
    known = check_done(load(session, training), day, desk.day)
    done = trained.note(session, "done", known, person, day, by=by, link=link, now=desk.now)
    if done:
        _moved(session, known, person, desk)
    return done


def confirm(session: Session, training: str, person: str, day: date, desk: Desk, *, by: str) -> bool:
    """A second person says that it was so; False where it is on record already."""
    check_no_visitor(by, desk)
    session.connection().execute(audit.HEAD)
    known = check_done(load(session, training), day, desk.day)
    told = [each for each in trained.of(session, known.id, person=person) if each.day == day]
    check_may_confirm(known, next((each for each in told if each.how == "done"), None), by, desk)
    done = trained.note(session, "confirmed", known, person, day, by=by, now=desk.now)
    if done:
        _moved(session, known, person, desk)
        redraw_entry(session, of_entry(known, by), desk)
    return done


def _moved(session: Session, training: Entry, person: str, desk: Desk) -> None:
    redraw_entry(session, of_entry(training, person), desk)
    publish_home(session, person, desk.now)


def mine(session: Session, person: str) -> list[tuple[Entry, Trainee]]:
    """What this person needs, whether it is done or not."""
    found = []
    for id in trained.asked_of(session, person):
        training = load(session, id)
        if training is None or training.in_force is None:
            continue
        rows = trained.of(session, id, person=person)
        found += [(training, each) for each in trainees(training, rows)]
    return found
