"""Tags of other management systems: the window of one begins with its record, and the record shows which it has."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack.front import Front
from store import tagged
from store.sessions import Session
from triage.aims.entry import Entry, Said, entry_id
from triage.aims.kinds import Kind, kinds
from triage.aims.seeing import may_draft
from triage.aims.tags import KIND, may_be_tagged, record_named
from triage.aims.tags import RECORD as RECORD
from triage.desk import Desk


def begun(kind: Kind, choice: str) -> Mapping[str, Said]:
    """What stands in the window of a new one that was opened from its record."""
    ref = choice.partition(":")[2]
    return {RECORD: (ref,)} if kind.id == KIND and ref else {}


def named(kind: Kind, said: Mapping[str, Said]) -> str:
    """A tag has the name of its record."""
    return record_named(said) if kind.id == KIND else ""


def opens(entry: Entry, person: str, desk: Desk) -> str:
    """What the button carries for whoever may tag this record; "" for everybody else."""
    kind = kinds()[KIND]
    return entry_id(kind, entry.ref, "") if may_be_tagged(entry) and may_draft(kind, person, desk) else ""


def told(front: Front, session: Session, entry: Entry) -> str:
    """Which other systems it serves; "" where none."""
    words = front.words
    found = [tag_name(front, each) for each in tagged.of_record(session, entry)]
    return words.line("aims.serves", systems=words.listed(found)) if found else ""


def tag_name(front: Front, tag: str) -> str:
    key = f"aims.choice.serves.{tag}"
    return front.words.label(key) if front.words.has(key) else tag
