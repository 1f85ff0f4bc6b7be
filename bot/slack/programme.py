"""The audit programme at the desk: what the audits of its three years cover, above the whole of it."""

from __future__ import annotations

from bot.slack.front import Front
from bot.slack.screens.programme import cycle_note
from store import aims
from store.sessions import Session
from triage.aims.audited import AUDIT
from triage.aims.cycle import PROGRAMME, cycle
from triage.aims.entry import Entry
from triage.desk import Desk


def note(front: Front, session: Session, entry: Entry, desk: Desk) -> str:
    """Nothing above anything else, and nothing before somebody approved one."""
    if entry.kind != PROGRAMME:
        return ""
    found = cycle(entry, aims.of_kind(session, AUDIT, "in_force"), desk.day)
    return cycle_note(front.words, found) if found is not None else ""
