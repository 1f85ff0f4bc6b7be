"""What fell due becomes a message, a note below the card and a line of the trail, in one transaction: never twice.

Nobody is written to outside of their working hours, while they are away or want quiet, nor more than once a day: what
comes together is one message.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from store import asks, audit, climb, daily, due
from store.daily import Entry
from store.owed import owe
from store.records import USE, load
from store.tables import DoneRow, DueRow, PlanRow, UseRow
from triage import climbing
from triage.case import Case
from triage.climbing import PROMISED, Call
from triage.deadlines import Nudge, nudge
from triage.desk import Desk
from triage.errands import errand
from triage.outcome import Notice, Outcome, Say

Told = defaultdict[str, list[Entry]]
"""By person, what they are to hear of."""
Quiet = Callable[[str], datetime | None]
"""Until when somebody wants to hear nothing."""
HAPPENED = {"reminder": "case.reminded", "escalation": "case.escalated", "vacancy": "case.vacated"}
ABOUT = {"reminder": "reminded", "escalation": "escalated", "vacancy": "vacated"}


class Wish(NamedTuple):
    """What a row calls for as things stand now: about a deadline, or of what waits on an approved use."""

    people: tuple[str, ...]
    deadline: Nudge | None = None
    call: Call | None = None


def loud(person: str) -> datetime | None:
    """Where nobody can be asked whether they want quiet."""
    return None


def nudge_all(session: Session, desk: Desk, quiet: Quiet = loud) -> int:
    """How many rows were closed or put off."""
    due.catch_up(session, desk)
    asks.catch_up(session, desk)
    climb.catch_up(session, desk)
    session.flush()
    told: Told = defaultdict(list)
    rows = due.ripe(session, now=desk.now)
    for row in rows:
        case = load(session, row.subject_id)
        wish = wish_of(row, case, desk)
        if case is None or wish is None:
            row.state = "dropped"
        elif (later := _later(session, wish, desk, quiet)) is None:
            _carry_out(session, row, case, wish, told, desk, quiet)
        elif not _passed_over(session, row, case, wish, later, desk):
            row.due_at = later
        session.add(row)
    _add_the_rest_of_the_day(session, told, desk, quiet)
    for person in tuple(told):
        session.add(DoneRow(key=_today(person, desk), at=desk.now))
        daily.write(session, person, told[person], desk)
    return len(rows)


def concerned(session: Session, *, now: datetime) -> frozenset[str]:
    """Whose own the uses are of which something fell due; who else is written to is known with their roles."""
    rows = due.ripe(session, now=now)
    uses = select(UseRow.owner_id, UseRow.requester_id).where(
        col(UseRow.id).in_({row.subject_id for row in rows})
    )
    found = {person for pair in session.exec(uses) for person in pair if person}
    monitors = select(PlanRow.monitor).where(col(PlanRow.use_id).in_({row.subject_id for row in rows}))
    return frozenset(found | {person for person in session.exec(monitors) if person})


def written_to(session: Session, desk: Desk) -> frozenset[str]:
    """Whom that what fell due is for, before anything is done about it."""
    found = ((row, load(session, row.subject_id)) for row in due.ripe(session, now=desk.now))
    wishes = (wish_of(row, case, desk) for row, case in found)
    return frozenset(person for wish in wishes if wish for person in wish.people)


def wish_of(row: DueRow, case: Case | None, desk: Desk) -> Wish | None:
    if case is None:
        return None
    if ":" in row.kind:
        call = climbing.called(case, row.kind, row.step, desk)
        return Wish(call.people, call=call) if call else None
    wish = nudge(case, row.kind, desk)  # type: ignore[arg-type]
    return Wish(wish.people, deadline=wish) if wish else None


def _passed_over(session: Session, row: DueRow, case: Case, wish: Wish, later: datetime, desk: Desk) -> bool:
    """Nobody waits for whoever is away for longer than it takes until somebody else hears of it."""
    waits = errand(case, row.kind, desk) if wish.call is not None else None
    if waits is None or row.step >= PROMISED or not all(desk.away(each) for each in wish.people):
        return False
    then = climbing.after(row.step, waits, case, desk, spaced=False)
    if then is None or then > later or not wish.people:
        return False
    climb.skip(session, row, waits, case, desk)
    return True


def _carry_out(
    session: Session, row: DueRow, case: Case, wish: Wish, told: Told, desk: Desk, quiet: Quiet
) -> None:
    row.state = "done"
    people = _written_to(session, wish, desk, quiet)
    if wish.call is not None:
        _climb(session, row, case, wish.call, people, told, desk)
        return
    assert wish.deadline is not None
    _tell(session, row, case, wish.deadline, desk, quiet=_is_quiet(session, wish, told.keys(), desk))
    for person in people:
        told[person].append(Entry(case, wish.deadline.kind, row.step))


def _climb(
    session: Session, row: DueRow, case: Case, call: Call, people: list[str], told: Told, desk: Desk
) -> None:
    waits = errand(case, row.kind, desk)
    past = waits is not None and row.step < PROMISED and climbing.is_past(row.step, waits, desk)
    if waits is not None:
        climb.step_on(session, row, waits, case, desk, at_once=past)
    if past:
        return
    detail: dict[str, audit.Machine] = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in call.happened.detail.items()
    }
    detail |= {"people": people, "step": row.step, "status": case.status.value}
    detail |= {"ref": case.ref} if case.ref else {}
    audit.append(
        session,
        call.happened.what,
        actor=None,
        subject_kind=USE,
        subject_id=case.id,
        detail=detail,
        at=desk.now,
    )
    owe(session, Outcome(case=case, notices=call.notes), desk)
    for notice in call.notices:
        person = notice.to or (case.talk.person if case.talk else "")
        if person in people:
            told[person].append(Entry(case, row.kind, row.step, notice))


def _add_the_rest_of_the_day(session: Session, told: Told, desk: Desk, quiet: Quiet) -> None:
    """Whoever is written to once a day hears of what they are reminded of later that day, too."""
    if not told:
        return
    until = max(desk.calendar(person).next_morning(desk.now) for person in told)
    for row in due.ahead(session, since=desk.now, until=until):
        case = load(session, row.subject_id)
        wish = wish_of(row, case, desk)
        if case is None or wish is None or len(wish.people) != 1 or wish.people[0] not in told:
            continue
        if row.due_at < desk.calendar(wish.people[0]).next_morning(desk.now):
            _carry_out(session, row, case, wish, told, desk, quiet)
            session.add(row)


def _later(session: Session, wish: Wish, desk: Desk, quiet: Quiet) -> datetime | None:
    """When instead, as soon as one of them may be written to. A vacancy does not wait for anybody's morning, since
    somebody else takes it over.
    """
    if wish.deadline is not None and wish.deadline.kind == "vacancy":
        return None
    moments = [_next(session, each, desk, quiet) for each in wish.people] or [desk.calendar().opens(desk.now)]
    sooner = min(moments)
    return sooner if sooner > desk.now else None


def _next(session: Session, person: str, desk: Desk, quiet: Quiet) -> datetime:
    """When this person may be written to: now, or when they work, have had nothing yet, are back, or want to."""
    calendar = desk.calendar(person)
    if (opens := calendar.opens(desk.now)) > desk.now:
        return opens
    if session.get(DoneRow, _today(person, desk)) is not None:
        return calendar.next_morning(desk.now)
    if (away := desk.away(person)) is not None:
        return calendar.morning(away.until + timedelta(days=1), desk.now)
    if (until := quiet(person)) is not None:
        return calendar.opens(max(until, desk.now + timedelta(minutes=1)))
    return desk.now


def _written_to(session: Session, wish: Wish, desk: Desk, quiet: Quiet) -> list[str]:
    """Those of them who may be written to now."""
    if wish.deadline is not None and wish.deadline.kind == "vacancy":
        return [each for each in wish.people if session.get(DoneRow, _today(each, desk)) is None]
    return [each for each in wish.people if _next(session, each, desk, quiet) <= desk.now]


def _today(person: str, desk: Desk) -> str:
    return f"nudged:{person}:{desk.calendar(person).day_of(desk.now)}"


def still_due(
    session: Session, person: str, about: Iterable[Sequence[Any]], desk: Desk
) -> list[tuple[Case, Nudge]]:
    """What of it this person is still to be told, a moment before it is sent."""
    cases = [(load(session, id), kind) for id, kind, *_ in about]
    found = [(case, nudge(case, kind, desk)) for case, kind in cases if case is not None and ":" not in kind]
    return [(case, wish) for case, wish in found if wish and person in wish.people]


def _is_quiet(session: Session, wish: Wish, told: Collection[str], desk: Desk) -> bool:
    """Whether they were named below another card already: a name in each of forty threads would be forty calls."""
    if wish.people:
        return all(person in told for person in wish.people)
    key = f"nudged:{desk.governance}:{desk.day}"
    if session.get(DoneRow, key) is not None:
        return True
    session.add(DoneRow(key=key, at=desk.now))
    session.flush()
    return False


def _tell(session: Session, row: DueRow, case: Case, wish: Nudge, desk: Desk, *, quiet: bool) -> None:
    detail: dict[str, audit.Machine] = {
        "people": list(wish.people),
        "because": wish.because,
        "step": row.step,
        "status": case.status.value,
    }
    detail |= {"ref": case.ref} if case.ref else {}
    detail |= {"holder": wish.holder} if wish.holder else {}
    audit.append(
        session,
        HAPPENED[wish.kind],
        actor=None,
        subject_kind=USE,
        subject_id=case.id,
        detail=detail,
        at=desk.now,
    )
    if wish.kind == "reminder" and wish.people:
        return  # it is between us
    facts: dict[str, Any] = {
        "about": ABOUT[wish.kind],
        "people": wish.people,
        "because": wish.because,
        "holder": wish.holder,
    }
    facts |= {"quiet": True} if quiet else {}
    notices = [Notice(say=Say.card_note, facts=facts)]
    if wish.kind == "vacancy":
        notices += [Notice(say=Say.card), Notice(say=Say.summary)]
    owe(session, Outcome(case=case, notices=tuple(notices)), desk)
