"""Which risks rules name for the uses of the register, kept under a key: the clock reads the whole register for it, and
nobody who looks waits for that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from intake.form import Form
from store import aims
from store.aims_shown import hidden_refs
from store.registered import registered
from store.risks import RISK, suggestions
from store.tables import DoneRow
from triage.aims.risks import known
from triage.aims.suggesting import Suggestion
from triage.lifecycle import NOT_IN_USE
from triage.rules import RuleBook

KEY = "risks named"
NAMING = ("nist-ai-rmf", "owasp")
"""Policies that name risks and threats; whether they are switched on for the register or not."""


def worked_out(session: Session, form: Form, book: RuleBook) -> tuple[Suggestion, ...]:
    """`book`: with the policies that name risks. What cannot be read is named by nothing."""
    uses = registered(session, without=NOT_IN_USE, unreadable=lambda name: None)
    return suggestions(session, form, book, uses)


def keep(session: Session, found: Sequence[Suggestion], now: datetime) -> None:
    """Late or twice, it is the same."""
    row = session.get(DoneRow, KEY) or DoneRow(key=KEY, at=now)
    row.at = now
    row.outcome = {"named": [each.model_dump(mode="json") for each in found]}
    session.add(row)


def missing(session: Session) -> list[Suggestion]:
    """What nobody weighed by now, without uses that became confidential since; nothing before the clock came by."""
    row = session.get(DoneRow, KEY)
    kept = row.outcome.get("named", []) if row is not None else []
    weighed = {entry.said("library") for entry in aims.of_kind(session, RISK, "in_force", "proposed")}
    found = [Suggestion.model_validate(each, strict=False) for each in kept]
    found = [each for each in found if each.risk not in weighed and known(each.risk) is not None]
    hidden = hidden_refs(session, {ref for each in found for ref in each.first})
    return [
        each.model_copy(update={"first": tuple(ref for ref in each.first if ref not in hidden)})
        for each in found
    ]
