"""Colleagues as decisions need them: those who hold a role or were given a request, and who stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace

from sqlalchemy import exists
from sqlmodel import Session, col, or_, select

from store import absences
from store.employees import IN_THE_FILE
from store.people import is_no_colleague as is_gone
from store.tables import AppointmentRow, AssignmentRow, EmployeeRow, PersonRow, UseRow
from triage.case import Status
from triage.lifecycle import FINAL, WAITING
from triage.staff import Colleague

WAITS = [status.value for status in WAITING]
OVER = sorted(status.value for status in FINAL)


def staff(session: Session, people: Iterable[str]) -> dict[str, Colleague]:
    """`people`, whoever was given a request that waits or a part in a use, who left what is theirs behind, and managers
    and deputies of all these.
    """
    return named(session, {*people, *_given(session), *_appointed(session), *_left(session)})


def named(session: Session, people: Iterable[str]) -> dict[str, Colleague]:
    """`people` alone, and managers and deputies of theirs."""
    known = _colleagues(session, frozenset(people))
    beside = {person for each in known.values() for person in _beside(each) if person}
    return known | _colleagues(session, beside - known.keys())


def _beside(colleague: Colleague) -> tuple[str | None, ...]:
    away = colleague.away.deputy if colleague.away else None
    return colleague.manager, colleague.deputy, away


def _given(session: Session) -> Iterable[str]:
    asked = select(AssignmentRow.person_id).join(UseRow).where(col(UseRow.state).in_(WAITS)).distinct()
    return session.exec(asked).all()


def _appointed(session: Session) -> Iterable[str]:
    """Whoever was asked to do something for a use that is not over."""
    asked = select(AppointmentRow.person_id).join(UseRow).where(col(UseRow.state) != Status.retired.value)
    return session.exec(asked.distinct()).all()


def _left(session: Session) -> Iterable[str]:
    """Who is no colleague any more and owns, or asked for, a use that is not over: nobody answers for it."""
    going = col(UseRow.state).not_in(OVER)
    theirs = (
        exists().where(col(which) == PersonRow.id, going) for which in (UseRow.owner_id, UseRow.requester_id)
    )
    return session.exec(select(PersonRow.id).where(col(PersonRow.gone_at).is_not(None), or_(*theirs))).all()


def keepers(session: Session) -> frozenset[str]:
    """Who answers for a use that was approved, or asked for it: they are reminded, and others in their place."""
    running = (Status.approved.value, Status.approved_with_conditions.value)
    asked = select(UseRow.owner_id, UseRow.requester_id).where(col(UseRow.state).in_(running)).distinct()
    return frozenset(person for pair in session.exec(asked) for person in pair if person)


def given_to(session: Session, people: Iterable[str]) -> tuple[str, ...]:
    """The requests that wait and were given to one of them once, whoever has them now."""
    theirs = select(AssignmentRow.use_id).where(col(AssignmentRow.person_id).in_(sorted(people)))
    asked = select(UseRow.id).where(col(UseRow.id).in_(theirs), col(UseRow.state).in_(WAITS))
    return tuple(session.exec(asked.order_by(UseRow.id)))


def _colleagues(session: Session, people: Set[str]) -> dict[str, Colleague]:
    asked = (
        select(PersonRow, EmployeeRow)
        .join(EmployeeRow, IN_THE_FILE, isouter=True)
        .where(col(PersonRow.id).in_(people))
    )
    found = session.exec(asked).all()
    named = {email for _, said in found if said for email in (said.manager, said.deputy) if email}
    persons: dict[str, str | None] = {}
    if named:  # most looks of the clock find nobody, and ask nothing then
        of_file = select(EmployeeRow.email, EmployeeRow.person_id).where(col(EmployeeRow.email).in_(named))
        persons = dict(session.exec(of_file).all())
    away = absences.last(session, people)
    return {row.id: replace(_colleague(row, said, persons), away=away.get(row.id)) for row, said in found}


def _colleague(row: PersonRow, said: EmployeeRow | None, persons: dict[str, str | None]) -> Colleague:
    gone = is_gone(row)
    if said is None:
        return Colleague(zone=row.zone, gone=gone, left=row.gone_at)
    return Colleague(
        zone=row.zone,
        country=said.country or None,
        unit=said.unit or "",
        manager=persons.get(said.manager),
        deputy=persons.get(said.deputy),
        gone=gone,
        left=row.gone_at,
    )
