"""Holds every row of the register against what the trail says of it: facts, decisions, inquiries, results, the use.

What the trail only began to tell later (lines from before it held records), or what was erased from it, is passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqlmodel import Session, col, select

from store.columns import to_text
from store.content import Plain, decision_of, inquiry_of, plain, result_of
from store.records import USE, decisions_of, inquiries_of
from store.tables import AnswerSetRow, DecisionRow, FactRow, InquiryRow, ResultRow, UseRow
from store.telling import AT_ONCE, Given, Told, told


def differences(session: Session) -> Iterator[str]:
    """One sentence for each row that differs: which one, and never what people wrote in it."""
    known_uses, facts, results = told(session), _facts(session), _results(session)
    talked = {
        *session.exec(select(DecisionRow.subject_id).where(DecisionRow.subject_kind == USE)),
        *session.exec(select(InquiryRow.use_id)),
    }
    for row in session.exec(select(UseRow).order_by(col(UseRow.ref), col(UseRow.id))).all():
        if (known := known_uses.get(row.id)) is None:
            continue  # a use that the trail does not know is named by the comparison of states
        name = known.ref or row.ref or row.id
        if known.ref not in (None, row.ref):
            yield f"{name}: ref was changed"
        for column, value in sorted(known.columns.items()):
            if plain(getattr(row, column)) != value:
                yield f"{name}: {column} was changed"
        yield from _of_facts(name, known, facts.get(row.id, {}))
        yield from _rows(name, "the result of version", known, known.results, results.get(row.id, {}))
        if known.decisions or known.inquiries or row.id in talked:
            yield from readable(
                f"{name}: its decisions or inquiries", _of_talks(session, name, row.id, known)
            )


def readable(what: str, found: Iterable[str]) -> Iterator[str]:
    """What somebody changed may be no value at all any more."""
    try:
        yield from found
    except ValueError:
        yield f"{what} cannot be read"


def _facts(session: Session) -> dict[str, dict[str, list[Given]]]:
    """By use and question, in the order in which they count."""
    found: dict[str, dict[str, list[Given]]] = defaultdict(lambda: defaultdict(list))
    rows = (
        select(FactRow, AnswerSetRow.subject_id)
        .join(AnswerSetRow, col(AnswerSetRow.id) == FactRow.answer_set_id)
        .where(AnswerSetRow.subject_kind == USE)
        .order_by(col(FactRow.id))
    )
    for row, use in session.exec(rows.execution_options(yield_per=AT_ONCE)):
        says = [row.state, row.value or [], row.contributor, row.source, to_text(row.said_at)]
        found[use][row.question].append((to_text(row.recorded_at), says))
    return found


def _results(session: Session) -> dict[str, dict[str, Given]]:
    """By use and its version."""
    found: dict[str, dict[str, Given]] = defaultdict(dict)
    rows = select(ResultRow).where(ResultRow.subject_kind == USE)
    for row in session.exec(rows.execution_options(yield_per=AT_ONCE)):
        says = result_of(row.verdict, row.facts_digest, row.policies)
        found[row.subject_id][str(row.version)] = (to_text(row.judged_at), says)
    return found


def _of_facts(name: str, known: Told, kept: Mapping[str, list[Given]]) -> Iterator[str]:
    for question in sorted(known.facts.keys() | kept.keys()):
        told = known.facts.get(question, [])
        rows = [given for given in kept.get(question, []) if given[0] not in known.silent]
        if rows == told:
            continue
        wrong = list(_wrong(told, rows))
        yield from (f"{name}: the answer to {question} of {at} {what}" for at, what in wrong)
        if not wrong:
            yield f"{name}: the answers to {question} stand in another order"


def _wrong(told: Iterable[Given], rows: Iterable[Given]) -> Iterator[tuple[str, str]]:
    was, are = _by_moment(told), _by_moment(rows)
    for at in sorted(was.keys() | are.keys()):
        if was[at] != are[at]:
            more = len(are[at]) - len(was[at])
            yield at, "is missing" if more < 0 else "is not in the trail" if more > 0 else "was changed"


def _by_moment(given: Iterable[Given]) -> dict[str, list[Plain]]:
    found: dict[str, list[Plain]] = defaultdict(list)
    for at, fact in given:
        found[at].append(fact)
    return found


def _of_talks(session: Session, name: str, use: str, known: Told) -> Iterator[str]:
    decisions = {d.id: decision_of(d) for d in decisions_of(session, use)}
    for id, was in sorted(known.decisions.items()):  # missing and unknown ones are named beside the states
        if id in decisions and decisions[id] != was:
            yield f"{name}: the decision {id} was changed: {_parts(was, decisions[id])}"
    inquiries = {i.id: (to_text(i.asked_at), inquiry_of(i)) for i in inquiries_of(session, use)}
    yield from _rows(name, "the inquiry", known, known.inquiries, inquiries)


def _rows(
    name: str, what: str, known: Told, told: Mapping[str, Plain], kept: Mapping[str, Given]
) -> Iterator[str]:
    for id in sorted(told.keys() | kept.keys()):
        if id not in kept:
            yield f"{name}: {what} {id} is missing"
        elif id not in told:
            if kept[id][0] not in known.silent:
                yield f"{name}: {what} {id} is not in the trail"
        elif kept[id][1] != told[id]:
            yield f"{name}: {what} {id} was changed"


def _parts(was: Mapping[str, Plain], now: Mapping[str, Plain]) -> str:
    return ", ".join(part for part in sorted(was) if was[part] != now[part])
