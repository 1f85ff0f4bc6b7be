"""The people file as it was taken in: who works where, under whom and with which deputy, since Slack knows none of it.

The trail holds no name of it, only a digest of all rows after each change: a list of everybody is not for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, and_, col, or_, select

from intake.value import Value
from store import audit
from store.legible import rows
from store.plainly import canonical
from store.tables import EmployeeRow, PersonRow
from store.trail import sha256

PEOPLE, FILE = "people", "file"
SAID = ("email", "name", "manager", "unit", "country", "deputy", "slack_user")
"""What the file says; who that is in Slack is found, not said."""
IN_THE_FILE = or_(
    col(EmployeeRow.person_id) == col(PersonRow.id),
    and_(
        col(EmployeeRow.person_id).is_(None),
        col(EmployeeRow.slack_user) != "",
        col(EmployeeRow.slack_user) == col(PersonRow.slack_user),
    ),
)
"""Found there before, or named there by their id in Slack and met since."""


class Employee(Value):
    email: str
    name: str = ""
    manager: str = ""
    unit: str = ""
    country: str = ""
    deputy: str = ""
    slack_user: str = ""


class Change(NamedTuple):
    """What an import comes to. `missing`: e-mails that were known and are not in it."""

    new: tuple[Employee, ...]
    changed: tuple[Employee, ...]
    same: int
    missing: tuple[str, ...]


def compared(session: Session, told: Iterable[Employee]) -> Change:
    known = {each.email: each for each in everybody(session)}
    told = tuple(told)
    new = tuple(each for each in told if each.email not in known)
    changed = tuple(each for each in told if known.get(each.email, each) != each)
    missing = tuple(sorted(known.keys() - {each.email for each in told}))
    return Change(new, changed, len(told) - len(new) - len(changed), missing)


def take(session: Session, change: Change, *, whole: bool, now: datetime) -> None:
    """`whole`: whoever is not in it goes. Where nothing changes, nothing is sealed."""
    removed = change.missing if whole else ()
    if not (change.new or change.changed or removed):
        return
    for told in (*change.new, *change.changed):
        row = session.get(EmployeeRow, told.email) or EmployeeRow(email=told.email)
        if row.slack_user != told.slack_user:
            row.person_id = None
        for name in SAID:
            setattr(row, name, getattr(told, name))
        session.add(row)
    for email in removed:
        session.delete(session.get_one(EmployeeRow, email))
    counts = {"new": len(change.new), "changed": len(change.changed), "removed": len(removed)}
    _seal(session, "people.imported", counts, now)


def forget(session: Session, email: str, *, now: datetime) -> bool:
    """One person, also where others name them; False if nothing here does."""
    row = session.get(EmployeeRow, email)
    naming = or_(col(EmployeeRow.manager) == email, col(EmployeeRow.deputy) == email)
    others = session.exec(select(EmployeeRow).where(naming)).all()
    for other in others:
        other.manager = "" if other.manager == email else other.manager
        other.deputy = "" if other.deputy == email else other.deputy
        session.add(other)
    if row is not None:
        session.delete(row)
    if row is None and not others:
        return False
    _seal(session, "people.forgotten", {"removed": int(row is not None)}, now)
    return True


def _seal(session: Session, what: str, counts: dict[str, int], now: datetime) -> None:
    session.flush()
    number, digest = _digest(session)
    detail: dict[str, audit.Machine] = {**counts, "rows": number, "digest": digest}
    audit.append(session, what, actor=None, subject_kind=PEOPLE, subject_id=FILE, detail=detail, at=now)


def _digest(session: Session) -> tuple[int, str]:
    """Of what was said, in the order of bytes: databases sort each in their own way."""
    told = sorted([row[name] for name in SAID] for row in rows(session, "employee"))
    return len(told), sha256(canonical(told))


def is_empty(session: Session) -> bool:
    return session.exec(select(EmployeeRow.email).limit(1)).first() is None


def differences(session: Session) -> Iterator[str]:
    """Whether the rows are those that were there after the last change that the trail tells."""
    sealed = [line for line in audit.records(session) if line.subject == (PEOPLE, FILE)]
    told = str(sealed[-1].detail.get("digest")) if sealed else sha256(canonical([]))
    if told != _digest(session)[1]:
        where = f"since line {sealed[-1].seq}" if sealed else "though the trail tells of none"
        yield f"the people file was changed {where}"


def everybody(session: Session) -> Iterator[Employee]:
    for row in session.exec(select(EmployeeRow).order_by(col(EmployeeRow.email))):
        yield _told(row)


def units(session: Session) -> dict[str, str]:
    """Who works in which team, by e-mail."""
    return {each.email: each.unit for each in everybody(session)}


def units_of(session: Session, people: Iterable[str]) -> dict[str, str]:
    """Of those of whom the file says one."""
    query = select(PersonRow.id, EmployeeRow.unit).join(EmployeeRow, IN_THE_FILE)
    found = session.exec(query.where(col(PersonRow.id).in_(set(people)), col(EmployeeRow.unit) != ""))
    return dict(found.all())


def tied_people(session: Session) -> frozenset[str]:
    """The people of whom it is known who they are in the file."""
    found = session.exec(select(EmployeeRow.person_id).where(col(EmployeeRow.person_id).is_not(None)))
    return frozenset(person for person in found if person)


def of_person(session: Session, person: str) -> Employee | None:
    row = session.exec(select(EmployeeRow).where(EmployeeRow.person_id == person)).first()
    return _told(row) if row is not None else None


def find(session: Session, *, email: str = "", slack_user: str = "") -> Employee | None:
    wanted = EmployeeRow.slack_user == slack_user if slack_user else EmployeeRow.email == email.casefold()
    row = session.exec(select(EmployeeRow).where(wanted)).first()
    return _told(row) if row is not None else None


def tie(session: Session, email: str, person: str) -> bool:
    """False where the file has somebody else of that address by now, or nobody."""
    row = session.get(EmployeeRow, email)
    if row is None or row.person_id is not None:
        return False
    row.person_id = person
    session.add(row)
    session.flush()
    return True


def beside(session: Session, people: Iterable[str]) -> list[str]:
    """The managers and deputies of these, by e-mail, of whom it is not known yet who they are in Slack."""
    asked = select(EmployeeRow).where(col(EmployeeRow.person_id).in_(list(people)))
    named = {email for row in session.exec(asked) for email in (row.manager, row.deputy) if email}
    open_ones = select(EmployeeRow.email).where(
        col(EmployeeRow.email).in_(named), col(EmployeeRow.person_id).is_(None)
    )
    return sorted(session.exec(open_ones).all())


def tied(session: Session) -> dict[str, PersonRow]:
    """By e-mail, who was found in Slack."""
    found = session.exec(
        select(EmployeeRow.email, PersonRow).where(EmployeeRow.person_id == PersonRow.id)
    ).all()
    return dict(found)


def _told(row: EmployeeRow) -> Employee:
    return Employee.model_validate({name: getattr(row, name) for name in SAID})
