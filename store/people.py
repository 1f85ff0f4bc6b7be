"""From Slack's (team, user) and (team, channel) to opaque ids and back; nothing else here knows Slack."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, insert
from sqlalchemy import select as plain_select
from sqlmodel import Session, col, or_, select

from store.direct import Read
from store.refs import new_id
from store.tables import EmployeeRow, PersonRow, PlaceRow, metadata

_person, _place = metadata.tables["person"].c, metadata.tables["place"].c
# Looked at before each message goes out.
WITH_WHOM = Read(plain_select(_place.person_id).where(_place.id == bindparam("place")))
DELETED = Read(plain_select(_person.deleted).where(_person.id == bindparam("person")))


def person(session: Session, *, team: str, slack_user: str, now: datetime, **known: Any) -> str:
    """The opaque id of a Slack user, made at first sight; `known` (name, zone, …) is noted if new."""
    row = find_person(session, team=team, slack_user=slack_user)
    if row is None:
        row = PersonRow(id=new_id("P"), team=team, slack_user=slack_user, updated_at=day_of(now))
        session.add(row)
    if _note(row, known):
        row.updated_at = day_of(now)
    _note_gone(row, now)
    session.flush()
    return row.id


def meet(session: Session, *, team: str, slack_users: Iterable[str], now: datetime) -> None:
    """Many at once of whom only Slack's id is known; whoever is known already stays as they are."""
    session.flush()
    named = set(slack_users)
    mine = select(PersonRow.slack_user).where(PersonRow.team == team, col(PersonRow.slack_user).in_(named))
    known = set(session.exec(mine))
    new = sorted(named - known)
    rows = [PersonRow(id=new_id("P"), team=team, slack_user=user, updated_at=day_of(now)) for user in new]
    if rows:
        session.connection().execute(insert(metadata.tables["person"]), [row.model_dump() for row in rows])


def day_of(now: datetime) -> datetime:
    """No finer: at which minute somebody was first seen could be held against what came in without a name then."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def place(session: Session, *, team: str, slack_channel: str, **known: Any) -> str:
    """The opaque id of a channel or direct message, made at first sight (its kind read off its id).

    `known` (kind, person, …) is noted if new; None says nothing and changes nothing.
    """
    row = find_place(session, team=team, slack_channel=slack_channel)
    if row is None:
        kind = {"D": "dm", "G": "group"}.get(slack_channel[:1], "channel")
        row = PlaceRow(id=new_id("L"), team=team, slack_channel=slack_channel, kind=kind)
        session.add(row)
    _note(row, {name: value for name, value in known.items() if value is not None})
    session.flush()
    return row.id


def close(session: Session, place: str) -> bool:
    """Nobody can speak there any more; False if that was known."""
    row = session.get_one(PlaceRow, place)
    before, row.archived = row.archived, True
    session.add(row)
    session.flush()
    return not before


def closed(session: Session) -> frozenset[str]:
    return frozenset(session.exec(select(PlaceRow.id).where(PlaceRow.archived)))


def renumber(session: Session, *, team: str, old: str, new: str) -> None:
    """The same place under another of Slack's ids; nothing happens where the new one is known already."""
    row = find_place(session, team=team, slack_channel=old)
    if row is not None and find_place(session, team=team, slack_channel=new) is None:
        row.slack_channel = new
        session.add(row)
        session.flush()


def place_called(session: Session, slack_channel: str) -> str | None:
    """Of whichever workspace; Slack gives no number twice."""
    return session.exec(select(PlaceRow.id).where(PlaceRow.slack_channel == slack_channel)).first()


def direct(session: Session, person: str) -> str | None:
    """The direct message with a person, where there is one already."""
    wanted = select(PlaceRow.id).where(PlaceRow.kind == "dm", PlaceRow.person_id == person)
    return session.exec(wanted).first()


def close_account(session: Session, person: str, *, now: datetime) -> None:
    row = session.get_one(PersonRow, person)
    row.deleted, row.updated_at = True, day_of(now)
    _note_gone(row, now)
    session.add(row)
    session.flush()


def is_gone(session: Session, *, person: str | None, place: str | None) -> bool:
    """Whether somebody, or whoever a direct message is with, has no account any more."""
    connection = session.connection()
    if place is not None and (with_whom := WITH_WHOM.all(connection, {"place": place})):
        person = with_whom[0].person_id
    known = DELETED.all(connection, {"person": person}) if person else ()
    return any(each.deleted for each in known)


def find_person(session: Session, *, team: str, slack_user: str) -> PersonRow | None:
    wanted = select(PersonRow).where(PersonRow.team == team, PersonRow.slack_user == slack_user)
    return session.exec(wanted).first()


def find_place(session: Session, *, team: str, slack_channel: str) -> PlaceRow | None:
    wanted = select(PlaceRow).where(PlaceRow.team == team, PlaceRow.slack_channel == slack_channel)
    return session.exec(wanted).first()


def met(session: Session, said: str) -> str | None:
    """The opaque id of whoever has that id, here or in Slack; None where that is nobody, or more than one."""
    meant = or_(col(PersonRow.slack_user) == said, col(PersonRow.id) == said)
    found = session.exec(select(PersonRow.id).where(meant)).all()
    return found[0] if len(found) == 1 else None


def colleague(session: Session, said: str) -> str | None:
    """The same, of those alone who can hold a role."""
    row = session.get(PersonRow, id) if (id := met(session, said)) else None
    return row.id if row is not None and not is_no_colleague(row) else None


def slack_user(session: Session, person: str) -> str | None:
    row = session.get(PersonRow, person)
    return row.slack_user if row is not None else None


def same(session: Session, one: str, other: str) -> bool:
    """Whether two ids name one human being: Slack's id of a person is one for all workspaces of an organisation."""
    user = slack_user(session, one)
    return one == other or (user is not None and user == slack_user(session, other))


def names(session: Session) -> dict[str, str]:
    """The name of everybody who has one here, by opaque id."""
    return dict(session.exec(select(PersonRow.id, PersonRow.name).where(PersonRow.name != "")).all())


def every_name(session: Session) -> frozenset[str]:
    """Of people whom Slack or the people file knows; an app may be called like the tool that it is."""
    here = select(PersonRow.name).where(PersonRow.name != "", col(PersonRow.is_bot).is_(False))
    filed = select(EmployeeRow.name).where(EmployeeRow.name != "")
    return frozenset((*session.exec(here), *session.exec(filed)))


def unnamed(session: Session, *, limit: int) -> list[tuple[str, str]]:
    """(team, user) of people we know only by their id."""
    wanted = select(PersonRow.team, PersonRow.slack_user).where(PersonRow.name == "").limit(limit)
    return [(team, user) for team, user in session.exec(wanted)]


def is_no_colleague(row: PersonRow) -> bool:
    """Nobody gives them anything to do, or answers to them."""
    return row.deleted or row.restricted or row.is_bot or row.foreign_team


def _note_gone(row: PersonRow, now: datetime) -> None:
    """Since when; who comes back never left."""
    row.gone_at = (row.gone_at or now) if is_no_colleague(row) else None


def _note(row: PersonRow | PlaceRow, known: dict[str, Any]) -> bool:
    changed = {name: value for name, value in known.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)
