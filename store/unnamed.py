"""Concerns without a name: kept apart until a full hour, then taken in; found again by a phrase, and by nothing else.

Nothing here takes a person, so nothing can be kept of one. The moment is not kept either: what came in within an hour
is taken in together, so that it cannot be held against what else somebody did at that minute.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from intake.answers import Answer
from store import audit, incidents
from store.apart import tried
from store.engine import Store
from store.stuck import LETTER, note, noted, tries_of
from store.tables import DoneRow, LetterRow, PhraseRow
from triage.desk import Desk
from triage.incidents.incident import Kind
from triage.incidents.wishes import OfIncidents, Report, WriteOn
from triage.outcome import Refused

log = logging.getLogger(__name__)

HOUR, AT_LEAST = timedelta(hours=1), timedelta(minutes=10)
MOST = 40
"""Letters that may wait at a time, whoever wrote them: a limit for each person would have to know the person."""
STUCK = timedelta(days=1)
"""A letter whose hour was so long ago cannot be taken in."""
COST = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""What each guess at a phrase costs whoever has the database: 16 MB and some hundredths of a second."""


class Letter(NamedTuple):
    """What is known of one without reading what was said."""

    id: str
    incident: str
    kind: str
    due_at: datetime


def hour_after(now: datetime) -> datetime:
    """The full hour at which it is taken in, at least ten minutes away."""
    until = now + AT_LEAST
    whole = until.replace(minute=0, second=0, microsecond=0)
    return whole if whole == until else whole + HOUR


def raise_one(
    session: Session, id: str, phrase: str, words: str, answers: Mapping[str, Answer], now: datetime
) -> datetime:
    """Keep a concern until its hour; the same window handed in again is the same concern. Says when that is."""
    due = hour_after(now)
    said = {"words": words, "answers": {name: each.model_dump(mode="json") for name, each in answers.items()}}
    if _is_known(session, id, said):
        return due
    _check_room(session, now)
    salt = session.exec(select(PhraseRow.salt).limit(1)).first() or secrets.token_hex(16)
    session.add(LetterRow(id=id, incident_id=id, kind="report", number=0, said=said, due_at=due))
    session.add(PhraseRow(digest=digest_of(phrase, salt), salt=salt, incident_id=id))
    session.flush()
    return due


def write_on(session: Session, id: str, incident: str, words: str, now: datetime) -> datetime:
    """Keep more words about a concern until their hour, once; whoever calls has seen the phrase."""
    due, said = hour_after(now), {"words": words}
    if _is_known(session, id, said):
        return due
    _check_room(session, now)
    number = len(waiting(session, incident))
    session.add(LetterRow(id=id, incident_id=incident, kind="reply", number=number, said=said, due_at=due))
    session.flush()
    return due


def _is_known(session: Session, id: str, said: dict[str, Any]) -> bool:
    """Handed in again before its hour, whatever it says now counts: Slack may not have shown that it was kept."""
    row = session.get(LetterRow, id)
    if row is not None:
        row.said = said
        session.add(row)
    return row is not None or session.get(DoneRow, id) is not None


def _check_room(session: Session, now: datetime) -> None:
    """What could not be taken in for days keeps nobody else from writing."""
    soon = select(func.count()).select_from(LetterRow).where(LetterRow.due_at > now - STUCK)
    if session.exec(soon).one() >= MOST:
        raise Refused("letters_full")


def digest_of(phrase: str, salt: str) -> str:
    return hashlib.scrypt(phrase.encode(), salt=bytes.fromhex(salt), **COST).hex()


def opened_by(session: Session, phrase: str) -> str | None:
    """The concern that a phrase opens."""
    salt = session.exec(select(PhraseRow.salt).limit(1)).first()
    if salt is None:
        return None
    row = session.get(PhraseRow, digest_of(phrase, salt))
    return row.incident_id if row is not None else None


def waiting(session: Session, incident: str) -> list[tuple[str, datetime]]:
    """What was written about it and is not taken in yet."""
    query = select(LetterRow).where(LetterRow.incident_id == incident)
    rows = session.exec(query.order_by(col(LetterRow.due_at), col(LetterRow.number)))
    return [(str(row.said.get("words", "")), row.due_at) for row in rows]


def take_in(store: Store, desk: Desk, *, place: str | None = None) -> int:
    """Whatever its hour has come for, each once, in however many processes; says how many."""
    with store.read() as session:
        if not _due(session, desk.now):
            return 0
    taken = 0
    with store.write() as session:
        session.execute(audit.HEAD)  # two who look at once come one after the other
        unreported = set[str]()
        for letter in _due(session, desk.now):
            if letter.incident in unreported:
                continue
            where = place or desk.place_of_incidents
            bug = tried(session, partial(_take_in, session, letter.id, desk, where))
            if bug is None:
                taken += 1
                continue
            if letter.kind == "report":
                unreported.add(letter.incident)
            _wait(session, letter, bug, desk.now)
    return taken


def _take_in(session: Session, id: str, desk: Desk, place: str | None) -> None:
    row = session.get_one(LetterRow, id)
    incidents.carry_out(session, _wish(row), desk, place=place)
    session.delete(row)
    if (known := noted(session, LETTER, id)) is not None:
        session.delete(known)
    if row.kind == "report":
        _anew(session, row.incident_id)


def _wait(session: Session, letter: Letter, bug: Exception, now: datetime) -> None:
    """It stays, since nobody else has these words, and so nothing of them is said here either; it is told of once."""
    because = bug.key if isinstance(bug, Refused) else type(bug).__name__
    known = noted(session, LETTER, letter.id)
    if known is None:
        log.warning("A concern without a name was not taken in", extra={"because": because})
        known = note(session, LETTER, letter.id, problem=because, at=letter.due_at)
    known.problem = because
    while again_at(letter.due_at, known.step) <= now:
        known.step += 1
    session.add(known)
    session.flush()


def again_at(due: datetime, tries: int) -> datetime:
    """When one that could not be taken in is looked at again: after an hour, two, four, and in the end each day."""
    hours: int = sum(min(2**each, 24) for each in range(tries))
    return due + HOUR * hours


def _anew(session: Session, incident: str) -> None:
    """Its phrase is written again with all others of the hour: where a row lies in its file tells when it was made."""
    kept = session.exec(select(PhraseRow).where(PhraseRow.incident_id == incident)).one_or_none()
    if kept is None:
        return
    values = kept.model_dump()
    session.delete(kept)
    session.flush()
    session.add(PhraseRow(**values))
    session.flush()


def _due(session: Session, now: datetime) -> list[Letter]:
    """Of one concern in order, and none before its report; of several in one that says nothing of when they came."""
    query = select(LetterRow.id, LetterRow.incident_id, LetterRow.kind, LetterRow.due_at)
    order = (col(LetterRow.incident_id), col(LetterRow.due_at), col(LetterRow.number), col(LetterRow.id))
    found = [Letter(*row) for row in session.exec(query.where(LetterRow.due_at <= now).order_by(*order))]
    tries = tries_of(session, LETTER) if found else {}
    waits = {each.id for each in found if again_at(each.due_at, tries.get(each.id, 0)) > now}
    unreported = {each.incident for each in found if each.kind == "report" and each.id in waits}
    return [each for each in found if each.id not in waits and each.incident not in unreported]


def _wish(row: LetterRow) -> OfIncidents:
    on: dict[str, Any] = {"actor": "", "key": row.id, "incident": row.incident_id, "words": row.said["words"]}
    if row.kind == "reply":
        return WriteOn(**on)
    answers = {name: Answer.model_validate(each) for name, each in row.said["answers"].items()}
    return Report(**on, kind=Kind.concern, answers=answers)
