"""What people made of a model's words: kept, changed or dropped, as they say or as their answers and decisions show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session, col, select

from store import consults, stuck
from store.consult_owed import CONSULT, put
from store.engine import Store
from store.records import USE, load
from store.suggested import sealed, suggestions_in
from store.tables import ConsultRow, DoneRow, DueRow
from triage.case import Case
from triage.consulting import About, made_of, made_of_draft
from triage.desk import Desk
from triage.outcome import Refused

MADE = ("kept", "changed", "dropped")
AT_ONCE = 50
Said = Mapping[str, Any]
SHOWN = (About.reading, About.condition, About.decline)
"""Of which answers and decisions show what was made of them; of the others whoever asked may say it, or nobody does."""


def mark(session: Session, id: str, made: str, *, by: str, key: str, desk: Desk) -> None:
    """What whoever asked made of a draft, as they say."""
    row = session.get(ConsultRow, id)
    if row is None or row.asked_by != by or made not in MADE:
        raise Refused("unknown_button")
    if row.made or session.get(DoneRow, key) is not None:
        return
    session.add(DoneRow(key=key, subject_kind=row.subject_kind, subject_id=row.subject_id, at=desk.now))
    _weighed(session, row, {row.about: made}, by, desk)
    put(session, row, "update", {"say": CONSULT}, {"person_id": by}, desk.now)


def weigh(store: Store, desk: Desk) -> int:
    """What people made of it by what they did: told once for each; a damaged one holds up no other."""
    with store.read() as session:
        ripe = list(session.exec(_ripe(desk)))
    if not ripe:
        return 0
    weighed: list[str] = []
    with store.write() as session:
        stuck.go_through(
            session, stuck.WEIGHING, ripe, lambda id: _weigh(session, id, weighed, desk), desk.now
        )
    return len(weighed)


def _ripe(desk: Desk) -> Any:
    """What lies aside is gone through again once somebody has put it back."""
    aside = select(DueRow.subject_id).where(DueRow.subject_kind == stuck.WEIGHING)
    due = select(ConsultRow.id).where(ConsultRow.state == "done", col(ConsultRow.due_at) <= desk.now)
    return due.where(col(ConsultRow.id).not_in(aside)).order_by(col(ConsultRow.due_at)).limit(AT_ONCE)


def _weigh(session: Session, id: str, weighed: list[str], desk: Desk) -> None:
    """By what the trail sealed of it: the box is anybody's who has the database, and emptied after a month."""
    row = session.get(ConsultRow, id)
    if row is None or row.state != "done":
        return
    case = load(session, row.subject_id) if row.subject_kind == USE else None
    over = case is None or About(row.about) not in SHOWN or not row.said
    if case is not None and (over or _new(row, row.said, case) or _is_weighed(row, row.said, case)):
        said = sealed(session, row)
        if said and (new := _new(row, said, case)):
            _weighed(session, row, new, None, desk)
            weighed.append(id)
        over = over or not said or _is_weighed(row, said, case)
    consults.look_again(session, row, desk.now, over=over)


def _new(row: ConsultRow, said: Said, case: Case) -> dict[str, str]:
    return {name: what for name, what in _made(row, said, case) if name not in row.made}


def _is_weighed(row: ConsultRow, said: Said, case: Case) -> bool:
    reading = row.about == About.reading.value
    wanted = {each.question for each in suggestions_in(said)} if reading else {row.about}
    return wanted <= dict(_made(row, said, case)).keys() | row.made.keys()


def _made(row: ConsultRow, said: Said, case: Case) -> Iterator[tuple[str, str]]:
    if row.about == About.reading.value:
        yield from made_of(tuple(suggestions_in(said)), case)
    elif row.asked_by and (
        what := made_of_draft(About(row.about), str(said.get("text", "")), case, row.asked_by, row.number)
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
