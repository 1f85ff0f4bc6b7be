"""Uses that a phase of the roll-out only records so far: which of them come up, a few a day, the riskiest first."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as alchemy
from sqlmodel import Session, and_, col, func, or_, select

from store import employees
from store.direct import Read
from store.records import USE
from store.tables import DecisionRow, DoneRow, UseRow, metadata
from triage.aims.phasing import ALWAYS
from triage.case import REFUSALS, RULINGS, Case, Status
from triage.commands import Command
from triage.desk import Desk
from triage.lifecycle import WAITING
from triage.phased import is_recorded, may_come_up, may_put_off, phase_of, put_off, tools_of
from triage.staff import Colleague
from triage.verdict import Verdict

log = logging.getLogger(__name__)

A_DAY = 5
"""So many come up on one day; what is decided whatever the plan says comes at once."""
KEY = "phase:"
_use, _result = metadata.tables["use"], metadata.tables["result"]
_NEWEST = (
    alchemy.select(_result.c.id)
    .where(_result.c.subject_kind == USE, _result.c.subject_id == _use.c.id)
    .order_by(_result.c.version.desc())
    .limit(1)
    .correlate(_use)
    .scalar_subquery()
)
RECORDED = Read(
    alchemy.select(
        *(_use.c[name] for name in ("id", "version", "requester_id", "unit", "tool_id", "tool_name")),
        _use.c.created_at,
        _use.c.submitted_at,
        _result.c.verdict,
    )
    .outerjoin(_result, _result.c.id == _NEWEST)
    .where(_use.c.state == Status.disclosed.value, _use.c.submitted_at.is_not(None))
    .order_by(_use.c.submitted_at, _use.c.id)
)
STOPPED = (Status.declined, Status.blocked, Status.lapsed, Status.under_reassessment)


def before_it_is_put_off(session: Session, command: Command, case: Case | None, desk: Desk) -> Desk:
    """The desk with what keeps this case from being put off, read within the transaction that may do it."""
    may = desk.phases and case is not None and may_put_off(command, case)
    return _knowing(session, desk, [case.requester]) if may and case is not None else desk


def until(session: Session, case: Case, desk: Desk) -> date | None:
    """From which day on it is decided, or would be if it were handed in now; None: nothing puts it off."""
    may = case.status is Status.draft or is_recorded(case)
    if not may or put_off(case, desk) is None:
        return None
    return put_off(case, _knowing(session, desk, [case.requester]))


def _knowing(session: Session, desk: Desk, people: Iterable[str]) -> Desk:
    """With the units of these people by the people file, and the tools that something was turned down of."""
    units, known = employees.units_of(session, people), desk.staff

    def staff(person: str) -> Colleague:
        colleague = known(person)
        return replace(colleague, unit=units.get(person) or colleague.unit)

    return replace(desk, staff=staff, turned_down=_turned_down(session, desk.day))


def _turned_down(session: Session, day: date) -> frozenset[str]:
    """Of everybody's uses, the confidential ones among them: nobody is told which it was."""
    tool, ended = select(UseRow.tool_id, UseRow.tool_name).distinct(), col(UseRow.state)
    asked = col(UseRow.submitted_at).is_not(None), col(UseRow.due_at).is_not(None)
    taken_back = and_(ended == Status.withdrawn.value, *asked)
    stands = tool.where(or_(ended.in_([each.value for each in STOPPED]), taken_back))
    kind, ran_out = (
        col(DecisionRow.kind),
        and_(ended == Status.retired.value, col(DecisionRow.valid_until) < day),
    )
    again = or_(ended.in_([each.value for each in WAITING]), col(DecisionRow.superseded_by).is_not(None))
    was = tool.join(DecisionRow, col(DecisionRow.subject_id) == UseRow.id).where(
        DecisionRow.subject_kind == USE,
        kind.in_([each.value for each in RULINGS]),
        or_(kind.in_([each.value for each in REFUSALS]), again, ran_out),
    )
    found = (*session.exec(stands).all(), *session.exec(was).all())
    return frozenset(name for each in found for name in tools_of(*each))


def recorded(session: Session) -> Iterator[Case]:
    """All of them, whatever their phase, as far as a plan looks at them; one that is damaged holds up no other."""
    for row in RECORDED.within(session):
        try:
            verdict = Verdict.model_validate(row.verdict) if row.verdict is not None else None
        except ValueError:
            log.info(
                "What was found about a use that is only recorded could not be read", extra={"use": row.id}
            )
            continue
        yield Case(
            id=row.id,
            version=row.version,
            status=Status.disclosed,
            words="",
            requester=row.requester_id or "",
            unit=row.unit or "",
            tool_id=row.tool_id,
            tool_name=row.tool_name or "",
            verdict=verdict,
            created_at=row.created_at,
            submitted_at=row.submitted_at,
        )


def coming_up(session: Session, desk: Desk) -> list[Case]:
    """Today, beside those that came up today already."""
    kept = list(recorded(session))
    if kept and desk.phases:
        desk = _knowing(session, desk, [case.requester for case in kept])
    due = _in_turn([case for case in kept if may_come_up(case, desk)])
    left = max(A_DAY - _today(session, desk), 0) if due else 0
    at_once = [case for case in due if _tier(case) >= ALWAYS]
    return [*at_once, *[case for case in due if _tier(case) < ALWAYS][:left]]


def waiting(session: Session, desk: Desk) -> Counter[str | None]:
    """How many there are by the phase that they wait for; None: their day has come."""
    kept = list(recorded(session))
    desk = _knowing(session, desk, [case.requester for case in kept]) if kept else desk
    waits = (phase_of(case, desk) for case in kept)
    return Counter(each.ref if each is not None else None for each in waits)


def _in_turn(due: list[Case]) -> list[Case]:
    """The riskiest first; of one tier a use of each requester in turn, whoever waits longest in front."""
    had = Counter[tuple[int, str]]()
    turns = list[tuple[int, int]]()
    for case in due:
        turns.append((-_tier(case), had[_tier(case), case.requester]))
        had[_tier(case), case.requester] += 1
    return [due[at] for at in sorted(range(len(due)), key=lambda at: (turns[at], at))]


def _tier(case: Case) -> int:
    return int(case.verdict.tier.ceiling) if case.verdict else 4


def _today(session: Session, desk: Desk) -> int:
    begins = datetime.combine(desk.day, time(), ZoneInfo(desk.organisation.zone))
    done = select(func.count()).select_from(DoneRow)
    query = done.where(col(DoneRow.key).startswith(KEY), col(DoneRow.at) >= begins)
    return session.exec(query).one()
