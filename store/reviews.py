"""Reviews as rows, and those whose time has come, found by the day that stands with the use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, and_, bindparam, cast, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_, select

from store.columns import to_text
from store.direct import Read, of_use
from store.refs import next_ref
from store.tables import DoneRow, ReviewStepRow, UseRow
from store.watch import IN_USE
from triage.cadence import cadence
from triage.case import Case
from triage.reviewed import STEPS as KINDS
from triage.reviewed import ReviewStep

Values = dict[str, Any]
LISTS = ("questions", "asked", "changed", "kept", "before", "after", "sample")
PLAIN = ("ref", "cause", "trigger", "depth", "seed", "outcome", "facts", "by")
AT_ONCE = 50
OVER = ("agreed", "closed")


def step_values(step: ReviewStep) -> Values:
    """Its columns, as the trail has them."""
    told: Values = {"review": step.review, "kind": step.kind}
    told |= {name: getattr(step, name) or None for name in PLAIN}
    told |= {"sampled": step.sampled, "second": step.second}
    told |= {"due_on": step.due.isoformat() if step.due else None}
    said = {name: list(value) for name in LISTS if (value := getattr(step, name))}
    return told | {"said": said, "at": to_text(step.at), "words": step.words}


STEPS = of_use("review_step", "version", "at", "id")


def steps_of(session: Session, case: str) -> Iterable[ReviewStep]:
    yield from map(to_step, ordered(STEPS.within(session, case=case)))


def every_step(session: Session) -> Iterable[tuple[str, ReviewStep]]:
    query = select(ReviewStepRow).order_by(col(ReviewStepRow.use_id), col(ReviewStepRow.version))
    for _, rows in groupby(session.exec(query), key=lambda row: row.use_id):
        yield from ((row.use_id, to_step(row)) for row in ordered(rows))


def ordered(rows: Iterable[Any]) -> list[Any]:
    """Those of one version in the order in which they follow from each other."""
    return sorted(rows, key=lambda row: (row.version, KINDS.index(row.kind)))


def ordered_cells(rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    return sorted(rows, key=lambda row: (int(row["version"]), KINDS.index(row["kind"])))


def to_step(row: Any) -> ReviewStep:
    given: Values = {name: getattr(row, name) or "" for name in (*PLAIN, "words")}
    given |= {name: tuple(row.said.get(name, ())) for name in LISTS}
    given |= {"id": row.id, "review": row.review, "kind": row.kind, "due": row.due_on, "at": row.at}
    return ReviewStep.model_validate(given | {"sampled": row.sampled, "second": row.second})


def with_refs(session: Session, before: Case | None, case: Case, year: int) -> Case:
    """Each review has its number from the moment in which it is opened."""
    known = len(before.review_steps) if before else 0
    if known == len(case.review_steps):
        return case
    steps = [
        step.model_copy(update={"ref": next_ref(session, "AIV", year)})
        if number >= known and step.kind == "opened" and not step.ref
        else step
        for number, step in enumerate(case.review_steps)
    ]
    return case.model_copy(update={"review_steps": tuple(steps)})


def number_of(case: Case, step: str) -> str:
    return next((each.ref for each in case.review_steps if each.id == step), "")


def save_reviews(session: Session, before: Case | None, case: Case) -> None:
    for step in case.review_steps[len(before.review_steps) if before else 0 :]:
        told = step_values(step) | {"at": step.at, "due_on": step.due, "words": step.words or None}
        session.add(ReviewStepRow(id=step.id, use_id=case.id, version=case.version, **told))


class Ripe(NamedTuple):
    """A use whose review is to be opened, or planned where no day stands with it yet."""

    case: str
    day: date | None
    version: int

    @property
    def key(self) -> str:
        """Each is tried once for each version of the use; whether there is anything to do is for others to say."""
        return f"review:{self.case}:{self.day or 'unplanned'}:{self.version}"


def ripe(session: Session, day: date) -> list[Ripe]:
    """By the index on the day."""
    key = "review:" + col(UseRow.id) + ":" + cast(col(UseRow.next_review_on), String)
    key = key + ":" + cast(col(UseRow.version), String)
    done = exists().where(col(DoneRow.key) == key)
    until = day + timedelta(days=cadence().ahead)
    found = session.exec(
        select(UseRow.id, UseRow.next_review_on, UseRow.version)  # type: ignore[type-var]
        .where(col(UseRow.next_review_on) <= until, col(UseRow.state).in_(IN_USE), ~done)
        .order_by(col(UseRow.next_review_on), col(UseRow.id))
        .limit(AT_ONCE)
    )
    return [Ripe(*row) for row in found]


def unplanned(session: Session) -> list[Ripe]:
    """Approved before reviews were planned."""
    found = session.exec(
        select(UseRow.id, UseRow.version)
        .where(col(UseRow.next_review_on).is_(None), col(UseRow.state).in_(IN_USE))
        .order_by(col(UseRow.id))
        .limit(AT_ONCE)
    )
    return [Ripe(id, None, version) for id, version in found]


def waits_open() -> ColumnElement[bool]:
    """Of the step that opened a review: it is not over."""
    later = aliased(ReviewStepRow)
    over = exists().where(
        col(later.review) == ReviewStepRow.review,
        or_(
            col(later.kind).in_(OVER),
            and_(col(later.kind) == "answered", col(later.second).is_(False)),
        ),
    )
    return and_(col(ReviewStepRow.kind) == "opened", ~over)


def reviewed_by(session: Session, person: str) -> list[str]:
    """Uses in use of their own with a review that is not over, the one that is due first in front."""
    return [row.use_id for row in _reviewed().within(session, me=person)]


@cache
def _reviewed() -> Read:
    """Made once: to make it takes longer than to ask it."""
    me: Any = bindparam("me")
    own = or_(UseRow.owner_id == me, and_(col(UseRow.requester_id) == me, col(UseRow.owner_id).is_(None)))
    return Read(
        select(ReviewStepRow.use_id)
        .join(UseRow, col(UseRow.id) == ReviewStepRow.use_id)
        .where(own, col(UseRow.state).in_(IN_USE), waits_open())
        .order_by(col(ReviewStepRow.due_on), col(ReviewStepRow.id))
    )
