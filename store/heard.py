"""What people who are affected said of a use, as it was known at a moment."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from store import sheets
from store.owed import owe_card
from triage.case import Case
from triage.desk import Desk
from triage.heard import FORM, Heard, heard_of
from triage.lifecycle import WAITING
from triage.questionnaire import Sheet


def heard(session: Session, use: str, until: datetime | None = None) -> Heard | None:
    past = sheets.past_of(session, sheets.id_of(use, FORM))
    return heard_of(fact for fact, at in past if until is None or at <= until)


def follow(session: Session, case: Case, before: Sheet, now: Sheet, desk: Desk) -> None:
    """The card of those who decide is drawn anew once something else was said."""
    if heard_of(before.facts.values()) != heard_of(now.facts.values()) and case.status in WAITING:
        owe_card(session, case.id, desk)
