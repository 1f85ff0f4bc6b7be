"""A management review that was called: whom it is told to, its paper owed to each of them, and what it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from store import aims, outbox
from store.aims_due import AIMS
from store.entries import by_ref
from store.owed import UPLOAD
from store.tables import AimsEntryRow
from triage.aims.convening import CALL as CALL
from triage.aims.convening import REVIEW as REVIEW
from triage.aims.entry import Done, Entry
from triage.aims.planned_post import KIND as PLAN
from triage.aims.wishes import ActOnEntry
from triage.desk import Desk

PAPER = "review_paper"
"""What is said of the file."""
CALLED, MINUTES = "called", "minutes"
AHEAD = timedelta(days=5)
"""So long before its day everybody who attends gets the paper."""
YEAR = timedelta(days=365)
PRIORITY = 2


class Laid(NamedTuple):
    """What lay on the table: of which days it tells, and its digest."""

    since: date
    as_of: date
    digest: str


def laid(call: Entry) -> Laid | None:
    """What was sent out last for the version that counts."""
    sent = [each for each in call.done_now if each.act == "laid"]
    return _laid(call, sent[-1]) if sent else None


def laid_for(session: Session, ref: str) -> Laid | None:
    entry = by_ref(session, ref)
    if entry is None or entry.kind != CALL:
        return None
    return last_laid(entry)


def last_laid(call: Entry) -> Laid | None:
    """Of whatever version."""
    sent = [each for each in call.done if each.act == "laid"]
    return _laid(call, sent[-1]) if sent else None


def _laid(call: Entry, sent: Done) -> Laid:
    """By the version that counted then: the days of another are not those of this paper."""
    draft = call.counted(sent.at)
    since = draft.said.get("since") if draft is not None else call.said("since")
    first, last = (date.fromisoformat(str(each)) for each in (since, sent.said["as_of"]))
    return Laid(min(first, last), last, str(sent.said["inputs"]))


def near(session: Session, desk: Desk) -> list[Entry]:
    """Reviews that are near, whose paper nobody has yet, and planned posts; in one question, as it is asked often."""
    wanted = select(AimsEntryRow.id).where(
        col(AimsEntryRow.kind).in_((CALL, PLAN)),
        AimsEntryRow.state == "in_force",
        AimsEntryRow.stage == "",
        col(AimsEntryRow.due) <= desk.day + AHEAD,
    )
    found = (aims.load(session, id) for id in session.exec(wanted.order_by(AimsEntryRow.ref)).all())
    return [each for each in found if each is not None]


def days_of(call: Entry, desk: Desk) -> tuple[date, date]:
    """To the last day that is over, so that nothing more can happen on it."""
    until = desk.day - timedelta(days=1)
    return min(date.fromisoformat(str(call.said("since"))), until), until


def lay(session: Session, call: Entry, digest: str, desk: Desk) -> None:
    """Notes what is sent, and owes it; once for each version."""
    draft = call.in_force
    if draft is None:
        return
    _, until = days_of(call, desk)
    wish = ActOnEntry(
        actor="",
        key=f"laid:{call.id}:{draft.number}",
        entry=call.id,
        act="laid",
        said={"as_of": until.isoformat(), "inputs": digest},
        seen=call.version,
    )
    aims.carry_out(session, wish, desk)
    for person in people(call, "attends"):
        outbox.put(
            session,
            kind=UPLOAD,
            person_id=person,
            subject_kind=AIMS,
            subject_id=call.id,
            purpose=f"{PAPER}:{draft.number}",
            payload={"say": PAPER},
            priority=PRIORITY,
            lane=f"files:{PAPER}:{person}",
            now=desk.now,
        )


def people(entry: Entry, field: str) -> Sequence[str]:
    found = entry.said(field)
    return found if isinstance(found, tuple) else ()


def last_held(session: Session, day: date) -> date:
    """From which day on the next review looks: the one of the last, else a year back."""
    held = (each.said("held_on") for each in aims.of_kind(session, REVIEW, "in_force"))
    return max((date.fromisoformat(str(each)) for each in held if each), default=day - YEAR)


def agreed_last(session: Session) -> list[Entry]:
    """What the last minutes that count made somebody's to do, as it stands now."""
    held = [each for each in aims.of_kind(session, REVIEW, "in_force") if each.said("held_on")]
    last = max(held, key=lambda each: (str(each.said("held_on")), each.ref), default=None)
    refs = last.said("actions") if last is not None else None
    found = (by_ref(session, ref) for ref in (refs if isinstance(refs, tuple) else ()))
    return [each for each in found if each is not None]


def open_call(session: Session) -> Entry | None:
    """The one that comes next and has no minutes yet."""
    calls = (each for each in aims.of_kind(session, CALL, "in_force") if each.stage != "closed")
    return min(calls, key=lambda each: (each.due or date.max, each.ref), default=None)
