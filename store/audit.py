"""The audit trail: an append-only chain of sealed lines that anyone can verify with the standard library.

A sealed line is one line of JSON: keys sorted, no spaces, UTF-8, and `seal` as the last key, put behind the
others. `seal` is the SHA-256 (hex) of the line's text without it, `previous` the seal of the line before
(64 zeros for the first). The other keys: `seq` (1, 2, 3, …), `at` (UTC), `what`, `actor` (an opaque id or
null), `subject` [kind, id], `detail` (short machine values), `texts` {field: SHA-256 of salt + text}. So each
line proves itself and its predecessor, in the database and in an exported file alike. The column `digest`
repeats the seal, the columns `seq` and `previous` what is sealed; the table audit_head says where the trail
ends, so that lines cut off its end are missed.

Salt and text lie in audit_text and can be erased; the chain stays valid, because it holds only commitments. An
erasure is a line of its own (`text.erased`, with line and field); a text that is gone without one was removed.
Where only a name went, that line also says what the rest comes to (store/replaced.py).
Somebody who rewrites everything, head included, is found only by a head written down elsewhere.
"""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from store.columns import to_text
from store.direct import Write
from store.tables import AuditHeadRow, AuditLineRow, AuditTextRow, metadata
from store.trail import End, Record, Verified, read, record_of, seal, sha256, verify

Machine = str | int | bool | None | Sequence[str]
ERASED = "text.erased"
KEPT = "words.kept"
SALT = 32
"""Characters of every salt: without a fixed length, text could be moved into it and the sum would stay."""
AT_ONCE = 500
LONGEST = 200
"""Characters of one value in `detail`; what people write goes into `texts`."""

_head = metadata.tables["audit_head"]
# Every click goes through these, hence plain statements, built once. The head is locked until the commit:
# whoever appends next continues this very line.
HEAD = select(_head.c.seq, _head.c.digest).where(_head.c.id == 1).with_for_update()
LINE = Write(insert(metadata.tables["audit_line"]))
TEXT = Write(insert(metadata.tables["audit_text"]))
MOVE = Write(update(_head).where(_head.c.id == 1))
END = "end of the trail"
"""Where a session, which is one transaction, knows it: nobody else moves it meanwhile."""


def append(
    session: Session,
    what: str,
    *,
    actor: str | None,
    subject_kind: str,
    subject_id: str,
    detail: Mapping[str, Machine],
    at: datetime,
    texts: Mapping[str, str] | None = None,
) -> int:
    """Seals one line in the transaction of what it tells; returns its number."""
    connection = session.connection()
    last, previous = session.info.get(END) or connection.execute(HEAD).one()
    seq: int = last + 1
    salts = {field: secrets.token_hex(SALT // 2) for field in texts or {}}
    sealed, digest = seal(
        {
            "seq": seq,
            "previous": previous,
            "at": to_text(at),
            "what": what,
            "actor": actor,
            "subject": [subject_kind, subject_id],
            "detail": _short(detail),
            "texts": {field: sha256(salts[field] + text) for field, text in (texts or {}).items()},
        }
    )
    LINE.run(connection, {"seq": seq, "sealed": sealed, "previous": previous, "digest": digest})
    for name, text in (texts or {}).items():
        TEXT.run(connection, {"seq": seq, "field": name, "salt": salts[name], "text": text})
    MOVE.run(connection, {"seq": seq, "digest": digest})
    session.info[END] = seq, digest
    return seq


def end(session: Session) -> End | None:
    """Where the database says the trail ends; None if somebody removed that row."""
    head = session.exec(select(AuditHeadRow.seq, AuditHeadRow.digest)).first()
    return None if head is None else End(seq=head[0], digest=head[1])


def sealed_lines(session: Session) -> Iterator[str]:
    """Exactly the sealed texts, in order: the lines of audit.jsonl; not all are held at once."""
    lines = select(AuditLineRow.sealed).order_by(col(AuditLineRow.seq))
    yield from session.exec(lines.execution_options(yield_per=AT_ONCE))


def last_sealed(session: Session) -> str:
    """The last of them; empty where there is none."""
    last = select(AuditLineRow.sealed).order_by(col(AuditLineRow.seq).desc()).limit(1)
    return session.exec(last).first() or ""


def records(session: Session, *, what: str = "", about: str = "") -> Iterator[Record]:
    """What each line that is true tells, in order; `what`: of one kind alone, `about`: of one kind of subject."""
    marks = [f'"what":{json.dumps(what)}'] if what else []
    marks += [f'"subject":[{json.dumps(about)},'] if about else []
    for sealed in sealed_lines(session):
        if all(
            mark in sealed for mark in marks
        ):  # as they are sealed; what has none of it need not be unpacked
            record = record_of(sealed)
            if record is not None and what in ("", record.what) and about in ("", record.subject[0]):
                yield record


def verify_store(session: Session, *, anchor: str | None = None) -> Verified:
    """Checks the trail in the database: its lines, the columns beside them, and its end."""
    rows = session.exec(select(AuditLineRow).order_by(col(AuditLineRow.seq))).all()
    known = end(session)
    found = verify([row.sealed for row in rows], end=known, anchor=anchor)
    if found.ok and known is None:
        found = found.model_copy(update={"ok": False, "broken_at": len(rows) + 1, "kind": "cut"})
    wrong = _first_wrong_column(rows)
    if wrong is not None and (found.broken_at is None or wrong < found.broken_at):
        return found.model_copy(update={"ok": False, "broken_at": wrong, "kind": "changed"})
    return found


def _first_wrong_column(rows: Sequence[AuditLineRow]) -> int | None:
    for number, row in enumerate(rows, start=1):
        line = read(row.sealed)
        if line.true and (line.seq, line.previous, line.seal) != (row.seq, row.previous, row.digest):
            return number
    return None


def texts_of(session: Session, seq: int) -> dict[str, str]:
    """The texts of a line that were not erased."""
    rows = session.exec(select(AuditTextRow).where(AuditTextRow.seq == seq)).all()
    return {row.field: row.text for row in rows}


def kept_words(session: Session, seq: int, by: str) -> str:
    """What somebody said that counts for nothing yet; empty where it is not theirs, or was erased."""
    row = session.exec(select(AuditLineRow.sealed).where(AuditLineRow.seq == seq)).first()
    record = record_of(row) if row else None
    theirs = record is not None and (record.what, record.actor) == (KEPT, by)
    return texts_of(session, seq).get("words", "") if theirs else ""


def erase(
    session: Session,
    *,
    seq: int,
    field: str | None = None,
    actor: str | None,
    at: datetime,
    because: str = "",
) -> int:
    """Removes texts (all of a line, or one) with their salt: they can then neither be proven nor guessed.

    That it happened, by whom and why, is sealed; says how many went.
    """
    kept = select(AuditTextRow.field).where(AuditTextRow.seq == seq)
    if field is not None:
        kept = kept.where(AuditTextRow.field == field)
    gone = sorted(session.exec(kept))
    sealed = session.exec(select(AuditLineRow.sealed).where(AuditLineRow.seq == seq)).one()
    kind, id = json.loads(sealed)["subject"]
    for name in gone:
        append(
            session,
            ERASED,
            actor=actor,
            subject_kind=kind,
            subject_id=id,
            detail={"line": seq, "field": name},
            texts={"because": because} if because else None,
            at=at,
        )
    session.exec(delete(AuditTextRow).where(col(AuditTextRow.seq) == seq, col(AuditTextRow.field).in_(gone)))
    return len(gone)


def verify_texts(session: Session) -> list[tuple[int, str]]:
    """The (line, field) of every text that is not the one the trail committed to, or went without a line of it."""
    committed: dict[tuple[int, str], str] = {}
    erased: set[tuple[int, str]] = set()
    for line in records(session):
        committed |= {(line.seq, field): digest for field, digest in line.texts.items()}
        if line.what == ERASED and (place := _place(line)) is not None:
            if isinstance(new := line.detail.get("instead"), str):  # see store/replaced.py
                committed[place] = new
                erased.discard(place)
            else:
                erased.add(place)
    kept = {
        (row.seq, row.field): sha256(row.salt + row.text) if len(row.salt) == SALT else ""
        for row in session.exec(select(AuditTextRow).execution_options(yield_per=AT_ONCE))
    }
    wrong = {place for place, digest in kept.items() if committed.get(place) != digest}
    return sorted(wrong | (committed.keys() - kept.keys() - erased))


def _place(erasure: Record) -> tuple[int, str] | None:
    line, field = erasure.detail.get("line"), erasure.detail.get("field")
    return (line, field) if isinstance(line, int) and isinstance(field, str) else None


def unclear(session: Session) -> Iterator[str]:
    """One sentence for each true line that tells nothing of the shape that lines have."""
    for sealed in sealed_lines(session):
        line = record_of(sealed)
        if line is None and (told := read(sealed)).true:
            yield f"line {told.seq} is sealed and cannot be understood"
        elif line is not None and line.what == ERASED and _place(line) is None:
            yield f"the erasure in line {line.seq} does not say what was erased"


def about(session: Session, subject_kind: str, subject_id: str) -> list[dict[str, Any]]:
    """The lines of one subject, read; for showing, not for proof."""
    mark = '"subject":' + json.dumps([subject_kind, subject_id], separators=(",", ":"))
    lines = select(AuditLineRow.sealed).where(col(AuditLineRow.sealed).contains(mark, autoescape=True))
    return [json.loads(sealed) for sealed in session.exec(lines.order_by(col(AuditLineRow.seq)))]


def _short(detail: Mapping[str, Machine]) -> dict[str, Machine]:
    for name, value in detail.items():
        parts = value if isinstance(value, list | tuple) else [value]
        if any(not isinstance(part, str | int | None) or len(str(part)) > LONGEST for part in parts):
            raise ValueError(f"{name} is no short machine value: what people write belongs into texts")
    return dict(detail)


def last_at(session: Session) -> datetime | None:
    """The moment that the last line says of itself; a line that is not true says none."""
    query = select(AuditLineRow.sealed).order_by(col(AuditLineRow.seq).desc()).limit(1)
    record = record_of(session.exec(query).first() or "")
    return datetime.fromisoformat(record.at) if record is not None else None


def none_after(session: Session, moment: datetime) -> bool:
    """Whether no line says that it is of a later moment."""
    last = to_text(moment)
    return not sum(record.at > last for record in records(session))  # all are read: no query is left half way
