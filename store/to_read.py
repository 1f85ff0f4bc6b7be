"""What somebody was asked to read: their message, what they say to it, and what of it is open now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from store import acknowledged, audit, outbox
from store.acknowledged import SUBJECT
from store.addresses import went_out
from store.asking import TO_READ
from store.daily import OfEntry, redraw_entry
from store.entries import load
from store.owed import publish_home
from store.tables import DueRow
from triage.aims.access import check_no_visitor
from triage.aims.acknowledging import ACKNOWLEDGE, call_id, days_of, errand_of
from triage.aims.entry import Entry
from triage.aims.errands import Errand
from triage.desk import Desk
from triage.outcome import Refused

ASKS, SUMS_UP = "asks", "sums_up"
"""What a message is about: somebody is asked, or whoever asked hears how far it is."""
PRIORITY = 2


class Asked(NamedTuple):
    """Of whom, and for which version, a row is."""

    call: str
    version: int
    person: str

    @property
    def subject(self) -> str:
        return f"{self.call}|{self.version}|{self.person}"

    @property
    def told_of(self) -> str:
        """What its message is about."""
        return f"{self.call}|{self.version}"

    def name(self, about: str) -> str:
        """By which its message is known while it waits to be sent."""
        return f"{SUBJECT}:{about}:{self.subject}"

    @property
    def of_entry(self) -> str:
        """Under which it stands in somebody's message of the day."""
        return f"{self.call}|{self.person}"


def asked_of(subject: str) -> Asked:
    call, version, person = subject.rsplit("|", 2)
    return Asked(call, int(version), person)


def open_call(session: Session, asked: Asked) -> tuple[Entry | None, Entry | None]:
    """The call and its policy, while that very version counts and is asked for."""
    call = load(session, asked.call)
    if call is None or call.in_force is None:
        return None, None
    policy = load(session, str(call.said("policy")))
    if policy is None or policy.in_force is None or policy.in_force.number != asked.version:
        return call, None
    return call, policy


def has_read(session: Session, policy: Entry, asked: Asked) -> bool:
    return acknowledged.when(session, "read", policy.id, asked.version, asked.person) is not None


def accept(session: Session, policy: Entry, version: int, person: str, desk: Desk) -> bool:
    """Somebody says that they have read the version that counts; False where that is on record already."""
    check_no_visitor(person, desk)
    session.connection().execute(audit.HEAD)  # of two presses the second sees what the first did
    if policy.in_force is None or policy.in_force.number != version:
        raise Refused("entry_moved")
    done = acknowledged.note(session, "read", policy, version, person, now=desk.now)
    asked = Asked(call_id(policy), version, person)
    mine = (DueRow.subject_kind == TO_READ, DueRow.subject_id == asked.subject, DueRow.state == "waiting")
    for row in session.exec(select(DueRow).where(*mine)).all():
        row.state = "dropped"
        session.add(row)
    if went_out(session, asked.told_of, ASKS, person, asked.name(ASKS)):
        put(session, asked, ASKS, desk, kind="update")
    redraw_entry(session, asked.of_entry, desk)
    publish_home(session, person, desk.now)
    return done


def put(
    session: Session, asked: Asked, about: str, desk: Desk, *, kind: str = "post", welcome: bool = False
) -> None:
    outbox.put(
        session,
        kind=kind,
        person_id=asked.person,
        subject_kind=SUBJECT,
        subject_id=asked.told_of,
        purpose=about,
        payload={"say": SUBJECT, "about": about, "call": asked.call, "version": asked.version}
        | ({"welcome": True} if welcome else {}),
        priority=PRIORITY,
        coalesce=asked.name(about),
        now=desk.now,
    )


def waits(session: Session, told: OfEntry, desk: Desk) -> tuple[Entry, Errand | None] | None:
    """What a message of the day told of, as it stands now; None where there is no such policy."""
    call_of, _, person = told.entry.rpartition("|")
    version = int(told.errand.partition(":")[2])
    call, policy = open_call(session, Asked(call_of, version, person))
    if call is None:
        return None
    known = policy or load(session, str(call.said("policy")))
    if known is None:
        return None
    since = acknowledged.when(session, "asked", known.id, version, person)
    if policy is None or since is None or has_read(session, policy, Asked(call_of, version, person)):
        return known, None
    return known, errand_of(version, since, days_of(call), desk.calendar(person))


def is_ours(told: OfEntry) -> bool:
    return told.errand.partition(":")[0] == ACKNOWLEDGE


def rows_of(session: Session, told: OfEntry) -> Sequence[DueRow]:
    """The row by which it was said last."""
    call, _, person = told.entry.rpartition("|")
    asked = Asked(call, int(told.errand.partition(":")[2]), person)
    mine = (DueRow.subject_kind == TO_READ, DueRow.subject_id == asked.subject, DueRow.state == "done")
    return session.exec(select(DueRow).where(*mine).order_by(col(DueRow.step).desc()).limit(1)).all()
