"""What people made of a model's words: kept, changed or dropped, as they say or as their answers and decisions show."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, select

from store import consults
from store.consulted import CONSULT, put
from store.records import USE, load
from store.suggested import suggestions_in
from store.tables import ConsultRow, DoneRow
from triage.case import Case
from triage.consulting import About, made_of, made_of_draft
from triage.desk import Desk
from triage.outcome import Refused

MADE = ("kept", "changed", "dropped")
AT_ONCE = 50


def mark(session: Session, id: str, made: str, *, by: str, key: str, desk: Desk) -> None:
    """What whoever asked made of a draft, as they say."""
    row = session.get(ConsultRow, id)
    if row is None or row.asked_by != by or made not in MADE:
        raise Refused("unknown_button")
    if row.made or session.get(DoneRow, key) is not None:
        return
    session.add(DoneRow(key=key, subject_kind=row.subject_kind, subject_id=row.subject_id, at=desk.now))
    _weighed(session, row, {row.about: made}, by, desk)
    put(session, row, "update", {"say": CONSULT}, {"person_id": by}, desk)


def weigh(session: Session, desk: Desk) -> int:
    """What people made of it by what they did: told once for each, by the clock."""
    due = select(ConsultRow).where(ConsultRow.state == "done", col(ConsultRow.due_at) <= desk.now)
    weighed = 0
    for row in session.exec(due.order_by(col(ConsultRow.due_at)).limit(AT_ONCE)).all():
        case = load(session, row.subject_id) if row.subject_kind == USE else None
        made = dict(_made(row, case)) if case is not None and row.said else {}
        if new := {name: what for name, what in made.items() if name not in row.made}:
            _weighed(session, row, new, None, desk)
            weighed += 1
        consults.look_again(session, row, desk.now, over=_is_weighed(row, made))
    return weighed


def _is_weighed(row: ConsultRow, made: dict[str, str]) -> bool:
    wanted = (
        {each.question for each in suggestions_in(row)} if row.about == About.reading.value else {row.about}
    )
    return not row.said or wanted <= made.keys() | row.made.keys()


def _made(row: ConsultRow, case: Case) -> Iterator[tuple[str, str]]:
    if row.about == About.reading.value:
        yield from made_of(tuple(suggestions_in(row)), case)
    elif row.asked_by and (
        what := made_of_draft(About(row.about), str(row.said["text"]), case, row.asked_by, row.number)
    ):
        yield row.about, what


def _weighed(session: Session, row: ConsultRow, made: dict[str, str], by: str | None, desk: Desk) -> None:
    consults.alter(session, row, {"made": {**row.made, **made}})
    detail = {"about": row.about, "consult": row.id} | {
        what: sorted(name for name, each in made.items() if each == what)
        for what in MADE
        if what in made.values()
    }
    consults.seal(session, row, "model.weighed", detail, desk.now, actor=by)
