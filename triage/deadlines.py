"""What a deadline calls for: a reminder at half of it, and at its end somebody named is told. Nothing here sends.

Each is asked once more at the moment of sending: what is decided, asked back or passed on since calls for nothing, or
for somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from triage.assigning import has_it, held_seats, is_taken
from triage.case import Assignment, Case
from triage.desk import Desk
from triage.lifecycle import WAITING
from triage.seats import deciding_people
from triage.settling import LEAD
from triage.standing import calendar_of, days_to_decide

Kind = Literal["reminder", "escalation", "vacancy"]
Because = Literal["holder", "deputy", "manager", "lead", "deciders"]


class Nudge(NamedTuple):
    """`people` are told directly, and why it is they; nobody where those who decide are told below the card.

    `holder`: who has it, or had it until their account was closed.
    """

    kind: Kind
    people: tuple[str, ...]
    because: Because
    holder: str = ""


def steps(case: Case, desk: Desk) -> dict[Kind, datetime]:
    """When each falls due; nothing while nobody has to decide, or the clock stands."""
    if not _runs(case) or case.due_at is None:
        return {}
    half = calendar_of(case, desk).half_left(case.due_at, days_to_decide(case))
    return {"reminder": half, "escalation": case.due_at}


def nudge(case: Case, kind: Kind, desk: Desk) -> Nudge | None:
    """Whom it is for as things stand now; None where there is nothing to say any more."""
    if case.status not in WAITING:
        return None
    if kind == "vacancy":
        return _vacancy(case, desk)
    if case.due_at is None or not _runs(case) or (kind == "escalation") != (desk.now >= case.due_at):
        return None
    return _reminder(case, desk) if kind == "reminder" else _escalation(case, desk)


def _runs(case: Case) -> bool:
    return case.status in WAITING and case.inquiry is None and case.verdict is not None


def _reminder(case: Case, desk: Desk) -> Nudge:
    """Of somebody away their deputy is reminded, if that one may decide; else those who may."""
    holder = _holder(case, desk)
    if there := _holders_there(case, desk):
        return Nudge("reminder", there, "holder", holder)
    deputy = desk.stands_in(holder) if holder else None
    if deputy in deciding_people(case, desk):
        return Nudge("reminder", (str(deputy),), "deputy", holder)
    return Nudge("reminder", (), "deciders", holder)


def _holders_there(case: Case, desk: Desk) -> tuple[str, ...]:
    """Of each seat; nobody where one has no holder, or one who is away: then it is said below the card."""
    if not is_taken(case, desk):
        return ()
    people = tuple(dict.fromkeys(each.person for each in held_seats(case, desk).values()))
    return () if any(desk.away(each) or desk.staff(each).gone for each in people) else people


def _escalation(case: Case, desk: Desk) -> Nudge:
    holder = _holder(case, desk)
    for because, people in _next(case, holder, desk):
        if people:
            return Nudge("escalation", people, because, holder)
    return Nudge("escalation", (), "deciders", holder)


def _next(case: Case, holder: str, desk: Desk) -> Iterator[tuple[Because, tuple[str, ...]]]:
    """Who is named for it, the nearest first; a confidential request stays among those who know of it."""
    open_ = not case.confidential
    deputy = desk.stands_in(holder) if holder else None
    manager = desk.staff(holder).manager if holder else None
    if deputy and (open_ or deputy in deciding_people(case, desk)):
        yield "deputy", _able(case, (deputy,), desk)
    if manager and open_:
        yield "manager", _able(case, (manager,), desk)
    yield "lead", _able(case, tuple(sorted(desk.roles.get(LEAD, ()))), desk)


def _vacancy(case: Case, desk: Desk) -> Nudge | None:
    """Whoever was given it last has no account any more."""
    last = last_given(case)
    if last is None or not desk.staff(last.person).gone:
        return None
    deputy = desk.stands_in(last.person)
    if deputy in deciding_people(case, desk):
        return Nudge("vacancy", (str(deputy),), "deputy", last.person)
    leads = _able(case, tuple(sorted(desk.roles.get(LEAD, ()))), desk)
    return Nudge("vacancy", leads, "lead" if leads else "deciders", last.person)


def last_given(case: Case) -> Assignment | None:
    return next((each for each in reversed(case.assignments) if each.kind != "recused"), None)


def _holder(case: Case, desk: Desk) -> str:
    held = has_it(case, desk)
    return held.person if held is not None and not desk.staff(held.person).gone else ""


def _able(case: Case, people: tuple[str, ...], desk: Desk) -> tuple[str, ...]:
    """Without whom it concerns themselves, and who is away or gone."""
    own = [person for person in (case.requester, case.owner, *case.recused) if person is not None]
    return tuple(
        each
        for each in people
        if not (desk.staff(each).gone or desk.away(each) or any(desk.same(each, one) for one in own))
    )
