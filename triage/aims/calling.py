"""Who is reminded of what waits on an entry of the management system, step by step, asked anew each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, assert_never

from triage.aims import supplied
from triage.aims.decide import check_may_act
from triage.aims.entry import Entry, named_in
from triage.aims.errands import Errand, errand, looked_at, moved_by_whom_it_names
from triage.aims.kinds import OF_FIELD, RULE, Act
from triage.aims.standing import approvers, leading
from triage.desk import Desk
from triage.ladders import To, steps_of_entry
from triage.outcome import Refused
from triage.settling import LEAD

Because = Literal["own", "deputy", "manager", "lead", "nobody"]


class Call(NamedTuple):
    """`people` are written to; `holder` answers for it, "" where that is whoever holds a role."""

    errand: Errand
    people: tuple[str, ...]
    because: Because
    holder: str


def called(entry: Entry, name: str, number: int, desk: Desk) -> Call | None:
    """None where it waits no more."""
    due = errand(entry, name, desk)
    if due is None or number >= len(steps_of_entry(due.kind)):
        return None
    people, because = whom(due, steps_of_entry(due.kind)[number].to, entry, desk)
    return Call(due, people, because, holder_of(due, entry, desk))


def at_step(number: int, due: Errand, entry: Entry, desk: Desk) -> datetime:
    """When it would come by itself."""
    calendar = desk.calendar(next(iter(holders(due, entry, desk)), None))
    return steps_of_entry(due.kind)[number].on(due.due, calendar, desk.now)


def after(number: int, due: Errand, entry: Entry, desk: Desk) -> datetime | None:
    """When the step after that one comes, with all the time between them, however late this one was."""
    steps = steps_of_entry(due.kind)
    if number + 1 >= len(steps):
        return None
    days = 1 if steps[number].days < 0 else steps[number + 1].days - steps[number].days
    calendar = desk.calendar(next(iter(holders(due, entry, desk)), None))
    then = calendar.day_of(desk.now) + timedelta(days=days)
    return max(at_step(number + 1, due, entry, desk), calendar.morning(then, desk.now))


def is_past(number: int, due: Errand, desk: Desk) -> bool:
    """A word before the day comes too late after it: the next step says it."""
    return steps_of_entry(due.kind)[number].days < 0 and desk.day > due.due


def holder_of(due: Errand, entry: Entry, desk: Desk) -> str:
    """The one whose move it is, also where they are gone by now; "" where that is whoever holds a role."""
    owner = entry.owner or ""
    if due.kind in ("approval", "effect", "ending", "part") or due.role:
        return ""
    if due.kind == "renewal" and owner not in _in(entry.of.proposes, desk) and not desk.staff(owner).gone:
        return ""
    return owner


def holders(due: Errand, entry: Entry, desk: Desk) -> tuple[str, ...]:
    """Whose move it is, each of whom can make it; whoever is gone is none of them."""
    return tuple(one for one in _holders(due, entry, desk) if not desk.staff(one).gone)


def _holders(due: Errand, entry: Entry, desk: Desk) -> Iterable[str]:
    match due.kind:
        case "approval":
            able = sorted(approvers(entry, desk))
            by_rule = entry.proposed is not None and entry.proposed.role == RULE
            first = leading(desk) if by_rule else _in((LEAD,), desk) if LEAD in entry.of.approvers else ()
            leads = [one for one in able if one in first]
            return leads or able
        case "effect":
            acts = looked_at(entry)
            return [one for one in _roles(acts, desk) if any(_may_act(entry, act, one, desk) for act in acts)]
        case "action":
            acts = moved_by_whom_it_names(entry)
            fields = (each for act in acts for each in act.by if each.startswith(OF_FIELD))
            return sorted(frozenset().union(*(named_in(entry, each) for each in fields))) or take_up(
                entry, desk
            )
        case "part":
            return _in(supplied.asked(entry), desk)
        case "ending":
            return _in((entry.of.keeper,), desk) or _in((LEAD,), desk)
        case "renewal":
            drafts = _in(entry.of.proposes, desk)
            if entry.owner in drafts and entry.owner:
                return (entry.owner,)
            return [one for one in _in((LEAD,), desk) if one in drafts]
        case "measure" | "acceptance":
            return (entry.owner,) if entry.owner else _in((LEAD,), desk)
        case "acknowledge" | "train":
            return ()  # it is of one person, and hangs on no entry (store/acknowledging.py, store/training.py)
        case "milestone" | "stage" | "next":
            return _in((due.role,), desk) or _in((LEAD,), desk)
        case _:
            assert_never(due.kind)


def take_up(entry: Entry, desk: Desk) -> tuple[str, ...]:
    """Who goes on with what names nobody: whoever confirmed it, else whoever leads, else all who can."""
    acts = moved_by_whom_it_names(entry)
    yeses = entry.in_force.yeses if entry.in_force is not None else ()
    for people in ([each.by for each in yeses], _in((LEAD,), desk), _roles(acts, desk)):
        able = (one for one in people if not desk.staff(one).gone)
        found = tuple(one for one in able if any(_may_act(entry, act, one, desk) for act in acts))
        if found:
            return found
    return ()


def _roles(acts: Iterable[Act], desk: Desk) -> tuple[str, ...]:
    return _in([role for act in acts for role in act.by], desk)


def _may_act(entry: Entry, act: Act, person: str, desk: Desk) -> bool:
    try:
        return bool(check_may_act(entry, act, person, desk))
    except Refused:
        return False


def _in(roles: Iterable[str], desk: Desk) -> tuple[str, ...]:
    return tuple(sorted({one for role in roles for one in desk.roles.get(role, ())}))


def whom(due: Errand, to: To, entry: Entry, desk: Desk) -> tuple[tuple[str, ...], Because]:
    """The first who can be reached, the nearest first."""
    own = set(holders(due, entry, desk))
    for because, people in _rungs(due, to, entry, desk):
        there = tuple(one for one in people if one and not desk.staff(one).gone and not desk.away(one))
        if there:
            return there, "own" if own.issuperset(there) else because
    return (), "nobody"


def _rungs(due: Errand, to: To, entry: Entry, desk: Desk) -> Iterator[tuple[Because, tuple[str, ...]]]:
    own, owner = holders(due, entry, desk), holder_of(due, entry, desk)
    if to == "keeper":
        yield "own", own
    if owner and to == "keeper":
        yield "deputy", (desk.stands_in(owner) or "",)
    if owner and to == "deputy":
        yield "deputy", (desk.staff(owner).deputy or "",)
        yield "manager", (desk.staff(owner).manager or "",)
    yield "lead", _in((LEAD,), desk)
