"""Who needs which training and who did it: rows that are never changed, each with its line.

What shows it, a link, lies with the line alone, where it can be erased.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast, get_args
from uuid import uuid4

from sqlalchemy import ColumnElement
from sqlalchemy import select as plain_select
from sqlmodel import Session, col, select

from store import audit
from store.columns import to_text
from store.entries import of_kind
from store.incidents import texts_of
from store.legible import AT_ONCE, Cells, rows
from store.tables import AuditLineRow, TrainedRow
from store.trail import Record, record_of
from triage.aims.entry import Entry
from triage.aims.statement import at_moment
from triage.aims.training import KIND, How, Noted, is_barred, is_confirmed, many, trainees
from triage.desk import Desk

SUBJECT = "training"
"""The kind of subject of its lines."""
LINES = {how: f"training.{how}" for how in get_args(How)}
LINK, COUNTS = "link", "counts"
SAID = ("done", "confirmed")


def note(
    session: Session,
    how: How,
    training: Entry,
    person: str,
    day: date,
    *,
    by: str = "",
    link: str = "",
    now: datetime,
) -> bool:
    """Once for each person and day; False where it is on record already."""
    row = TrainedRow
    same = (row.training == training.id, row.person_id == person, row.kind == how, row.day == day)
    if session.exec(select(row.id).where(*same)).first() is not None:
        return False
    id, counts = uuid4().hex, how == "confirmed" or (how == "done" and not is_confirmed(training))
    line = audit.append(
        session,
        LINES[how],
        actor=by or None,
        subject_kind=SUBJECT,
        subject_id=id,
        detail={"training": training.id, "ref": training.ref, "day": day.isoformat(), "people": [person]}
        | ({COUNTS: "yes"} if counts else {}),
        texts={LINK: link} if link else None,
        at=now,
    )
    about: dict[str, Any] = {"training": training.id, "person_id": person, "kind": how, "day": day}
    session.add(TrainedRow(id=id, **about, by_id=by or None, at=now, line=line))
    session.flush()
    return True


def of(
    session: Session, training: str, *, person: str | None = None, until: datetime | None = None
) -> list[Noted]:
    """In the order in which it was noted; of one person alone, and as of a moment, where these are named."""
    row = TrainedRow
    wanted = [col(row.person_id) == person] if person is not None else []
    return _found(session, training, *wanted, *([col(row.at) <= until] if until is not None else []))


def _found(session: Session, training: str, *wanted: ColumnElement[bool]) -> list[Noted]:
    row = TrainedRow
    query = plain_select(col(row.kind), col(row.person_id), col(row.day), col(row.by_id), col(row.line))
    query = query.where(col(row.training) == training, *wanted).order_by(col(row.line))
    found = session.connection().execute(query).all()
    counting = _counting(session, [line for how, *_, line in found if how in SAID])
    return [
        Noted(cast("How", how), whose, day, by or "", line, line in counting)
        for how, whose, day, by, line in found
    ]


def barred(session: Session, training: Entry, people: Collection[str], today: date) -> frozenset[str]:
    """Of these, who is so late with it that they decide nothing until it is done."""
    rows = _found(session, training.id, col(TrainedRow.person_id).in_(sorted(people)))
    return frozenset(each.person for each in trainees(training, rows) if is_barred(training, each, today))


def bars(session: Session, training: Entry, person: str, desk: Desk) -> bool:
    """Whether it keeps this person from deciding in one of its roles."""
    if training.in_force is None:
        return False
    holders = {one for role in many(training, "roles") for one in desk.roles.get(role, ())}
    mine = [one for one in holders if desk.same(one, person)]
    return bool(mine) and bool(barred(session, training, mine, desk.day))


def untrained(
    session: Session, trainings: Iterable[Entry], roles: Mapping[str, frozenset[str]], today: date
) -> dict[str, dict[str, str]]:
    """By role, who holds it and decides nothing in it, each with the name of what they do first."""
    found: dict[str, dict[str, str]] = {}
    for training in trainings:
        asked = {role: roles[role] for role in many(training, "roles") if roles.get(role)}
        late = barred(session, training, frozenset().union(*asked.values()), today) if asked else ()
        for role, held in asked.items():
            for person in held.intersection(late):
                found.setdefault(role, {}).setdefault(person, training.title)
    return found


def links(session: Session, training: str, people: list[str]) -> dict[tuple[str, date], str]:
    """What these people showed, by person and day."""
    row = TrainedRow
    wanted = (row.training == training, row.kind == "done", col(row.person_id).in_(people))
    found = session.exec(select(row).where(*wanted)).all()
    texts = texts_of(session, [each.line for each in found])
    return {(each.person_id, each.day): said for each in found if (said := texts[each.line].get(LINK, ""))}


def _counting(session: Session, lines: Sequence[int]) -> set[int]:
    """Which of these lines say that it counts, sealed when it was said."""
    found = set[int]()
    for start in range(0, len(lines), AT_ONCE):
        some = col(AuditLineRow.seq).in_(lines[start : start + AT_ONCE])
        told = map(record_of, session.exec(select(AuditLineRow.sealed).where(some)))
        found |= {line.seq for line in told if line is not None and line.detail.get(COUNTS) == "yes"}
    return found


def asked_of(session: Session, person: str) -> list[str]:
    """The trainings that this person was ever asked to do."""
    row = TrainedRow
    query = select(row.training).where(row.person_id == person, row.kind == "asked").distinct()
    return list(session.exec(query.order_by(row.training)))


def late_since(session: Session, today: date, until: datetime | None = None) -> list[tuple[Entry, date]]:
    """Of each training that counts and somebody is late with, since when the first is; as it was stated then."""
    if session.exec(select(TrainedRow.id).limit(1)).first() is None:
        return []
    found = []
    for training in _stated(session, until):
        held = trainees(training, of(session, training.id, until=until))
        days = [each.due for each in held if each.due is not None and each.late(today)]
        found += [(training, min(days))] if days else []
    return found


def _stated(session: Session, until: datetime | None) -> list[Entry]:
    """The trainings that counted, as they were stated then."""
    known = of_kind(session, KIND, *(() if until is not None else ("in_force",)))
    return [each for each in at_moment(known, until) if each.state == "in_force"]


def standing(session: Session, today: date, until: datetime | None = None) -> tuple[int, int, int]:
    """Of all that people need to have learned, each of each person: what is done and holds, what is late, and all."""
    held = late = count = 0
    if session.exec(select(TrainedRow.id).limit(1)).first() is None:
        return held, late, count
    for entry in _stated(session, until):
        for each in trainees(entry, of(session, entry.id, until=until)):
            count += 1
            late += each.late(today)
            held += each.done is not None and not each.late(today)
    return held, late, count


def every(session: Session, until: datetime | None = None) -> Iterator[Cells]:
    """For an export, in the order in which it happened."""
    refs = {row["id"]: row["ref"] for row in rows(session, "aims_entry")}
    held = [
        row for row in rows(session, "trained", by="line") if until is None or row["at"] <= to_text(until)
    ]
    texts = texts_of(session, [row["line"] for row in held])
    counting = _counting(session, [row["line"] for row in held if row["kind"] in SAID])
    for row in held:
        link = texts[row["line"]].get(LINK, "")
        yield {
            **row,
            "ref": refs.get(row["training"]),
            "person": row["person_id"],
            "by": row["by_id"],
            "link": link,
            COUNTS: row["line"] in counting,
        }


def differences(session: Session) -> Iterator[str]:
    """Held against the trail: each row by its line, and each line by its row."""
    told = {
        line.subject[1]: _told(line)
        for line in audit.records(session)
        if line.subject[0] == SUBJECT and line.what in LINES.values()  # an erasure of its words is no note
    }
    kept = {row["id"]: row for row in rows(session, "trained", by="id")}
    yield from (f"the training {id} is missing" for id in sorted(told.keys() - kept.keys()))
    for id, row in kept.items():
        if id not in told:
            yield f"the training {id} is not in the trail"
            continue
        for name in [name for name, value in told[id].items() if row[name] != value]:
            yield f"the training {id} was changed: {name}"


def _told(line: Record) -> dict[str, Any]:
    people = line.detail.get("people")
    return {
        "training": line.detail.get("training"),
        "person_id": next(iter(people), None) if isinstance(people, list) else None,
        "kind": line.what.partition(".")[2],
        "day": line.detail.get("day"),
        "by_id": line.actor,
        "at": line.at,
        "line": line.seq,
    }
