"""Who has a request among those who may decide it: taken, passed on, or stepped aside from.

It says who looks at it, and binds nobody: whoever may decide can, so that nothing waits for somebody who is away.
"""

from __future__ import annotations

from typing import Literal

from triage.case import Assignment, Case, Status
from triage.commands import PassOn, Recuse, Take
from triage.deputies import in_place_of
from triage.desk import Desk
from triage.lifecycle import WAITING, check_move
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.review import check_may_decide, check_seen
from triage.seats import able, deciding_people, open_seats, seats, stands_for
from triage.standing import due_for, placed

Kind = Literal["taken", "passed_on", "recused"]


def has_it(case: Case, desk: Desk) -> Assignment | None:
    """Who was given it last, whichever seat they fill.

    Nobody where whoever took it stepped aside since, may not decide any more, or it was decided in between.
    """
    given = _given(case)
    if not given or case.status not in WAITING:
        return None
    return given[-1] if given[-1].person in deciding_people(case, desk) else None


def _given(case: Case) -> list[Assignment]:
    since = case.decision.at if case.decision else case.created_at
    return [each for each in case.assignments if each.kind != "recused" and each.at >= since]


def held_seats(case: Case, desk: Desk) -> dict[str, Assignment]:
    """Who has each seat that waits now, by its role: of those who fill it whoever was given the request last."""
    found: dict[str, Assignment] = {}
    given = _given(case) if case.status in WAITING else []
    beside = len(seats(case)) > 1
    for seat in open_seats(case, desk) if given else ():
        theirs = able(seat, case, desk)
        fill = [a for a in given if not beside or a.person in theirs or desk.decides(a.person, seat.role)]
        if fill and fill[-1].person in theirs:
            found[seat.role] = fill[-1]
    return found


def is_taken(case: Case, desk: Desk) -> bool:
    """Whether somebody has each seat that waits now."""
    return len(held_seats(case, desk)) == len(open_seats(case, desk))


def had_beside(case: Case, person: str, desk: Desk) -> tuple[Assignment, ...]:
    """Who has the seats that this person can fill, too; of one that waits for a later step, whoever has the request."""
    mine = [seat.role for seat in open_seats(case, desk) if person in able(seat, case, desk)]
    held = held_seats(case, desk)
    if mine:
        return tuple(held[seat] for seat in mine if seat in held)
    last = has_it(case, desk)
    return (last,) if last else ()


def _has_all(case: Case, person: str, desk: Desk) -> bool:
    """Whether there is nothing left that they could take."""
    mine = sum(person in able(seat, case, desk) for seat in open_seats(case, desk))
    had = [each.person for each in had_beside(case, person, desk)]
    return len(had) >= max(mine, 1) and all(desk.same(one, person) for one in had)


def _former(case: Case, person: str, desk: Desk) -> Assignment | None:
    """Who has it until now and is told that somebody else takes it over."""
    had = had_beside(case, person, desk)
    return next((each for each in had if not desk.same(each.person, person)), None)


def take(case: Case, command: Take, desk: Desk) -> Outcome:
    """Also from somebody else who has the same seat, and is told; a second press changes nothing."""
    role = check_may(case, command.actor, desk)
    if _has_all(case, command.actor, desk):
        return Outcome(case=case)
    former = _former(case, command.actor, desk)
    return _assigned(case, "taken", command, command.actor, desk, role, former=former)


def pass_on(case: Case, command: PassOn, desk: Desk) -> Outcome:
    role = check_may(case, command.actor, desk)
    check_seen(case, command.version)
    if command.person not in deciding_people(case, desk):
        raise Refused("cannot_take", case=case.id, whom=command.person, role=role)
    if desk.away(command.person):
        raise Refused("is_away", case=case.id)
    if _has_all(case, command.person, desk):
        raise Refused("has_it_already", case=case.id, whom=command.person)
    former = _former(case, command.person, desk)
    return _assigned(case, "passed_on", command, command.person, desk, role, former=former)


def recuse(case: Case, command: Recuse, desk: Desk) -> Outcome:
    """It cannot be taken back: whoever had an interest once decides nothing here. Others see at once who is left."""
    role = check_may(case, command.actor, desk)
    check_seen(case, command.version)
    outcome = _assigned(
        case, "recused", command, command.actor, desk, role, former=None, reason=command.reason
    )
    if not any(command.actor in [s.person for s in d.signatures] for d in case.decisions if d.basis):
        return outcome
    judged, moved = placed(outcome.case, desk)  # a signature of theirs under an exception counts no more
    return outcome.model_copy(update={"case": judged, "happened": (*outcome.happened, *moved)})


def check_may(case: Case, actor: str, desk: Desk) -> str:
    """As for a decision; what is decided has nobody any more."""
    role = check_may_decide(case, actor, desk)
    if case.status not in WAITING:
        check_move(case, Status.declined)
        raise Refused("not_now", case=case.id)
    return role


def _assigned(
    case: Case,
    kind: Kind,
    command: Take | PassOn | Recuse,
    person: str,
    desk: Desk,
    role: str,
    *,
    former: Assignment | None,
    reason: str = "",
) -> Outcome:
    made = Assignment(id=command.key, kind=kind, person=person, by=command.actor, at=desk.now, reason=reason)
    facts: Facts = {"about": kind, "person": person, "by": command.actor}
    if former is not None and former.person != command.actor:
        facts["former"] = former.person
    detail: Facts = {"role": role, "person": person, "assignment": made.id}
    detail |= in_place_of(stands_for(case, command.actor, role, desk))
    given = case.model_copy(update={"assignments": (*case.assignments, made)})
    due = due_for(given, desk) if kind != "recused" else case.due_at
    return Outcome(
        case=given.model_copy(update={"due_at": due}),
        happened=(Happened(what=f"case.{kind}", detail=detail, texts={"reason": reason} if reason else {}),),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts=facts),
            Notice(say=Say.summary),
        ),
    )
