"""Whom a call to read a policy asks, as its groups stand now, and how far they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlmodel import Session, col, select

from store import acknowledged
from store.entries import of_kind
from store.standing import colleagues
from store.tables import DoneRow, EmployeeRow, PersonRow, UseRow
from triage.aims.acknowledging import KIND, Group, Reader, Turnout, days_of, group_of
from triage.aims.entry import Entry
from triage.desk import Desk

MEMBERS = "members:"
"""Before the id of a call: who is in its channels, as Slack said last."""


class Filed(NamedTuple):
    """Of the people file: by person, in which unit they work; and how many of a group Slack does not know yet."""

    units: Mapping[str, str]
    unfound: int
    emails: tuple[str, ...]
    slack_users: tuple[str, ...]


def group(session: Session, call: Entry, desk: Desk) -> dict[str, str]:
    """Colleagues who are here, each with their unit; "" where the people file does not say."""
    wanted, filed = group_of(call), of_file(session, group_of(call))
    found = {*filed.units, *desk.roles.get(wanted.role, ()), *_members(session, call, wanted)}
    if wanted.everybody:
        found |= _of_register(session)
    of = filed.units if wanted.everybody else units(session)
    return {person: of.get(person, "") for person in colleagues(session, desk) & found}


def _of_register(session: Session) -> set[str]:
    """Who asked for a use or answers for one, also where no file names them."""
    pairs = session.exec(select(UseRow.requester_id, UseRow.owner_id).distinct())
    return {person for pair in pairs for person in pair if person}


def _members(session: Session, call: Entry, wanted: Group) -> frozenset[str]:
    row = session.get(DoneRow, f"{MEMBERS}{call.id}") if wanted.places else None
    return frozenset(row.outcome.get("people", ())) if row is not None else frozenset()


def of_file(session: Session, wanted: Group) -> Filed:
    units = frozenset(each.casefold() for each in wanted.units)
    found, emails, users = dict[str, str](), list[str](), list[str]()
    for row, person in _filed(session) if wanted.everybody or units else ():
        if not wanted.everybody and row.unit.casefold() not in units:
            continue
        if person is not None:
            found[person] = row.unit
        else:
            (users if row.slack_user else emails).append(row.slack_user or row.email)
    return Filed(found, len(emails) + len(users), tuple(emails), tuple(users))


def units(session: Session) -> dict[str, str]:
    return {person: row.unit for row, person in _filed(session) if person is not None}


def _filed(session: Session) -> Iterator[tuple[EmployeeRow, str | None]]:
    """Each of the people file with who that is here: tied by e-mail, or named by their id of Slack."""
    here = {user: id for id, user in session.exec(select(PersonRow.id, PersonRow.slack_user))}
    for row in session.exec(select(EmployeeRow).order_by(col(EmployeeRow.email))):
        yield row, row.person_id or here.get(row.slack_user)


def by_email(session: Session) -> dict[str, str]:
    """Who that is here, of everybody in the people file whom Slack knows."""
    return {row.email: person for row, person in _filed(session) if person is not None}


def turnout(session: Session, call: Entry, policy: Entry, desk: Desk) -> Turnout | None:
    """None where nothing counts that could be read."""
    if policy.in_force is None:
        return None
    version = policy.in_force.number
    asked = acknowledged.moments(session, "asked", policy.id, version)
    read = acknowledged.moments(session, "read", policy.id, version)
    return Turnout(
        call=call.id,
        policy=policy.id,
        version=version,
        days=days_of(call),
        readers=tuple(
            Reader(person=each, unit=unit, asked=asked.get(each), read=read.get(each))
            for each, unit in sorted(group(session, call, desk).items())
        ),
        unfound=of_file(session, group_of(call)).unfound,
    )


def unfound(session: Session) -> tuple[str, ...]:
    """The addresses of the people file that are asked for and nobody in Slack is known by."""
    calls = of_kind(session, KIND, "in_force")
    return tuple(dict.fromkeys(email for call in calls for email in of_file(session, group_of(call)).emails))
