"""One person, found by any of their ids, and every place in the database in which something of them stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import LargeBinary
from sqlmodel import Session, col, or_, select

from store import people
from store.legible import Cells, rows
from store.pseudonym import Known, Pseudonym, telling_names
from store.tables import EmployeeRow, PersonRow, PlaceRow, metadata

GONE = "erased-"
"""How the id of Slack of somebody begins who was erased."""
UNTOUCHED = ("audit_line", "audit_head", "alembic_version")


class Found(NamedTuple):
    """`person` and `employees`: who that is here, and in the people file; one of both may be nobody."""

    person: PersonRow | None
    employees: tuple[EmployeeRow, ...]
    places: tuple[PlaceRow, ...]

    @property
    def erased(self) -> bool:
        return self.person is not None and self.person.slack_user.startswith(GONE)


def find(session: Session, who: str) -> Found | None:
    """By opaque id, by Slack's id, or by e-mail of the people file; None where nobody is called so."""
    wanted = who.strip()
    file = select(EmployeeRow)
    by_email = session.exec(file.where(EmployeeRow.email == wanted.casefold())).first()
    by_ids = or_(PersonRow.id == wanted, PersonRow.slack_user == wanted)
    if by_email is not None:
        slack = by_email.slack_user or None
        by_ids = or_(PersonRow.id == by_email.person_id, PersonRow.slack_user == slack)
    person = session.exec(select(PersonRow).where(by_ids).order_by(PersonRow.id)).first()
    tied = [by_email.email] if by_email is not None else []
    if person is not None:
        mine = or_(EmployeeRow.person_id == person.id, EmployeeRow.slack_user == person.slack_user)
        tied += session.exec(select(EmployeeRow.email).where(mine)).all()
    else:
        tied += session.exec(select(EmployeeRow.email).where(EmployeeRow.slack_user == wanted)).all()
    employees = session.exec(file.where(col(EmployeeRow.email).in_(tied))).all() if tied else ()
    if person is None and not employees:
        return None
    direct = PlaceRow.person_id == (person.id if person else None)
    places = session.exec(select(PlaceRow).where(direct)).all() if person else ()
    return Found(person, tuple(employees), tuple(places))


def besides(session: Session, found: Found) -> tuple[str, ...]:
    """Opaque ids under which the same human being is known in other workspaces of the organisation."""
    if found.person is None:
        return ()
    mine = PersonRow.slack_user == found.person.slack_user
    others = select(PersonRow.id).where(mine, PersonRow.id != found.person.id).order_by(PersonRow.id)
    return tuple(session.exec(others).all())


def known(session: Session, found: Found, also: tuple[str, ...] = ()) -> Known:
    """By what they are looked for. `also`: other spellings, from whoever knows them."""
    ids = {each.slack_channel for each in found.places} | {each.slack_user for each in found.employees}
    names = {each.name for each in found.employees}
    if found.person is not None:
        ids.add(found.person.slack_user)
        names.add(found.person.name)
    mine = {" ".join(name.split()).casefold() for name in names}
    others = {
        name for name in people.every_name(session) if " ".join(name.split()).casefold() not in mine
    } | set(_twice(session, mine))
    emails = frozenset(each.email for each in found.employees)
    told = telling_names(filter(None, names), others) | {each.strip() for each in also if each.strip()}
    return Known(frozenset(filter(None, ids)), emails, told)


def _twice(session: Session, mine: set[str]) -> Iterator[str]:
    """Names that another one bears, too: they stand for nobody in particular."""
    bearers = [*session.exec(select(PersonRow.name).where(col(PersonRow.is_bot).is_(False)))]
    for name in mine:
        if sum(" ".join(each.split()).casefold() == name for each in bearers) > 1:
            yield name


class Row(NamedTuple):
    """`cells` as they lie there; `columns`: those in which something of the person stands."""

    table: str
    cells: Cells
    columns: tuple[str, ...]


def standing(session: Session, found: Found, mark: Pseudonym) -> Iterator[Row]:
    """Every row of every table that holds their opaque id, or anything by which they are known; bytes apart."""
    id = found.person.id if found.person is not None else None
    for table in metadata.sorted_tables:
        if table.name in UNTOUCHED:
            continue
        columns = [column.name for column in table.c if not isinstance(column.type, LargeBinary)]
        for cells in rows(session, table.name):
            there = tuple(name for name in columns if _is_in(cells[name], id) or mark.stands_in(cells[name]))
            if there:
                yield Row(table.name, cells, there)


def _is_in(value: Any, id: str | None) -> bool:
    """Whether an opaque id stands in it, alone or beside others; ids are drawn by chance and long."""
    if id is None or value is None:
        return False
    if isinstance(value, dict):
        return any(_is_in(each, id) for pair in value.items() for each in pair)
    if isinstance(value, list):
        return any(_is_in(each, id) for each in value)
    return isinstance(value, str) and id in value
