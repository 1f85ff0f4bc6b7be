"""The risk register: each risk with its levels as of a day, and what the rules name that nobody has weighed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from intake.form import Form
from store import aims
from store.tables import UseRow
from triage.aims.entry import Entry
from triage.aims.risk import Standing, standing
from triage.aims.risks import LEVELS
from triage.aims.suggesting import Suggestion, suggested
from triage.rehearsing import Registered
from triage.rules import RuleBook

RISK = "risk"


class Weighed(NamedTuple):
    """`standing` is None before its first yes."""

    entry: Entry
    standing: Standing | None


def register(session: Session, today: date, until: datetime | None = None) -> list[Weighed]:
    """The worst first; what was retired or taken back is not in it. As of a day, without what came later.

    Whether an acceptance still rests on the same facts is told of today only: facts of then are not read again.
    """
    every = list(aims.every_one(session, until))
    appetite = next((each for each in every if each.kind == "appetite"), None)
    found = [
        Weighed(
            each, standing(each, appetite, today, aims.facts_of(session, each) if until is None else None)
        )
        for each in every
        if each.kind == RISK and each.state in ("in_force", "proposed")
    ]
    return sorted(found, key=_worst)


def _worst(one: Weighed) -> tuple[int, str]:
    level = LEVELS.index(one.standing.now) if one.standing else -1
    return -level, one.entry.ref


def suggestions(
    session: Session, form: Form, book: RuleBook, uses: Iterable[Registered]
) -> tuple[Suggestion, ...]:
    """Confidential uses are counted and not named."""
    closed = select(UseRow.ref, UseRow.source_id, UseRow.id).where(col(UseRow.confidential))
    unnamed = {ref or source or id for ref, source, id in session.exec(closed)}
    return suggested(form, book, uses, aims.of_kind(session, RISK, "in_force", "proposed"), unnamed)


def counted(found: Iterable[Weighed]) -> Iterator[tuple[int, int, int]]:
    """How many of those that are open lie in each field of the matrix as they are now: likelihood, impact, number."""
    fields: dict[tuple[int, int], int] = {}
    for each in found:
        if each.standing is not None and not each.standing.closed:
            place = int(str(each.entry.said("likelihood_now"))), int(str(each.entry.said("impact_now")))
            fields[place] = fields.get(place, 0) + 1
    yield from ((likelihood, impact, number) for (likelihood, impact), number in sorted(fields.items()))
