"""Who needs a training, and whose turn it is to be told of it at a look of the clock: read, and nothing written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from store import trained
from store.entries import load
from store.reachable import loud, reachable
from store.tables import DoneRow, DueRow
from store.trainees import needing
from triage.aims.entry import Entry
from triage.aims.training import TRAIN, Noted, Trainee, errand_of, to_confirm, trainees
from triage.desk import Desk
from triage.ladders import steps_of_entry

log = logging.getLogger(__name__)

WHOLE = "everybody"
"""The row of a training that looks again and again for who needs it."""
PART = 200
AT_ONCE = 20
"""So many are told at a look; the others at the next."""
MOST = 5000
"""Of no more is looked up at once when they work."""
FIRST = -1
"""Before the first step of the ladder: when somebody is asked."""
NEEDED = "needed"
"""Under which a session has what was foreseen before its turn to write."""
Needed = Mapping[tuple[str, int], frozenset[str]]
"""By training and how far it was written then."""
T = TypeVar("T")


class Call(NamedTuple):
    """A step of the ladder that has come for somebody."""

    person: str
    name: str
    key: str
    number: int


def foreseen(session: Session, rows: Iterable[DueRow], desk: Desk) -> Needed:
    """Who needs what is looked at, worked out in a read, while nobody waits for their turn to write."""
    found = _each(session, rows, lambda training: needing(session, training, desk))
    return {(training.id, training.version): people for training, people in found}


def called(session: Session, rows: Iterable[DueRow], desk: Desk) -> frozenset[str]:
    """Of whom has to be known when they work and whether they are away, before anybody is told."""
    found = _each(
        session, rows, lambda training: calls_of(session, training, trained.of(session, training.id), desk)
    )
    return frozenset(each.person for _, calls in found for each in calls)


def people_of(session: Session, row: DueRow, desk: Desk) -> tuple[str, ...]:
    """Who may be told when it is looked at."""
    training = load(session, row.subject_id) if row.kind == WHOLE else None
    if training is None or training.in_force is None:
        return ()
    rows = trained.of(session, training.id)
    now, _ = wave(session, calls_of(session, training, rows, desk), desk)
    return (*(each.person for each in now), *confirmers(training, rows, desk))


def _each(session: Session, rows: Iterable[DueRow], work: Callable[[Entry], T]) -> Iterator[tuple[Entry, T]]:
    """Of each training that counts; of one that is damaged it is told when it is looked at."""
    for row in rows:
        if (row.subject_kind, row.kind) != (trained.SUBJECT, WHOLE):
            continue
        try:
            training = load(session, row.subject_id)
            found = [(training, work(training))] if training is not None and training.in_force else []
        except DBAPIError:
            raise
        except Exception:
            log.info("Who needs a training could not be read", extra={"due": row.id})
            continue
        yield from found


def needed(session: Session, training: Entry, desk: Desk) -> frozenset[str]:
    known: Needed = session.info.get(NEEDED, {})
    found = known.get((training.id, training.version))
    return needing(session, training, desk) if found is None else found


def confirmers(training: Entry, rows: Sequence[Noted], desk: Desk) -> list[str]:
    """Whoever leads; and executives, where something waits that nobody who leads may confirm."""
    leads, others = (_in(roles, desk) for roles in (training.of.proposes, training.of.approves))
    theirs = {each for lead in leads for each in to_confirm(training, rows, lead, desk)}
    alone = (one for one in others if set(to_confirm(training, rows, one, desk)) - theirs)
    return sorted({*leads, *alone})


def _in(roles: Iterable[str], desk: Desk) -> list[str]:
    """Whoever is gone is none of them."""
    held = {one for role in roles for one in desk.roles.get(role, ())}
    return sorted(one for one in held if not desk.staff(one).gone)


def of_entry(training: Entry, person: str) -> str:
    """Under which it stands in somebody's message of the day."""
    return f"{training.id}|{person}"


def calls_of(session: Session, training: Entry, held: Iterable[Noted], desk: Desk) -> list[Call]:
    """What has come and was not told yet, whoever is due the soonest first."""
    found = [call for each in trainees(training, held) if (call := _call(training, each, desk)) is not None]
    told: set[str] = set()
    for start in range(0, len(found), PART):
        keys = [each.key for each in found[start : start + PART]]
        told.update(session.exec(select(DoneRow.key).where(col(DoneRow.key).in_(keys))))
    return [each for each in found if each.key not in told][:MOST]


def _call(training: Entry, each: Trainee, desk: Desk) -> Call | None:
    """Once for each step of the ladder, and only the latest that has come."""
    due = errand_of(each)
    if due is None:
        return None
    calendar, steps = desk.calendar(each.person), steps_of_entry(TRAIN)
    come = [n for n, step in enumerate(steps) if step.on(due.due, calendar, desk.now) <= desk.now]
    number = max(come, default=FIRST)
    if number == FIRST and each.done is not None:
        return None
    key = key_of(of_entry(training, each.person), due.about, number)
    return Call(each.person, due.name, key, number)


def key_of(of_entry: str, about: str, number: int | str) -> str:
    return f"{TRAIN}:{of_entry}:{about}:{number}"


def wave(session: Session, calls: Sequence[Call], desk: Desk) -> tuple[list[Call], bool]:
    """Who is told at this look, of those who work now, and whether others wait for the next.

    Each minute begins with others, so that those who want quiet keep nobody waiting.
    """
    here = [each for each in calls if reachable(session, [each.person], desk, loud)]
    first = int(desk.now.timestamp()) // 60 * AT_ONCE % max(len(here), 1) if len(here) > AT_ONCE else 0
    return [*here[first:], *here[:first]][:AT_ONCE], len(here) > AT_ONCE
