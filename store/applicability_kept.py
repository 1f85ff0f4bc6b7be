"""What operation suggests of controls, kept under a key: the whole register is read for it, by the clock and by nobody
who waits. Whoever looks gets what was kept last, without what became confidential since."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from intake.form import Form
from store.applicability import CONTEXT, RISK, Proposed, open_risks, proposed, shown_refs
from store.entries import of_rows
from store.sheets import SHEET
from store.tables import AimsEntryRow, DoneRow, IncidentRow, ResultRow, UseRow
from store.trail import sha256
from triage.aims.applied import Proposal, Why
from triage.aims.proposing import RISKS
from triage.aims.reasons import spoke
from triage.desk import Desk
from triage.rules import RuleBook

KEY = "applicability"
FOLLOWED = (CONTEXT, RISK, "nonconformity", "supplier", "appetite")
"""Kinds of entries that something suggested follows from; also risks, which are worked out right after controls are."""
A_MINUTE = 10_000
"""Of so many uses what is suggested is worked out once a minute at most, of ten times as many every ten minutes."""


class Kept(NamedTuple):
    """`at`: when the register was as it says."""

    at: datetime
    proposed: Proposed


class Worked(NamedTuple):
    """What was worked out last, and from what: form and rules themselves, since another may get the id of one."""

    mark: tuple[Any, ...]
    form: Form
    book: RuleBook
    kept: Kept


def anew(session: Session, desk: Desk, last: Worked | None) -> Worked | None:
    """None where nothing that it follows from changed since, or it was worked out only just now."""
    mark = _mark(session)
    if last is not None:
        if desk.now < last.kept.at + timedelta(minutes=mark[0] // A_MINUTE):
            return None
        if last.mark == mark and last.form is desk.form and last.book is desk.book:
            return None
    return Worked(mark, desk.form, desk.book, Kept(desk.now, proposed(session, desk.form, desk.book)))


def keep(session: Session, found: Kept) -> None:
    """Late or twice, it is the same."""
    row = session.get(DoneRow, KEY) or DoneRow(key=KEY, at=found.at)
    row.at = found.at
    told = {id: each.model_dump(mode="json") for id, each in sorted(found.proposed.items())}
    row.outcome = {"reasons": _digest(), "proposed": told}
    session.add(row)


def kept(session: Session) -> Kept | None:
    """None before the clock first came by, and where other reasons were looked for than there are now."""
    row = session.get(DoneRow, KEY)
    if row is None or row.outcome.get("reasons") != _digest():
        return None
    told = {id: Proposal.model_validate(each, strict=False) for id, each in row.outcome["proposed"].items()}
    return Kept(row.at, _without_hidden(session, told))


def _without_hidden(session: Session, told: Proposed) -> Proposed:
    """What became confidential since is counted on, and not named any more."""
    whys = [why for each in told.values() for why in (*each.whys, *each.open)]
    uses = shown_refs(session, sorted({ref for why in whys if why.reason != RISKS for ref in why.refs}))
    named = {ref for why in whys if why.reason == RISKS for ref in why.refs}
    rows = session.exec(select(AimsEntryRow).where(col(AimsEntryRow.ref).in_(named))).all() if named else []
    shown = uses | open_risks(session, list(of_rows(session, rows)))
    return {
        id: each.model_copy(update={"whys": _named(each.whys, shown), "open": _named(each.open, shown)})
        for id, each in told.items()
    }


def _named(whys: Iterable[Why], shown: frozenset[str]) -> tuple[Why, ...]:
    return tuple(
        why.model_copy(update={"refs": tuple(ref for ref in why.refs if ref in shown)}) for why in whys
    )


def _mark(session: Session) -> tuple[Any, ...]:
    uses = session.exec(select(func.count(), func.max(UseRow.updated_at)).select_from(UseRow)).one()
    incidents = session.exec(select(func.count(), func.max(IncidentRow.updated_at)).select_from(IncidentRow))
    sheets = select(func.count()).select_from(ResultRow).where(ResultRow.subject_kind == SHEET)
    stated = select(func.count(), func.sum(AimsEntryRow.version), sheets.scalar_subquery())
    beside = stated.select_from(AimsEntryRow).where(col(AimsEntryRow.kind).in_(FOLLOWED))
    return (*uses, *incidents.one(), *session.exec(beside).one())


@cache
def _digest() -> str:
    """Of the reasons, and of how what they come to is written down."""
    return sha256(json.dumps([spoke().model_dump(mode="json"), Proposal.model_json_schema()], sort_keys=True))
