"""Who is reminded of what waits, step by step, and in which words; asked anew at the moment of sending.

What was done, handed on or ended since calls for nothing. Whoever cannot be reached is passed over, and the last step
always ends with people: those who decide, below the card.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple, assert_never

from triage import expiring, fulfilling, lasting, measuring
from triage.calendar import Calendar
from triage.case import Case
from triage.confidential import told_of_it
from triage.deputies import deputed
from triage.desk import Desk
from triage.drafts import put_aside_on
from triage.errands import Errand, errand
from triage.ladders import Step, To, steps_of
from triage.missing import asked_for
from triage.orphans import unit_place
from triage.outcome import Facts, Happened, Notice, Say
from triage.overdue import asked_to_report
from triage.parts import DEPUTY, chosen
from triage.settling import LEAD
from triage.telling import errand_of, told_running
from triage.whereabouts import keeper

PROMISED = 100
"""From this number on a step is a promise: a word again, to whoever put it off."""
OWN = ("keeper", "reporter")
ALONE = frozenset({"draft", "facts", "expiry", "pattern", "ended"})
"""What nobody else hears of, however long it waits."""
Because = Literal["own", "deputy", "manager", "unit", "lead", "deciders"]


class Call(NamedTuple):
    """`people` are written to, nobody where it stands below the card alone; `holder` answers for it."""

    people: tuple[str, ...]
    because: Because
    holder: str
    happened: Happened
    notices: tuple[Notice, ...]
    notes: tuple[Notice, ...] = ()


def moment(step: Step, due: Errand, calendar: Calendar, like: datetime) -> datetime:
    return step.on(due.due, calendar, like)


def at_step(number: int, due: Errand, case: Case, desk: Desk) -> datetime:
    """When it would come by itself."""
    return moment(steps_of(due.kind)[number], due, calendar_of(due, case, desk), desk.now)


def after(number: int, due: Errand, case: Case, desk: Desk, *, spaced: bool = True) -> datetime | None:
    """When the step after that one comes. `spaced`: with all the time between them, however late this one was."""
    steps = steps_of(due.kind)
    if number + 1 >= len(steps):
        return None
    calendar = calendar_of(due, case, desk)
    apart = timedelta(days=steps[number + 1].days - steps[number].days)
    then = moment(steps[number + 1], due, calendar, desk.now)
    if steps[number].days < 0:  # a word before the day keeps no other back
        apart = timedelta(days=1)
    return max(then, calendar.morning(calendar.day_of(desk.now) + apart, desk.now)) if spaced else then


def calendar_of(due: Errand, case: Case, desk: Desk) -> Calendar:
    return desk.calendar(holder_of(due, case, desk))


def holder_of(due: Errand, case: Case, desk: Desk) -> str:
    """Whose move it is."""
    if due.kind == "draft":
        return case.requester
    if due.kind in ("pattern", "ended"):
        return lasting.person_of(due.about)
    return (asked_to_report(case, desk) if due.kind == "report" else "") or keeper(case)


def is_past(number: int, due: Errand, desk: Desk) -> bool:
    """A word before the day comes too late after it: the next step says it."""
    return steps_of(due.kind)[number].days < 0 and desk.day > due.due


def own_step(number: int, due: Errand, desk: Desk) -> int:
    """Which step a number means: what was promised when it was put off says what its time calls for."""
    if number < PROMISED:
        return number
    steps = steps_of(due.kind)
    said = [at for at, step in enumerate(steps) if step.to in OWN and not is_past(at, due, desk)]
    day = desk.day
    return max((at for at in said if due.due + timedelta(days=steps[at].days) <= day), default=said[0])


def called(case: Case, name: str, number: int, desk: Desk) -> Call | None:
    """None where it waits no more."""
    due = errand(case, name, desk)
    if due is None:
        return None
    number = own_step(number, due, desk)
    if number >= len(steps_of(due.kind)):
        return None
    step = steps_of(due.kind)[number]
    people, because = whom(due, step.to, case, desk)
    if due.kind in ALONE and not people:
        return None
    happened, notices, notes = _said(due, step, people, because, case, desk)
    told = tuple(_counted(due, number, each, case, desk) for each in notices)
    written_to = tuple(sorted({notice.to or _there(case) for notice in told} - {""}))
    return Call(written_to, because, holder_of(due, case, desk), happened, told, notes)


def _counted(due: Errand, number: int, notice: Notice, case: Case, desk: Desk) -> Notice:
    """With what it is about, and when who hears of it next."""
    more: Facts = {
        "errand": due.name,
        "fresh": True,
    }  # said once more, it is posted anew and the older taken away
    then = after(number, due, case, desk)
    if then is not None:
        more |= {"next": then.isoformat(), "then": steps_of(due.kind)[number + 1].to}
    return notice.model_copy(update={"facts": {**notice.facts, **more}})


def whom(due: Errand, to: To, case: Case, desk: Desk) -> tuple[tuple[str, ...], Because]:
    """The first who can be reached, the nearest first."""
    for because, people in _rungs(due, to, case, desk):
        if people:
            return people, because
    return (), "unit" if to == "manager" and unit_place(case, desk) else "deciders"


def _rungs(due: Errand, to: To, case: Case, desk: Desk) -> Iterator[tuple[Because, tuple[str, ...]]]:
    holder = holder_of(due, case, desk)
    known, named, told = desk.staff(holder), chosen(case, DEPUTY), deputed(holder, desk)
    there = (holder,) if holder and not known.gone else ()
    if due.kind in ALONE:
        yield "own", there
        return
    own = to in OWN
    if own and not desk.away(holder):
        yield "own", there
    if own or to == "deputy":
        for one in (told[0] if told else "", named.person if named else "", known.deputy or ""):
            yield "deputy", _able(case, holder, (one,), desk)
    if own or to in ("deputy", "manager"):
        yield "manager", _able(case, holder, (known.manager or "",), desk)
    if to == "manager" and unit_place(case, desk) is not None:
        return
    if own:
        yield "own", there
    if to == "lead" or not there:
        yield "lead", _able(case, holder, tuple(sorted(desk.roles.get(LEAD, ()))), desk)


def _able(case: Case, holder: str, people: tuple[str, ...], desk: Desk) -> tuple[str, ...]:
    """Of a confidential use only those who read it anyway; nobody who is away, or gone, or has it already."""
    readers = {*told_of_it(case, desk), case.requester, case.owner} if case.confidential else None
    return tuple(
        one
        for one in people
        if one and one != holder and not desk.staff(one).gone and not desk.away(one)
        if readers is None or one in readers
    )


Said = tuple[Happened, tuple[Notice, ...], tuple[Notice, ...]]


def _said(due: Errand, step: Step, people: tuple[str, ...], because: Because, case: Case, desk: Desk) -> Said:
    if (due.kind, step.say) == ("report", "missed"):
        return measuring.missed(case, due.about, desk)
    return _own(due, step, case, desk) if because == "own" else _others(due, people, because, case, desk)


def _own(due: Errand, step: Step, case: Case, desk: Desk) -> Said:
    match due.kind:
        case "condition":
            return *fulfilling.reminded(case, due.about, step.say), ()
        case "report":
            return *measuring.asked(case, due.about, step.say, desk), ()
        case "review":
            line = Happened(what="review.reminded", detail={"review": due.about})
            return line, (asked_again(due, case, keeper(case)),), ()
        case "draft":
            notice = asked_again(due, case, case.requester)
            on = put_aside_on(case, desk).isoformat()
            told = notice.model_copy(update={"facts": {**notice.facts, "put_aside_on": on}})
            return Happened(what="draft.reminded", detail={"on": on}), (told,), ()
        case "facts":
            line = Happened(what="facts.asked", detail={"count": len(asked_for(case, desk))})
            return line, (asked_again(due, case, keeper(case)),), ()
        case "expiry":
            return expiring.told(case), (asked_again(due, case, keeper(case)),), ()
        case "pattern" | "ended":
            person, card = lasting.person_of(due.about), Notice(say=Say.card)  # it offers the renewal
            return lasting.told(case, due.about, due.kind), (asked_again(due, case, person),), (card,)
        case "reading" | "owner":
            raise ValueError("nobody reads what they said themselves, or takes over what they left")
        case "tasks":
            line = Happened(what="tasks.reminded", detail={"due": due.about})
            return line, told_running(case, {"about": "called", "fresh": True}, {keeper(case)}), ()
        case _:
            assert_never(due.kind)


def asked_again(due: Errand, case: Case, person: str) -> Notice:
    """Of a review, to whoever it waits for; found again under its name once that is over."""
    facts: Facts = {"what": due.name, "because": "own", "holder": person, "until": errand_of(due.name)}
    return Notice(say=Say.overdue, to="" if person == _there(case) else person, facts=facts)


def _others(due: Errand, people: tuple[str, ...], because: Because, case: Case, desk: Desk) -> Said:
    """Whoever stands beside the one whose move it is, or those who decide, below the card."""
    facts: Facts = {"what": due.name, "because": because, "holder": holder_of(due, case, desk)}
    if due.kind == "owner":
        facts |= {"until": errand_of(due.name)}  # found again once somebody has taken it over
    detail: Facts = {"errand": due.name, "because": because, "people": people}
    notices = tuple(Notice(say=Say.overdue, to=each, facts=facts) for each in people)
    note = (
        ()
        if people or because == "unit"
        else (Notice(say=Say.card_note, facts=facts | {"about": "overdue"}),)
    )
    return Happened(what="errand.escalated", detail=detail), notices, note


def _there(case: Case) -> str:
    return case.talk.person if case.talk else ""
