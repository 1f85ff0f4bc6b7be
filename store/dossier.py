"""All that is kept about one use, as it was known at a moment: what its dossier is made of."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from store import audit, incidents, people, recounted
from store.columns import to_text
from store.earlier import NOT_HANDED_IN, case_at
from store.extract import Bound, conditions, trail_until
from store.heard import heard
from store.records import USE, load, past_of
from store.recounted import Recounted
from store.suppliers import Held, Supplies
from store.tables import IncidentRow, PersonRow, ResultRow
from store.trail import FIRST, End, read
from triage.appointed import holders
from triage.case import Case, Fact
from triage.heard import Heard
from triage.incidents.incident import Incident
from triage.staff import Colleague
from triage.verdict import Verdict

DOSSIER = "dossier"
"""What a file of it is called where messages are owed."""


class Judged(NamedTuple):
    """One version of the result, and the digest of the facts it was found on."""

    at: datetime
    facts: str
    verdict: Verdict


class There(NamedTuple):
    """What was known of people at a moment, as a desk has it of now."""

    same: Callable[[str, str], bool]
    staff: Callable[[str], Colleague]


class Kept(NamedTuple):
    """`at`: the moment as of which all of it is told; `left_out`: incidents that only other people read.

    `holders`: who holds each of its parts, and may. `supplier`: what was held of its tool's supplier;
    `heard`: what those affected said.
    """

    case: Case
    at: datetime
    head: End
    judged: tuple[Judged, ...]
    history: tuple[tuple[Fact, datetime], ...]
    conditions: tuple[Bound, ...]
    incidents: tuple[Incident, ...]
    left_out: int
    lines: tuple[Recounted, ...]
    names: Mapping[str, str]
    holders: Mapping[str, str] = {}
    supplier: Held | None = None
    heard: Heard | None = None


def kept(
    session: Session,
    use: str,
    until: datetime | None = None,
    *,
    zone: str,
    whole: bool = False,
    sees: Callable[[Incident, Case], bool] = lambda incident, case: True,
) -> Kept | None:
    """None if it was not handed in by then. `zone`: the organisation's, which says which day that is.

    `whole`: also incidents that are kept among their readers; `sees`: which of the others whoever it is for may read.
    """
    case = load(session, use) if until is None else case_at(session, use, until)
    if case is None or not (case.submitted_at or case.source_map or case.status not in NOT_HANDED_IN):
        return None
    head, last = _head(session, until)
    touching = tuple(_touching(session, case, until))
    shown = tuple(each for each in touching if (whole or not each.confidential) and sees(each, case))
    lines = [
        line
        for id in (case.id, *(each.id for each in shown))
        for line in recounted.lines(session, id)
        if line.seq <= head.seq
    ]
    there = There(partial(people.same, session), partial(_colleague, session, until))
    at = until or max([case.created_at, *filter(None, (last, *map(told_at, lines)))])
    return Kept(
        case=case,
        at=at,
        head=head,
        judged=tuple(_judged(session, case.id, until)),
        history=tuple((fact, at) for fact, at in past_of(session, use) if until is None or at <= until),
        conditions=tuple(conditions(session, case)),
        incidents=shown,
        left_out=len(touching) - len(shown),
        lines=tuple(sorted(lines, key=lambda line: line.seq)),
        names=people.names(session),
        holders=holders(case, there),
        supplier=Supplies(session, at.astimezone(ZoneInfo(zone)).date(), until).of_case(case),
        heard=heard(session, case.id, until),
    )


def _colleague(session: Session, until: datetime | None, person: str) -> Colleague:
    row = session.get(PersonRow, person)
    left = row.gone_at if row is not None else None
    return Colleague(gone=left is not None and (until is None or left <= until), left=left)


def told_at(line: Recounted) -> datetime | None:
    """None for a line that was changed."""
    return datetime.fromisoformat(line.at) if line.at else None


def _head(session: Session, until: datetime | None) -> tuple[End, datetime | None]:
    """Where the trail ended then, and the moment of its last line."""
    if until is None:
        known, last = audit.end(session), audit.last_sealed(session)
        number = known.seq if known else 0
    else:
        ends = deque(enumerate(trail_until(audit.sealed_lines(session), until), 1), maxlen=1)
        number, last = ends[0] if ends else (0, "")
    return End(seq=number, digest=read(last).seal or FIRST), recounted.moment_of(last)


def _judged(session: Session, use: str, until: datetime | None) -> Iterator[Judged]:
    query = select(ResultRow).where(ResultRow.subject_kind == USE, ResultRow.subject_id == use)
    for row in session.exec(
        query.order_by(col(ResultRow.version), col(ResultRow.judged_at), col(ResultRow.id))
    ):
        if until is None or to_text(row.judged_at) <= to_text(until):
            yield Judged(row.judged_at, row.facts_digest, Verdict.model_validate(row.verdict))


def _touching(session: Session, case: Case, until: datetime | None) -> Iterator[Incident]:
    """Those that are about it, as far as was known then."""
    if until is not None:
        yield from (each for each in incidents.every_one(session, until) if each.now.use == case.id)
        return
    ids = session.exec(
        select(IncidentRow.id).where(IncidentRow.use_id == case.id).order_by(col(IncidentRow.ref))
    ).all()
    yield from (found for id in ids if (found := incidents.load(session, id)) is not None)
