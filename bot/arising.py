"""Once a day: what rules see as a nonconformity is put forward, and counts for one once somebody confirms it."""

from __future__ import annotations

from datetime import timedelta

from bot.words import Words
from store import aims, audit
from store.arising import found
from store.engine import Store
from store.sessions import Session
from store.tables import DoneRow
from triage.aims.arising import Arising
from triage.aims.entry import Entry, entry_id
from triage.aims.kinds import kinds
from triage.aims.wishes import DraftEntry
from triage.desk import Desk

NONCONFORMITY = "nonconformity"
DAYS = timedelta(days=30)
"""By when it is to be put right, unless somebody says otherwise."""


def look(store: Store, words: Words, desk: Desk, then: aims.Then = aims.nothing) -> int:
    """How many were put forward; the second look of a day, and a second process, do nothing."""
    key = f"arising:{desk.day.isoformat()}"
    with store.read() as session:
        if session.get(DoneRow, key) is not None:
            return 0
    with store.write() as session:
        session.connection().execute(audit.HEAD)  # of two processes the second sees what the first one did
        if session.get(DoneRow, key) is not None:
            return 0
        session.add(DoneRow(key=key, subject_kind=aims.AIMS, subject_id="", at=desk.now))
        return len(put_forward(session, words, desk, then))


def put_forward(session: Session, words: Words, desk: Desk, then: aims.Then = aims.nothing) -> list[Entry]:
    """What is new of it. What somebody sent back stays so: the same matter is put forward once."""
    wishes = [to_draft(each, words, desk) for each in found(session, desk.now, desk.organisation.zone)]
    return [
        aims.carry_out(session, wish, desk, then) for wish in wishes if aims.load(session, wish.entry) is None
    ]


def to_draft(arising: Arising, words: Words, desk: Desk) -> DraftEntry:
    matter, rule = arising.matter, arising.rule
    told = {"ref": matter.ref, "day": words.day(matter.since)}
    said: dict[str, str | tuple[str, ...]] = {
        "title": words.label(f"aims_arising.{rule.id}.title", **told),
        "what": words.label(f"aims_arising.{rule.id}.what", **told),
        "source": rule.source,
        "weight": rule.weight,
        "points": rule.points,
        "from": (matter.ref,),
        "due": (desk.day + DAYS).isoformat(),
    }
    if matter.owner:
        said["owner"] = matter.owner
    key = f"arising:{arising.key}"
    entry = entry_id(kinds()[NONCONFORMITY], "", key)
    return DraftEntry(actor="", key=key, entry=entry, kind=NONCONFORMITY, said=said, by_rule=True)
