"""What was said in the thread of a card: each message, each edit and each deletion is a row and a line of the trail.

The words lie with the line, like all that people write, so they are proven and erased in the same way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlmodel import Session, col, func, select

from store import audit
from store.columns import to_text
from store.legible import rows
from store.outbox import OPEN
from store.owed import CARD
from store.records import USE
from store.tables import AddressRow, AuditTextRow, DiscussionRow, OutboxRow, PlaceRow

DISCUSSION = "discussion"
"""The kind of subject of its lines; the id is that of the use."""
HAPPENED = {kind: f"discussion.{kind}" for kind in ("said", "edited", "deleted")}
TEXTS = ("words", "files")
PROVEN = ("place_id", "thread", "ts", "kind", "stamp")


class Below(NamedTuple):
    """A thread of ours: the use whose card it hangs on, and where."""

    use: str
    place: str
    thread: str


class Remark(NamedTuple):
    """`files`: name and link of each, one a line."""

    below: Below
    ts: str
    kind: Literal["said", "edited", "deleted"]
    stamp: str
    by: str
    words: str = ""
    files: str = ""


def below(session: Session, *, team: str, channel: str, thread: str) -> Below | None:
    """The card that a thread hangs on, or hung on before it was posted anew; None: it is none of our cards."""
    place = _place(session, team, channel)
    if place is None:
        return None
    card = select(AddressRow.subject_id).where(
        AddressRow.subject_kind == USE,
        AddressRow.purpose == CARD,
        AddressRow.place_id == place,
        AddressRow.ts == thread,
    )
    before = select(DiscussionRow.use_id).where(
        DiscussionRow.place_id == place, DiscussionRow.thread == thread
    )
    use = session.exec(card).first() or session.exec(before.limit(1)).first()
    return Below(use, place, thread) if use is not None else None


def is_underway(session: Session, *, team: str, channel: str) -> bool:
    """Whether a card was sent to this channel of which nobody has noted yet where it stands."""
    wanted = select(OutboxRow.id).where(
        OutboxRow.place_id == _place(session, team, channel),
        OutboxRow.purpose == CARD,
        OutboxRow.kind == "post",
        OutboxRow.attempts > 0,
        col(OutboxRow.state).in_(OPEN),
    )
    return session.exec(wanted.limit(1)).first() is not None


def _place(session: Session, team: str, channel: str) -> str | None:
    wanted = select(PlaceRow.id).where(PlaceRow.team == team, PlaceRow.slack_channel == channel)
    return session.exec(wanted).first()


def keep(session: Session, remark: Remark, *, now: datetime) -> bool:
    """False if this was kept before, however it came again."""
    use, place, thread = remark.below
    id = ":".join((place, remark.ts, remark.kind, remark.stamp))
    if session.get(DiscussionRow, id) is not None:
        return False
    told = {"place_id": place, "thread": thread, "ts": remark.ts, "kind": remark.kind, "stamp": remark.stamp}
    line = audit.append(
        session,
        what=HAPPENED[remark.kind],
        actor=remark.by,
        subject_kind=DISCUSSION,
        subject_id=use,
        detail={"message": id, **told},
        texts={name: text for name in TEXTS if (text := getattr(remark, name))},
        at=now,
    )
    session.add(DiscussionRow(id=id, use_id=use, by=remark.by, at=now, line=line, **told))
    session.flush()
    return True


def counted(session: Session, use: str) -> int:
    """So many messages are kept, each once, whatever became of it."""
    wanted = select(func.count(func.distinct(DiscussionRow.ts))).where(DiscussionRow.use_id == use)
    return session.exec(wanted).one()


class Kept(NamedTuple):
    """`words` and `files` are None where there were none or they were erased."""

    row: Mapping[str, Any]
    words: str | None
    files: str | None


def of_uses(session: Session, uses: Collection[str], until: datetime | None = None) -> Iterator[Kept]:
    """In the order of the messages, and of what happened to each."""
    found = [row for row in rows(session, "discussion") if row["use_id"] in uses]
    if until is not None:
        found = [row for row in found if row["at"] <= to_text(until)]
    texts = _texts(session, (row["line"] for row in found))
    for row in sorted(found, key=lambda row: (row["use_id"], row["ts"], row["stamp"])):
        yield Kept(row, *(texts.get((row["line"], name)) for name in TEXTS))


def _texts(session: Session, lines: Iterable[int]) -> dict[tuple[int, str], str]:
    found: dict[tuple[int, str], str] = {}
    for line in lines:
        for row in session.exec(select(AuditTextRow).where(AuditTextRow.seq == line)):
            found[line, row.field] = row.text
    return found


def differences(session: Session) -> Iterator[str]:
    """One sentence for each row that is not as its line tells it, and for each that has none."""
    told = {
        str(line.detail.get("message")): {name: line.detail.get(name) for name in PROVEN}
        | {"use_id": line.subject[1], "by": line.actor, "at": line.at, "line": line.seq}
        for line in audit.records(session)
        if line.what in HAPPENED.values() and line.subject[0] == DISCUSSION
    }
    kept = {row["id"]: row for row in rows(session, "discussion", by="id")}
    yield from (f"the message {id} of a discussion is missing" for id in sorted(told.keys() - kept.keys()))
    for id, row in kept.items():
        if id not in told:
            yield f"the message {id} of a discussion is not in the trail"
            continue
        for name in [name for name, value in told[id].items() if row[name] != value]:
            yield f"the message {id} of a discussion was changed: {name}"
