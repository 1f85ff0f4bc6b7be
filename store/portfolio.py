"""All uses as they stood at the end of a day and a year before it, read in a few questions however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from store import aims, incidents
from store.digest_then import Then as Register
from store.records import USE
from store.risks import register
from store.tables import AnswerSetRow, FactRow, ToolRow, UseRow
from triage.aims.portfolio import ASKED, ASSESSMENT, Portfolio, Seen, Then
from triage.aims.portfolio import portfolio as compared
from triage.incidents.incident import Status
from triage.lifecycle import NOT_IN_USE

LEAST = timedelta(microseconds=1)
REGISTER = "SELECT id, state, tier_ceiling, unit, tool_id, owner_id, confidential FROM reg"


def portfolio(session: Session, as_of: date, zone: str) -> Portfolio:
    """What tools and suppliers are called, and what is confidential, as it is now."""
    before = a_year_before(as_of)
    return compared(as_of, before, _then(session, as_of, zone), _then(session, before, zone))


def assessed_on(session: Session, version: int) -> tuple[date, str] | None:
    """As of which day somebody assessed it, and the digest of what they had before them."""
    entry = aims.load(session, ASSESSMENT)
    draft = next((each for each in entry.drafts if each.number == version), None) if entry else None
    if draft is None:
        return None
    return date.fromisoformat(str(draft.said["as_of"])), str(draft.said["found"])


def a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def end_of(day: date, zone: str) -> datetime:
    """Its last moment, where the organisation is."""
    return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone)) - LEAST


def _then(session: Session, day: date, zone: str) -> Then:
    at, since = end_of(day, zone), end_of(a_year_before(day), zone)
    weighed = (each.standing for each in register(session, day, at))
    return Then(
        uses=_uses(session, at),
        risks=[each.now for each in weighed if each is not None and not each.closed],
        incidents=[
            each.now.kind.value
            for each in incidents.every_one(session, at)
            if since < each.steps[0].at and each.status is not Status.rejected
        ],
    )


def _uses(session: Session, at: datetime) -> list[Seen]:
    tools = {row.id: row for row in session.exec(select(ToolRow)).all()}
    called = dict(session.exec(select(UseRow.id, UseRow.tool_name)).all())
    answers, found = _answers(session, at), []
    for row in Register(session, at).rows(REGISTER):
        if row.state in NOT_IN_USE:
            continue
        tool = tools.get(row.tool_id or "")
        found.append(
            Seen(
                tier=row.tier_ceiling or 0,
                unit=row.unit or "",
                tool=tool.name if tool else called.get(row.id) or "",
                vendor=tool.vendor if tool else "",
                owned=bool(row.owner_id),
                confidential=bool(row.confidential),
                answers=answers.get(row.id, {}),
            )
        )
    return found


def _answers(session: Session, at: datetime) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """What was chosen last by then, by use and question."""
    query = (
        select(AnswerSetRow.subject_id, FactRow.question, FactRow.state, FactRow.value)
        .join(AnswerSetRow, col(FactRow.answer_set_id) == col(AnswerSetRow.id))
        .where(
            AnswerSetRow.subject_kind == USE, col(FactRow.question).in_(ASKED), col(FactRow.recorded_at) <= at
        )
        .order_by(col(FactRow.id))
    )
    found: dict[str, dict[str, Sequence[str]]] = defaultdict(dict)
    for use, question, state, value in session.exec(query):
        found[use][question] = tuple(value or ()) if state == "answered" else ()
    return found
