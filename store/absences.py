"""Who is away and when, as they said it; each time is a row of its own, and a line of the trail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from store import audit
from store.legible import rows
from store.tables import AbsenceRow
from triage.outcome import Outcome, Refused
from triage.staff import Away

PERSON = "person"
HAPPENED = ("person.away", "person.back")


def note(session: Session, person: str, told: Away, *, back: bool, now: datetime) -> None:
    """`back`: it says that an absence is over."""
    wanted = select(func.max(AbsenceRow.number)).where(AbsenceRow.person_id == person)
    number = (session.exec(wanted).one() or 0) + 1
    row = AbsenceRow(
        id=f"{person}:{number}",
        person_id=person,
        number=number,
        since=told.since,
        until=told.until,
        deputy_id=told.deputy,
        at=now,
    )
    session.add(row)
    session.flush()
    detail = {"absence": row.id} | _plain(row.model_dump())
    what = HAPPENED[1] if back else HAPPENED[0]
    audit.append(session, what, actor=person, subject_kind=PERSON, subject_id=person, detail=detail, at=now)


def last(session: Session, people: Iterable[str]) -> dict[str, Away]:
    """What each of them said last; whether it is over is for who asks."""
    asked = list(people)
    if not asked:
        return {}
    said = select(AbsenceRow).where(col(AbsenceRow.person_id).in_(asked))
    found = session.exec(said.order_by(col(AbsenceRow.number))).all()
    return {row.person_id: Away(row.since, row.until, row.deputy_id) for row in found}


def check_named(session: Session, outcome: Outcome, actor: str) -> None:
    """Whoever acts in somebody's place was named for it by what is written now: they may be back since."""
    for line in outcome.happened:
        if (person := line.detail.get("for")) is None:
            continue
        told = last(session, [str(person)]).get(str(person))
        if told is None or told.deputy != actor or _days(vars(told)) != _days(line.detail):
            raise Refused("delegation_over", case=outcome.case.id)


def _days(said: Mapping[str, Any]) -> tuple[str, str]:
    return str(said.get("since")), str(said.get("until"))


def differences(session: Session) -> Iterator[str]:
    """One sentence for each row that is not as its line tells it, and for each that has none."""
    told = {
        str(line.detail.get("absence")): dict(line.detail) | {"at": line.at, "person_id": line.subject[1]}
        for line in audit.records(session)
        if line.what in HAPPENED and line.subject[0] == PERSON
    }
    kept = {row["id"]: row for row in rows(session, "absence", by="id")}
    yield from (f"the absence {id} is missing" for id in sorted(told.keys() - kept.keys()))
    for id, row in kept.items():
        if id not in told:
            yield f"the absence {id} is not in the trail"
            continue
        said = _plain(row) | {"at": row["at"], "person_id": row["person_id"]}
        for name in [name for name, value in said.items() if told[id].get(name) != value]:
            yield f"the absence {id} was changed: {name}"


def _plain(row: Mapping[str, Any]) -> dict[str, audit.Machine]:
    days = {name: str(row[name]) for name in ("since", "until")}
    return {"number": row["number"], "deputy": row["deputy_id"], **days}
