"""The statement of applicability out of the register: as it stands, as of a moment, and as it was approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, func, select

from intake.form import Form
from store import earlier, incidents, registered
from store.aims import load, of_kind
from store.tables import AimsEntryRow, IncidentRow, UseRow
from triage.aims.applied import Approved, Proposal, Statement
from triage.aims.control import CONTROL, is_own
from triage.aims.covered import Covered
from triage.aims.entry import Entry
from triage.aims.proposing import Risks, Setting, proposals
from triage.aims.statement import (
    STATEMENT,
    approved,
    as_approved,
    at_moment,
    statement,
)
from triage.incidents.incident import Status as IncidentStatus
from triage.lifecycle import NOT_IN_USE
from triage.rehearsing import Registered
from triage.rules import RuleBook

CONTEXT, RISK = "context", "risk"
AT_ONCE = 500
Proposed = Mapping[str, Proposal]
Coverage = Mapping[str, Covered]


def now(session: Session, proposed: Proposed, covered: Coverage | None = None) -> Statement:
    return statement(of_kind(session, CONTROL), load(session, STATEMENT), proposed, covered)


def as_of(
    session: Session, until: datetime, proposed: Proposed, covered: Coverage | None = None
) -> Statement:
    """As it was known at that moment."""
    return statement(
        at_moment(of_kind(session, CONTROL), until), _approval(session, until), proposed, covered
    )


def _approval(session: Session, until: datetime | None) -> Entry | None:
    entry = load(session, STATEMENT)
    return next(iter(at_moment([entry], until)), None) if entry is not None else None


def versions(session: Session, until: datetime | None = None) -> tuple[Approved, ...]:
    entry = _approval(session, until)
    return approved(entry) if entry is not None else ()


def version(session: Session, number: int) -> Statement | None:
    """Exactly the decisions that were approved then, and nothing that was proposed or decided since."""
    found = next((each for each in versions(session) if each.number == number), None)
    if found is None:
        return None
    shown = statement(as_approved(of_kind(session, CONTROL), found), None)
    return shown.model_copy(update={"approved": found})


def proposed(session: Session, form: Form, book: RuleBook, until: datetime | None = None) -> Proposed:
    """What operation proposes, from the facts that were known by then."""
    uses = registered.registered(session, without=NOT_IN_USE) if until is None else _then(session, until)
    return proposals(form, book, uses, setting(session, until))


def setting(session: Session, until: datetime | None = None) -> Setting:
    context = load(session, CONTEXT)
    told = next(iter(at_moment([context], until)), None) if context is not None else None
    counts = told.in_force if told is not None else None
    plays = counts.said.get("plays") if counts is not None else None
    return Setting(
        plays=plays if isinstance(plays, tuple) else None,
        incidents=_incidents(session, until),
        risks=_risks(session, until),
    )


def _incidents(session: Session, until: datetime | None) -> int:
    """Without what was found to be none, by then."""
    if until is not None:
        then = incidents.every_one(session, until)
        return sum(each.status is not IncidentStatus.rejected for each in then)
    query = select(func.count()).select_from(IncidentRow)
    return session.exec(query.where(IncidentRow.status != IncidentStatus.rejected.value)).one()


def _risks(session: Session, until: datetime | None) -> dict[str, Risks]:
    """By control, the risks that count, are not closed and name it; those about a closed use are only counted."""
    found: dict[str, list[str]] = {}
    risks = [each for each in at_moment(of_kind(session, RISK), until) if each.stage != "closed"]
    shown = open_risks(session, risks)
    for risk in risks:
        for point in _several(risk, "points"):
            found.setdefault(point, []).append(risk.ref if risk.ref in shown else "")
    return {
        point: Risks(count=len(refs), refs=tuple(sorted(filter(None, refs)))) for point, refs in found.items()
    }


def open_risks(session: Session, risks: Iterable[Entry]) -> frozenset[str]:
    """References of those that count and hang on no confidential use."""
    uses = {each.ref: set(_several(each, "uses")) for each in risks if each.in_force is not None}
    shown = shown_refs(session, sorted(set().union(*uses.values())))
    return frozenset(ref for ref, held in uses.items() if held <= shown)


def _several(entry: Entry, field: str) -> tuple[str, ...]:
    said = entry.in_force.said.get(field, ()) if entry.in_force is not None else ()
    return said if isinstance(said, tuple) else ()


def _then(session: Session, until: datetime) -> Iterator[Registered]:
    """What cannot be read is left out, and what was confidential once stays unnamed."""
    for found in earlier.cases(session, until):
        case = found.case
        if case is not None and case.verdict is not None and case.status not in NOT_IN_USE:
            yield Registered(
                name=found.name,
                title="",
                status=case.status,
                answers=case.answers,
                stated=case.verdict.stated,
                confidential=case.confidential,
            )


def progress(session: Session) -> tuple[int, bool, bool]:
    """So many controls of Annex A are decided; whether a statement waits for a yes, and whether one counts."""
    rows = session.exec(
        select(AimsEntryRow).where(AimsEntryRow.kind == CONTROL, AimsEntryRow.state == "in_force")
    )
    decided = sum(not is_own(row.name) for row in rows.all())
    whole = session.get(AimsEntryRow, STATEMENT)
    return decided, bool(whole and whole.proposed is not None), bool(whole and whole.state == "in_force")


def shown_refs(session: Session, refs: Sequence[str]) -> frozenset[str]:
    """Those of uses that are in the register and not confidential; the others are only counted."""
    found: set[str] = set()
    for start in range(0, len(refs), AT_ONCE):
        some = refs[start : start + AT_ONCE]
        query = select(UseRow.ref).where(col(UseRow.ref).in_(some), col(UseRow.confidential).is_(False))
        found.update(str(ref) for ref in session.exec(query).all())
    return frozenset(found)
