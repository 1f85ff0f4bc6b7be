"""Every verdict ever given, worked out again from its facts and the version of the rules that it names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session, col, func, select

from store.records import USE, load, past_of
from store.shelf import Missing, Shelf
from store.tables import AnswerSetRow, ResultRow, UseRow
from triage.case import Case, Fact
from triage.judge import judge
from triage.review import facts_digest
from triage.verdict import Verdict


class Replayed(NamedTuple):
    """One verdict; `problem` is empty where it came out the same."""

    use: str
    judged_at: datetime
    problem: str


def count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(ResultRow)).one()


def replay(session: Session, shelf: Shelf) -> Iterator[Replayed]:
    """All verdicts, use by use, in the order they were given."""
    rows = select(ResultRow, UseRow.ref, UseRow.source_id, AnswerSetRow.form_digest)
    rows = rows.join(UseRow, col(UseRow.id) == ResultRow.subject_id)
    rows = rows.join(AnswerSetRow, col(AnswerSetRow.id) == ResultRow.answer_set_id)
    rows = rows.where(ResultRow.subject_kind == USE)
    ordered = rows.order_by(col(UseRow.ref), col(UseRow.id), col(ResultRow.version))
    for row, ref, source_id, form_digest in session.exec(ordered).all():
        name = ref or source_id or row.subject_id
        yield Replayed(name, row.judged_at, _problem(session, shelf, row, form_digest))


def _problem(session: Session, shelf: Shelf, row: ResultRow, form_digest: str) -> str:
    case = load(session, row.subject_id)
    if case is None:
        return "its use is gone"
    then = _as_judged(case, list(past_of(session, case.id)), row)
    if then is None:
        return "no state of its facts has the digest that it was judged on"
    told = Verdict.model_validate(row.verdict)
    try:
        form = shelf.form(session, form_digest)
        book = shelf.book(session, form, told.policies)
    except Missing as missing:
        return str(missing)
    again = judge(form, book, then.answers, told.stated, told.day)
    return _differences(row.verdict, again.model_dump(mode="json", by_alias=True))


def _as_judged(case: Case, past: list[tuple[Fact, datetime]], row: ResultRow) -> Case | None:
    """The case with the facts of that moment: the newest state, among those then recorded, that has their digest."""
    known = [fact for fact, recorded_at in past if recorded_at <= row.judged_at]
    for last in range(len(known), -1, -1):
        then = case.model_copy(update={"facts": {fact.question: fact for fact in known[:last]}})
        if facts_digest(then) == row.facts_digest:
            return then
    return None


def _differences(before: dict[str, Any], after: dict[str, Any]) -> str:
    """The parts that came out otherwise, results with both sides."""
    parts = [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
    return "; ".join(_difference(name, before.get(name), after.get(name)) for name in parts)


def _difference(name: str, before: Any, after: Any) -> str:
    if isinstance(before, dict) and isinstance(after, dict):
        moved = [key for key in sorted(before.keys() | after.keys()) if before.get(key) != after.get(key)]
        return ", ".join(f"{key} was {_short(before.get(key))}, is {_short(after.get(key))}" for key in moved)
    return f"{name} came out otherwise"


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)[:80]
