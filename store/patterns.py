"""Patterns as rows: with the use that they came from, and, for whatever asks, all of a tool as they stand now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import exists, func
from sqlmodel import Session, col, select

from store.columns import to_text
from store.tables import DecisionRow, DoneRow, PatternRow, PatternStepRow, UseRow
from triage.beforehand import MisfitsPattern
from triage.case import Case, DecisionKind, Status
from triage.commands import Command
from triage.desk import Desk
from triage.pattern import Known, Pattern, PatternStep, Sampling, state
from triage.sampling import is_drawn, least
from triage.talking import Submit

IN_USE = frozenset({Status.approved.value, Status.approved_with_conditions.value})
JSON = ("limits", "results", "flags", "rules", "clauses", "sampling", "policies")
MISFIT = "misfit"
ENDED = ("refused", "withdrawn")


def values_of(pattern: Pattern) -> dict[str, Any]:
    """Its columns, as the trail has them, too."""
    told = pattern.model_dump(mode="json", exclude={"id", "tool", "decision", "at", *JSON})
    plain = pattern.model_dump(mode="json", include=set(JSON))
    return (
        told | plain | {"tool_id": pattern.tool, "decision_id": pattern.decision, "at": to_text(pattern.at)}
    )


def step_values(step: PatternStep) -> dict[str, Any]:
    told = {"pattern_id": step.pattern, "kind": step.kind, "by": step.by or None, "role": step.role or None}
    return told | {"at": to_text(step.at), "reason": step.reason}


def patterns_of(session: Session, case: str) -> Iterable[Pattern]:
    query = select(PatternRow).where(PatternRow.use_id == case)
    return map(_pattern, session.exec(query.order_by(col(PatternRow.number))))


def steps_of(session: Session, case: str) -> Iterable[PatternStep]:
    query = select(PatternStepRow).where(PatternStepRow.use_id == case)
    return map(_step, session.exec(query.order_by(col(PatternStepRow.version), col(PatternStepRow.at))))


def _pattern(row: PatternRow) -> Pattern:
    given = {name: getattr(row, name) for name in Pattern.model_fields if hasattr(row, name)}
    return Pattern.model_validate(given | {"tool": row.tool_id, "decision": row.decision_id})


def _step(row: PatternStepRow) -> PatternStep:
    given = {"id": row.id, "pattern": row.pattern_id, "kind": row.kind, "at": row.at}
    return PatternStep.model_validate(
        given | {"by": row.by or "", "role": row.role or "", "reason": row.reason or ""}
    )


def every_one(session: Session) -> Iterable[tuple[str, Pattern]]:
    """With the id of the use that each came from."""
    rows = session.exec(select(PatternRow).order_by(col(PatternRow.at), col(PatternRow.id)))
    return ((row.use_id, _pattern(row)) for row in rows)


def every_step(session: Session) -> Iterable[tuple[str, PatternStep]]:
    """With the id of the use that each stands on."""
    rows = session.exec(select(PatternStepRow).order_by(col(PatternStepRow.at), col(PatternStepRow.id)))
    return ((row.use_id, _step(row)) for row in rows)


def save_patterns(session: Session, before: Case | None, case: Case) -> None:
    for pattern in case.patterns[len(before.patterns) if before else 0 :]:
        told = values_of(pattern) | {"at": pattern.at, "last_day": pattern.last_day}
        session.add(PatternRow(id=pattern.id, use_id=case.id, version=case.version, **told))
    for step in case.pattern_steps[len(before.pattern_steps) if before else 0 :]:
        told = step_values(step) | {"at": step.at, "reason": step.reason or None}
        session.add(PatternStepRow(id=step.id, use_id=case.id, version=case.version, **told))


def beside(session: Session, command: Command, case: Case | None, desk: Desk) -> Desk:
    """The desk with the patterns that the command looks at, read within its transaction: none that ended counts."""
    if isinstance(command, Submit) and command.pattern and case is not None:
        return replace(desk, patterns=of_tool(session, case.tool_id))
    if isinstance(command, MisfitsPattern) and case is not None and case.decision and case.decision.under:
        return replace(desk, patterns=_known(session, PatternRow.id == case.decision.under.pattern))
    return desk


def of_tool(session: Session, tool: str | None) -> tuple[Known, ...]:
    return _veiled(_known(session, PatternRow.tool_id == tool)) if tool is not None else ()


def every(session: Session) -> tuple[Known, ...]:
    return _veiled(_known(session, True))


def named(session: Session, ids: Iterable[str]) -> tuple[Known, ...]:
    return _veiled(_known(session, col(PatternRow.id).in_(sorted(ids))))


def of_use(session: Session, case: str) -> tuple[Known, ...]:
    return _known(session, PatternRow.use_id == case)


def _known(session: Session, which: Any) -> tuple[Known, ...]:
    query = (
        select(PatternRow, UseRow, DecisionRow.superseded_by)
        .join(UseRow, col(UseRow.id) == PatternRow.use_id)
        .join(DecisionRow, col(DecisionRow.id) == PatternRow.decision_id)
        .order_by(col(PatternRow.at), col(PatternRow.id))
    )
    found = session.exec(query if which is True else query.where(which)).all()
    misfits = _misfits(session, [row.id for row, *_ in found])
    return tuple(
        Known(
            pattern=_pattern(row),
            steps=tuple(_steps_about(session, row)),
            source=use.ref or "",
            holds=use.state in IN_USE and superseded is None and not use.confidential,
            confidential=use.confidential,
            misfits=misfits.get(row.id, 0),
        )
        for row, use, superseded in found
    )


def _veiled(found: tuple[Known, ...]) -> tuple[Known, ...]:
    """Of one whose source is confidential only its name: these stand before everybody."""
    return tuple(known.bare() if known.confidential else known for known in found)


def _steps_about(session: Session, row: PatternRow) -> Iterable[PatternStep]:
    query = select(PatternStepRow).where(
        PatternStepRow.pattern_id == row.id, PatternStepRow.use_id == row.use_id
    )
    return map(_step, session.exec(query.order_by(col(PatternStepRow.version))))


def _misfits(session: Session, patterns: list[str]) -> Mapping[str, int]:
    """Uses, not looks: one that was looked at twice did not fit once."""
    query = (
        select(PatternStepRow.pattern_id, func.count(func.distinct(PatternStepRow.use_id)))
        .where(col(PatternStepRow.pattern_id).in_(patterns), PatternStepRow.kind == MISFIT)
        .group_by(PatternStepRow.pattern_id)
    )
    return dict(session.exec(query).all())


class Ending(NamedTuple):
    case: str
    pattern: str

    @property
    def key(self) -> str:
        """It is told once of each pattern."""
        return f"pattern:over:{self.pattern}"


def ending(session: Session, day: date) -> list[Ending]:
    """Whose last day is gone, and of which nobody was told yet."""
    ended = exists().where(
        col(PatternStepRow.pattern_id) == PatternRow.id, col(PatternStepRow.kind).in_(ENDED)
    )
    told = exists().where(col(DoneRow.key) == "pattern:over:" + col(PatternRow.id))
    late = col(PatternRow.last_day) < day
    wanted = select(PatternRow.use_id, PatternRow.id).where(late, ~ended, ~told)
    ids = {pattern: use for use, pattern in session.exec(wanted)}
    found = _known(session, col(PatternRow.id).in_(sorted(ids))) if ids else ()
    return [Ending(ids[known.pattern.id], known.pattern.id) for known in found if state(known, day) == "over"]


class Undrawn(NamedTuple):
    case: str
    pattern: str
    key: str


def undrawn(session: Session, now: datetime) -> list[Undrawn]:
    """Of each pattern that recorded uses last month and had the lot fall on none: one. Months are those of UTC."""
    month = (now.astimezone(UTC).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
    found = []
    for pattern, cases in _recorded_in(session, month).items():
        key = f"draw:{pattern}:{month}"
        row = session.get(PatternRow, pattern)
        if row is None or session.get(DoneRow, key) is not None:
            continue
        sampling = Sampling.model_validate(row.sampling)
        if not any(is_drawn(sampling, pattern, case) for case in cases):
            found.append(Undrawn(least(sampling, pattern, cases) or "", pattern, key))
    return found


def _recorded_in(session: Session, month: str) -> Mapping[str, list[str]]:
    """By pattern, the uses that were recorded by it in a month."""
    first = datetime.fromisoformat(f"{month}-01T00:00:00+00:00")
    after = (first + timedelta(days=32)).replace(day=1)
    query = (
        select(DecisionRow.subject_id, DecisionRow.detail)
        .where(DecisionRow.kind == DecisionKind.by_pattern.value)
        .where(col(DecisionRow.decided_at) >= first, col(DecisionRow.decided_at) < after)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for case, detail in session.exec(query):
        found[detail["under"]["pattern"]].append(case)
    return found


def uses(session: Session) -> Mapping[str, int]:
    """How many were recorded by each, whatever became of them."""
    query = select(DecisionRow.detail).where(DecisionRow.kind == DecisionKind.by_pattern.value)
    return Counter(detail["under"]["pattern"] for detail in session.exec(query))
