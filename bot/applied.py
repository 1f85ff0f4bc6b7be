"""The statement of applicability out of a snapshot, with what operation proposes and shows, and who is named in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.applicability import Named
from bot.config import current
from bot.words import Words
from intake.forms import ai_use
from store import applicability, own
from store.sessions import Session
from triage.aims.applied import Statement
from triage.aims.covered import Covered
from triage.policies import book_with
from triage.rules import RuleBook


def found(session: Session, covered: Iterable[Covered], until: datetime | None = None) -> Statement:
    """As it stands, or as it was known at a moment; `covered` is of that moment."""
    proposed = applicability.proposed(session, ai_use(), _book(session), until)
    shown = {each.point: each for each in covered}
    if until is None:
        return applicability.now(session, proposed, shown)
    return applicability.as_of(session, until, proposed, shown)


def judged(session: Session, words: Words) -> str:
    """By which rules it is suggested: those of today, as the files of an earlier version are not there to be run."""
    rules = ", ".join(f"{each.name} {each.version}" for each in _book(session).policies)
    return words.label("soa.judged", rules=rules)


def _book(session: Session) -> RuleBook:
    return book_with(current(session).policies, own.text_of(session, own.in_force(session)))


def named(session: Session, made: Statement, people: Mapping[str, str]) -> Named:
    """Of the uses those that are not confidential."""
    refs = [ref for row in made.rows if row.decided is not None for ref in row.decided.left_out]
    return Named(people=people, uses=applicability.shown_refs(session, refs))
