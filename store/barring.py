"""When somebody decides nothing until a training is done, and when they do again: requests go on to who may.

Nobody is named for it where others read it, and nothing counts as a yes: where nobody is left, whoever leads hears.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session, col, select

from store import audit
from store.daily import redraw
from store.owed import owe, owe_card, publish_home
from store.records import USE, load
from store.tables import AskRow, DoneRow, UseRow
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
WAITS = sorted(status.value for status in WAITING)
PASSED, STUCK = "decider_passed", "decider_none"


def follow(session: Session, desk: Desk) -> bool:
    """A part at a look; whether there is more."""
    found = [*_moved(session, desk)]
    for use, out in found[:PART]:
        _tell(session, use, out, desk)
    return len(found) > PART


def _moved(session: Session, desk: Desk) -> Iterator[tuple[str, list[str]]]:
    """Requests of which others decide than when it was told last, each with whom it passes over now."""
    told = {row.key.removeprefix(KEY): row for row in _known(session)}
    roles = sorted(desk.untrained)
    asked: dict[str, set[str]] = {}
    if roles:
        query = select(AskRow.use_id, AskRow.role).join(UseRow, col(UseRow.id) == AskRow.use_id)
        query = query.where(col(AskRow.role).in_(roles), AskRow.kind == "yes", col(UseRow.state).in_(WAITS))
        for use, role in session.exec(query.distinct()):
            asked.setdefault(use, set()).update(desk.untrained[role])
    for use in sorted(asked.keys() | told.keys()):
        out, before = sorted(asked.get(use, ())), told[use].outcome.get("out", []) if use in told else []
        if out != before:
            yield use, out


def _known(session: Session) -> list[DoneRow]:
    """Those under whose name somebody is passed over still."""
    return [
        row
        for row in session.exec(select(DoneRow).where(col(DoneRow.key).startswith(KEY)))
        if row.outcome.get("out")
    ]


def _tell(session: Session, use: str, out: list[str], desk: Desk) -> None:
    case = load(session, use)
    if case is None:
        return
    row = session.get(DoneRow, KEY + use) or DoneRow(
        key=KEY + use, subject_kind=USE, subject_id=use, at=desk.now
    )
    before, row.outcome, row.at = list(row.outcome.get("out", [])), {"out": out}, desk.now
    session.add(row)
    if case.status not in WAITING:
        return
    free = replace(desk, untrained={})
    owe_card(session, use, desk)
    redraw(session, case, desk)
    passed = [one for one in out if one not in before and one in deciding_people(case, free)]
    if not passed:
        return
    people, asked = deciding_people(case, desk), deciding_people(case, free)
    _seal(session, case, passed, people, desk)
    waited = case.submitted_at is None or case.submitted_at < desk.now - FRESH
    if empty := _emptied(case, desk, free):
        leads = tuple(sorted(desk.roles.get(LEAD, ())))
        seats: Facts = {"seats": empty} if people else {}
        _note(session, case, {"about": STUCK, "because": "lead", "people": leads, **seats}, desk)
    if people and waited and not set(people) <= set(asked):
        _note(session, case, {"about": PASSED, "because": "lead", "people": ()}, desk)
    for person in (*passed, *people):
        publish_home(session, person, desk.now)


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
