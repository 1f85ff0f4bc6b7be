"""When somebody decides nothing until a training is done, and when they do again: requests go on to who may.

Nobody is named for it where others read it, and nothing counts as a yes: where nobody is left, whoever leads hears.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session, col, select

from store import audit
from store.asks import asks_of_roles
from store.daily import redraw
from store.owed import owe, owe_card, publish_home
from store.records import USE, load
from store.stuck import BARRED, go_through
from store.tables import DoneRow, DueRow
from triage.asks import able_for
from triage.case import Case
from triage.desk import Desk
from triage.lifecycle import WAITING
from triage.outcome import Facts, Notice, Outcome, Say
from triage.seats import able, deciding_people, open_seats
from triage.settling import LEAD

KEY = "barred:"
"""Before the use: as how it was told last who decides it."""
FRESH = timedelta(hours=2)
"""The card of what came in since names already who decides."""
PART = 50
"""So many requests are told of at a look."""
PASSED, STUCK = "decider_passed", "decider_none"
OUT = "seats"
Out = Mapping[str, list[str]]
"""By seat, who is passed over in it."""


def follow(session: Session, desk: Desk) -> bool:
    """A part at a look; whether there is more. One that is damaged is noted, and holds up no other."""
    found = dict(_moved(session, desk))
    uses = sorted(found)[:PART]
    go_through(session, BARRED, uses, lambda use: _tell(session, use, found[use], desk), desk.now)
    return len(found) > PART


def _moved(session: Session, desk: Desk) -> Iterator[tuple[str, Out]]:
    """Requests of which others decide than when it was told last, each with whom it passes over now."""
    told = _told(session)
    now = _passed_over(session, desk) if desk.untrained else {}
    aside = set(session.exec(select(DueRow.subject_id).where(DueRow.subject_kind == BARRED)))
    for use in (now.keys() | told.keys()) - aside:
        if now.get(use) != told.get(use):
            yield use, now.get(use, {})


def _told(session: Session) -> dict[str, Out]:
    """As it was told last."""
    known = session.exec(select(DoneRow).where(col(DoneRow.key).startswith(KEY)))
    return {row.key.removeprefix(KEY): row.outcome.get(OUT, {}) for row in known}


def _passed_over(session: Session, desk: Desk) -> dict[str, Out]:
    """By request, of the step that is due: a later one is looked at when it comes, as others may decide by then."""
    free, late = replace(desk, untrained={}), {one for held in desk.untrained.values() for one in held}
    found: dict[str, Out] = {}
    for use, asks in asks_of_roles(session, desk.untrained.keys(), desk):
        seats = {ask.seat: late & set(able_for(ask, free)) - set(able_for(ask, desk)) for ask in asks}
        if out := {seat: sorted(people) for seat, people in seats.items() if people}:
            found[use] = out
    return found


def _tell(session: Session, use: str, out: Out, desk: Desk) -> None:
    before = _noted(session, use, out, desk)
    case = load(session, use)
    if case is None and out:
        raise LookupError(use)
    if case is None or case.status not in WAITING:
        return
    free = replace(desk, untrained={})
    owe_card(session, use, desk)
    redraw(session, case, desk)
    asked = deciding_people(case, free)
    new = {one for seat, people in out.items() for one in people if one not in before.get(seat, ())}
    passed = sorted(new.intersection(asked))
    if not passed:
        return
    people = _able_now(case, desk)
    _seal(session, case, passed, people, desk)
    waited = case.submitted_at is None or case.submitted_at < desk.now - FRESH
    if empty := _emptied(case, desk, free):
        leads = tuple(sorted(desk.roles.get(LEAD, ())))
        seats: Facts = {"seats": empty} if people else {}
        _note(session, case, {"about": STUCK, "because": "lead", "people": leads, **seats}, desk)
    if people and waited and not set(people) <= set(asked):
        _note(session, case, {"about": PASSED, "because": "lead", "people": ()}, desk)
    for person in (*passed, *deciding_people(case, desk)):
        publish_home(session, person, desk.now)


def _noted(session: Session, use: str, out: Out, desk: Desk) -> Out:
    """It is kept whom it passes over, for as long as it does; what was kept before."""
    row = session.get(DoneRow, KEY + use)
    before: Out = row.outcome.get(OUT, {}) if row is not None else {}
    if not out and row is not None:
        session.delete(row)
    elif out:
        row = row or DoneRow(key=KEY + use, subject_kind=USE, subject_id=use, at=desk.now)
        row.outcome, row.at = {OUT: out}, desk.now
        session.add(row)
    return before


def _able_now(case: Case, desk: Desk) -> tuple[str, ...]:
    """Not those of a later step, who only see that nobody is left before them."""
    return tuple(sorted({one for seat in open_seats(case, desk) for one in able(seat, case, desk)}))


def _emptied(case: Case, desk: Desk, free: Desk) -> tuple[str, ...]:
    """Seats of this step in which nobody is left, whoever there is in others."""
    seats = open_seats(case, desk)
    return tuple(each.role for each in seats if able(each, case, free) and not able(each, case, desk))


def _note(session: Session, case: Case, facts: Facts, desk: Desk) -> None:
    owe(session, Outcome(case=case, notices=(Notice(say=Say.card_note, facts=facts),)), desk)


def _seal(session: Session, case: Case, passed: list[str], people: tuple[str, ...], desk: Desk) -> None:
    detail: dict[str, audit.Machine] = {"ref": case.ref or "", "status": case.status.value}
    audit.append(
        session,
        what="case.passed_over",
        actor=None,
        subject_kind=USE,
        subject_id=case.id,
        detail={**detail, "because": "training", "people": passed, "now": list(people)},
        at=desk.now,
    )
