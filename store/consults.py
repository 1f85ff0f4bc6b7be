"""What a model is asked: rows that fall due, made with what people wrote and asked, taken up by the worker.

Nothing waits for them: a click is done before its row is looked at, and goes the same way without one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, func, select, update

from store import audit, consult_owed
from store.engine import Store
from store.incident_owed import INCIDENT
from store.records import USE
from store.tables import ConsultRow, DoneRow, UseRow
from triage.commands import Command
from triage.consulting import OF_AN_INCIDENT, About
from triage.desk import Desk
from triage.outcome import Happened, Outcome
from triage.talking import Begin, Type

PAGE = 400
"""From so many characters on, words that nobody understood are a page or a document that was pasted."""
LEASE = timedelta(minutes=5)
"""At least so long what is asked is one worker's, and what was said is left before it is looked at again."""
TRIES = 3
AGAIN = timedelta(minutes=1)
KEPT = timedelta(days=30)


def follow(session: Session, command: Command, outcome: Outcome, desk: Desk) -> None:
    """What somebody wrote just now may be read by a model, where one was switched on."""
    if not desk.consults or outcome.case.confidential or not isinstance(command, Begin | Type):
        return
    case = outcome.case
    if isinstance(command, Begin):
        _add(session, About.reading, USE, case.id, desk.now)
    elif command.words.strip() and any(map(_is_unclear, outcome.happened)):
        about = About.reading if len(command.words) >= PAGE else About.follow_up
        turn = case.talk.current.turn if case.talk and case.talk.current else 0
        _add(session, about, USE, case.id, desk.now, text=command.words, turn=turn)


def _is_unclear(line: Happened) -> bool:
    """Of what was understood in part, Steward itself says what was not."""
    return line.what == "words.not_understood" and line.detail.get("reason") != "partly"


def ask(
    session: Session, about: About, subject: str, *, by: str, key: str, number: int, desk: Desk
) -> str | None:
    """A draft that somebody asked for, once for each press. `number`: so many decisions there were before it."""
    if session.get(DoneRow, key) is not None:
        return None
    kind = INCIDENT if about in OF_AN_INCIDENT else USE
    id = _add(session, about, kind, subject, desk.now, by=by, number=number)
    session.add(DoneRow(key=key, subject_kind=kind, subject_id=subject, at=desk.now))
    told = {"about": about.value, "consult": id}
    audit.append(
        session, "model.asked", actor=by, subject_kind=kind, subject_id=subject, detail=told, at=desk.now
    )
    return id


def _add(
    session: Session,
    about: About,
    kind: str,
    subject: str,
    now: datetime,
    *,
    text: str = "",
    turn: int = 0,
    by: str | None = None,
    number: int = 0,
) -> str:
    id = uuid4().hex
    row: dict[str, Any] = {"subject_kind": kind, "subject_id": subject, "about": about.value}
    row |= {"text": text, "turn": turn, "asked_by": by, "number": number}
    session.add(ConsultRow(id=id, due_at=now, asked_at=now, **row))
    return id


def lease(seconds: int, models: int) -> timedelta:
    """Longer than one question can take of all its models, so that none is asked twice at the same time.

    Twice that: a worker also has to be started, to read, and to write.
    """
    return max(LEASE, 2 * timedelta(seconds=seconds) * models)


def claim(store: Store, held: timedelta = LEASE) -> ConsultRow | None:
    """The next that is due, for one worker; what another held too long is taken up again, but not for ever."""
    now = store.now()
    ripe = col(ConsultRow.state).in_(("waiting", "asking")) & (col(ConsultRow.due_at) <= now)
    wanted = select(ConsultRow).where(ripe).order_by(col(ConsultRow.due_at), col(ConsultRow.id)).limit(1)
    with store.read() as session:
        if session.exec(wanted).first() is None:
            return None
    with store.write() as session:
        row = session.exec(wanted.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        if row.attempts < TRIES:
            row.state, row.due_at, row.attempts = "asking", now + held, row.attempts + 1
            session.add(row)
            session.flush()
            session.expunge(row)
            return row
        end(session, row, "failed", now, "given_up")
    return claim(store, held)


def sent(
    session: Session, row: ConsultRow, prompt: str, digest: str, models: Sequence[str], now: datetime
) -> bool:
    """Sealed before anything leaves, so that no words go without a line; False where it is another's by now."""
    if not alter(session, row, {"prompt": prompt}):
        return False
    detail = {
        "about": row.about,
        "consult": row.id,
        "prompt": prompt,
        "words": digest,
        "models": tuple(models),
    }
    seal(session, row, "model.sent", detail, now)
    return True


def end(
    session: Session, row: ConsultRow, state: str, now: datetime, because: str = "", **known: Any
) -> None:
    """It came to nothing, and the plain way goes on; the trail says so, and whoever asked for a draft hears it."""
    if close(session, row, state, now, **known):
        seal_none(session, row, state, now, because, **known)
        consult_owed.put_none(session, row, now)
    else:
        seal_none(session, row, "dropped", now, "late", **known)


def seal_none(
    session: Session, row: ConsultRow, state: str, now: datetime, because: str = "", **known: Any
) -> None:
    """Of what nobody waits for any more the trail tells where a prompt of it may have left."""
    if state == "dropped" and not (known.get("prompt") or row.prompt):
        return
    detail: dict[str, audit.Machine] = {"about": row.about, "consult": row.id, "because": because}
    detail |= {name: value for name, value in in_all(row, known).items() if value}
    seal(session, row, f"model.{state}", detail, now)


def again(session: Session, row: ConsultRow, now: datetime, tokens: int = 0) -> bool:
    """Later once more, if it was not tried too often. `tokens`: what this try used up."""
    if row.attempts >= TRIES:
        return False
    spend(session, row, tokens)
    alter(session, row, {"state": "waiting", "due_at": now + AGAIN * row.attempts})
    return True


def close(
    session: Session, row: ConsultRow, state: str, now: datetime, *, tokens: int = 0, **known: Any
) -> bool:
    """What was read is not kept a second time: it stands where it was said. False where another was first."""
    spend(session, row, tokens)
    return alter(session, row, {"state": state, "due_at": now, "done_at": now, "text": "", **known})


def spend(session: Session, row: ConsultRow, tokens: int) -> None:
    """Added to what its other tries used up, also by a worker that comes too late to say more."""
    if tokens > 0:
        mine = update(ConsultRow).where(col(ConsultRow.id) == row.id)
        session.connection().execute(mine.values(tokens=col(ConsultRow.tokens) + tokens))


def in_all(row: ConsultRow, known: Mapping[str, Any]) -> dict[str, Any]:
    """The same with the tokens of the tries before, as the row was when it was taken up."""
    tokens = row.tokens + int(known.get("tokens", 0))
    return {**known, "tokens": tokens} if tokens or "tokens" in known else dict(known)


def look_again(session: Session, row: ConsultRow, now: datetime, *, over: bool) -> None:
    """What people made of it is looked at every few minutes, until that is known."""
    alter(session, row, {"state": "settled"} if over else {"due_at": now + LEASE})


def alter(session: Session, row: ConsultRow, values: Mapping[str, Any]) -> bool:
    """As long as it is as this worker holds it: whoever comes late changes nothing of what another did."""
    held = (
        col(ConsultRow.id) == row.id,
        col(ConsultRow.state) == row.state,
        col(ConsultRow.attempts) == row.attempts,
    )
    return session.connection().execute(update(ConsultRow).where(*held).values(**values)).rowcount == 1


def seal(
    session: Session,
    row: ConsultRow,
    what: str,
    detail: Mapping[str, audit.Machine],
    now: datetime,
    *,
    actor: str | None = None,
    texts: Mapping[str, str] | None = None,
) -> None:
    audit.append(
        session,
        what,
        actor=actor,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        detail=detail,
        texts=texts,
        at=now,
    )


def tokens_since(session: Session, moment: datetime, *, person: str | None = None) -> int:
    """What was spent from then on, whatever came of it; `person`: on what they wrote or pressed.

    What is tried again has no end yet; its tokens count on the day of that try.
    """
    when = func.coalesce(ConsultRow.done_at, ConsultRow.due_at) >= moment
    total = select(func.sum(ConsultRow.tokens)).where(when)
    if person is not None:
        theirs = select(UseRow.id).where(UseRow.requester_id == person)
        read = col(ConsultRow.asked_by).is_(None) & col(ConsultRow.subject_id).in_(theirs)
        total = total.where((col(ConsultRow.asked_by) == person) | read)
    return int(session.exec(total).one() or 0)


def asker(session: Session, row: ConsultRow) -> str:
    """Whose press or words it comes from."""
    wrote = select(UseRow.requester_id).where(UseRow.id == row.subject_id)
    return row.asked_by or session.exec(wrote).first() or ""


def forget(session: Session, now: datetime, kept: timedelta = KEPT) -> int:
    """Words of a month ago, read and said; what was waited for in vain so long is not asked any more.

    Says of how many there were words left.
    """
    old = col(ConsultRow.asked_at) < now - kept
    waits = select(ConsultRow).where(old, col(ConsultRow.state).in_(("waiting", "asking")))
    for row in session.exec(waits).all():
        end(session, row, "dropped", now, "old")
    holds = (col(ConsultRow.text) != "") | (col(ConsultRow.said) != {})
    ids = session.exec(select(ConsultRow.id).where(old, holds)).all()
    for row in (session.get_one(ConsultRow, id) for id in ids):
        row.text, row.said = "", {}
        session.add(row)
    session.flush()
    return len(ids)
