"""What is on record of one tool, found by an index however large the register is, and what is approved beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, union_all
from sqlmodel import Session, col, select

from intake.answers import Answer, State
from store.queries import named
from store.records import USE
from store.tables import AnswerSetRow, FactRow, UseRow
from store.visibility import visible
from triage.case import Status
from triage.purposes import COMPARED, Known
from triage.register import PUBLIC, Entry, Reader

NEWEST = 20
"""Of each status. What is approved and older is found by the words that were asked, as far back as `SEARCHED`."""
SEARCHED = 500
OLDER, TOOLS, OF_EACH, LATEST = 10, 10, 3, 40
STATES = tuple(state for state in Status if state not in (Status.draft, Status.withdrawn))
PURPOSE = "purpose"


def of_tool(session: Session, reader: Reader, tool: str, name: str, about: Collection[str]) -> list[Known]:
    """By its id in the catalogue, or by the `name` it was given; nothing that is confidential, whoever reads."""
    by_name = not tool
    given = {"tools": _spellings(name) if by_name else [tool]}
    ids = list(session.exec(_newest(reader, STATES, NEWEST, by_name), params=given))
    uses = list(named(session, ids))
    if about and any(_is_full(uses, state) for state in PUBLIC):
        uses += _older(session, reader, given, by_name, about, {use.id for use in uses})
    return _known(session, uses, compared=bool(about))


def beside(session: Session, reader: Reader, tools: Iterable[str], *, compared: bool) -> list[Known]:
    """What is approved of these tools; the latest that is approved of any, where a purpose is compared."""
    states, found = tuple(sorted(PUBLIC)), list[Entry]()
    for tool in list(tools)[:TOOLS]:
        ids = list(session.exec(_newest(reader, states, OF_EACH, False), params={"tools": [tool]}))
        found += named(session, ids)
    if compared:
        latest = named(session, list(session.exec(_latest(reader, states))))
        found += [use for use in latest if use.id not in {each.id for each in found}]
    return _known(session, found, compared=compared)


def _spellings(name: str) -> list[str]:
    said = " ".join(name.split())
    return sorted({said, said.lower(), said.title(), said.capitalize(), said.upper()})


def _is_full(uses: Sequence[Entry], state: Status) -> bool:
    return sum(use.status is state for use in uses) == NEWEST


@lru_cache(maxsize=256)
def _newest(reader: Reader, states: tuple[Status, ...], most: int, by_name: bool) -> Any:
    """Each status by itself, so that the index on it and the day gives the newest in order."""
    each = [_of(reader, by_name, state).limit(most).subquery() for state in states]
    both = union_all(*(select(part.c.id, part.c.updated_at) for part in each)).subquery()
    return select(both.c.id).order_by(both.c.updated_at.desc(), both.c.id)


@lru_cache(maxsize=256)
def _latest(reader: Reader, states: tuple[Status, ...]) -> Any:
    """Of any tool, by the index on the status and the number."""
    open_ones = (visible(reader), col(UseRow.confidential).is_(False))
    each = [
        select(UseRow.id, UseRow.ref)
        .where(UseRow.state == state.value, *open_ones)
        .order_by(col(UseRow.ref).desc())
        .limit(LATEST)
        .subquery()
        for state in states
    ]
    both = union_all(*(select(part.c.id, part.c.ref) for part in each)).subquery()
    return select(both.c.id).order_by(both.c.ref.desc(), both.c.id).limit(LATEST)


def _of(reader: Reader, by_name: bool, state: Status) -> Any:
    of = col(UseRow.tool_name) if by_name else col(UseRow.tool_id)
    tools = of.in_(bindparam("tools", expanding=True))
    query = select(UseRow.id, UseRow.updated_at).where(
        tools, UseRow.state == state.value, visible(reader), col(UseRow.confidential).is_(False)
    )
    return query.order_by(col(UseRow.updated_at).desc())


def _older(
    session: Session,
    reader: Reader,
    given: dict[str, list[str]],
    by_name: bool,
    about: Collection[str],
    known: Collection[str],
) -> list[Entry]:
    """Approved, and with each of the words in its title."""
    ids: list[str] = []
    for state in sorted(PUBLIC):
        part_of = _of(reader, by_name, state).add_columns(col(UseRow.title)).limit(SEARCHED).subquery()
        query = select(part_of.c.id).order_by(part_of.c.updated_at.desc())
        for word in sorted(about):
            part = word.removesuffix("b") if word.endswith("crib") else word  # also of a description
            query = query.where(part_of.c.title.icontains(part, autoescape=True))
        ids += session.exec(query.limit(OLDER), params=given).all()
    return list(named(session, [id for id in ids if id not in known]))


def _known(session: Session, uses: Sequence[Entry], *, compared: bool) -> list[Known]:
    told = _answers(session, [use.id for use in uses]) if compared and uses else {}
    found = []
    for use in uses:
        answers = told.get(use.id, {})
        purpose = answers[PURPOSE].text if PURPOSE in answers else ""
        found.append(Known(use, purpose, {q: a for q, a in answers.items() if q != PURPOSE}))
    return found


def _answers(session: Session, uses: Sequence[str]) -> dict[str, dict[str, Answer]]:
    """The newest of each question that is compared, for all of them in one question to the database."""
    found: dict[str, dict[str, Answer]] = {}
    for use, question, state, value in session.exec(_facts(), params={"uses": list(uses)}):
        found.setdefault(use, {})[question] = Answer(state=State(state), picked=tuple(value or ()))
    return found


@lru_cache(maxsize=1)
def _facts() -> Any:
    query = select(AnswerSetRow.subject_id, FactRow.question, FactRow.state, FactRow.value)
    query = query.join(FactRow, col(FactRow.answer_set_id) == AnswerSetRow.id).where(
        AnswerSetRow.subject_kind == USE,
        col(AnswerSetRow.subject_id).in_(bindparam("uses", expanding=True)),
        col(FactRow.question).in_((PURPOSE, *COMPARED)),
    )
    return query.order_by(col(FactRow.id))
