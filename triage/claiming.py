"""Somebody answers for a use that nobody answered for, or says that it is not theirs, or that it is used no more.

Nothing here decides about a use: whoever takes it over has a part in it, and so never says yes to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from intake.answers import NOT_ASKED, answered
from triage import advancing, changing
from triage.attaching import LONGEST
from triage.case import Case, Status
from triage.claims import NameOwner, NotOurs, NotUsed, OfClaims, TakeOver
from triage.confidential import told_of_it
from triage.covering import Effect
from triage.desk import Desk
from triage.enough import is_enough
from triage.interview import judged, learn, said
from triage.lifecycle import check_move
from triage.onward import AcceptPart, MoveOn
from triage.orphans import is_free, is_unnamed
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.parties import said_yes
from triage.parts import OWNER, asked
from triage.reopening import opened, reopened
from triage.settling import LEAD
from triage.stages import Appointment, Stage
from triage.telling import errand_of, told_running
from triage.whereabouts import keeper, stage_of


def carried_out(case: Case, command: OfClaims, desk: Desk) -> Outcome:
    match command:
        case TakeOver():
            check_may_take_over(case, command.actor, desk)
            return _taken(case, command.actor, command.key, desk, how="pressed")
        case NameOwner():
            return _name(case, command, desk)
        case NotOurs():
            return _not_ours(case, command, desk)
        case NotUsed():
            return _not_used(case, command, desk)
        case _:
            assert_never(command)


def check_may_take_over(case: Case, actor: str, desk: Desk) -> None:
    """Of two who press at once, the second reads who has it."""
    _check_free(case, actor, desk)
    _check_may_own(case, actor, desk, own=True)


def check_may_name(case: Case, actor: str, desk: Desk) -> None:
    _check_free(case, actor, desk)
    if not desk.holds(actor, LEAD):
        raise Refused("not_yours_to_name", case=case.id, role=LEAD)


def _check_free(case: Case, actor: str, desk: Desk) -> None:
    if (case.status is Status.draft and actor != case.requester) or not _reads(case, actor, desk):
        raise Refused("unknown_case", case=case.id)
    if case.owner and desk.same(case.owner, actor) and not desk.staff(actor).gone:
        raise Refused("owned_already", case=case.id)
    if is_free(case, desk):
        return
    if is_unnamed(case):
        raise Refused("in_amnesty", case=case.id)
    if case.status is Status.disclosed or case.decisions:
        raise Refused("has_an_owner", case=case.id, whom=keeper(case))
    raise Refused("not_now", case=case.id)


def _reads(case: Case, actor: str, desk: Desk) -> bool:
    return not case.confidential or actor in (case.requester, case.owner) or actor in told_of_it(case, desk)


def _check_may_own(case: Case, person: str, desk: Desk, *, own: bool) -> None:
    if desk.staff(person).gone:
        raise Refused("part_gone", case=case.id)
    if any(desk.same(person, one) for one in said_yes(case)):
        raise Refused("signed_it" if own else "owner_signed", case=case.id)


def accepted(case: Case, command: AcceptPart, named: Appointment, desk: Desk) -> Outcome:
    """Whom somebody who leads has named."""
    waiting = asked(case, OWNER)
    if waiting is None or waiting.id != named.id:
        raise Refused("part_over", case=case.id)
    _check_free(case, command.actor, desk)
    _check_may_own(case, command.actor, desk, own=True)
    return _taken(case, command.actor, command.key, desk, how="named", named=named)


def _taken(
    case: Case, person: str, key: str, desk: Desk, *, how: str, named: Appointment | None = None
) -> Outcome:
    """They own it, as after every change of owner; what the rules say of it today is said on the way."""
    answer = answered(person)
    after = judged(learn(case, "owner", answer, person, desk), desk)
    detail: Facts = {"person": person, "former": keeper(case), "how": how}
    lines = [Happened(what="owner.taken_over", detail=detail), said("answer.changed", "owner", answer)]
    notices: list[Notice] = []
    steps = _steps(case, person, key, desk, named)
    after = after.model_copy(update={"appointments": (*case.appointments, *steps)})
    lines += [_line(each) for each in steps]
    if case.decisions:
        facts: Facts = {"about": "taken_over", "person": person, "former": keeper(case)}
        notices = [Notice(say=Say.card), Notice(say=Say.card_note, facts=facts), *_over(case, desk)]
    if case.in_use and changing.cover_of(case, after, {"owner": answer}, desk).effect is Effect.lapses:
        lines.append(opened(case))
        after = reopened(after, desk)
    return Outcome(case=after, happened=tuple(lines), notices=tuple(notices))


def _over(case: Case, desk: Desk) -> Iterator[Notice]:
    """Whoever was asked to see to it reads that it is settled, where such a message stands."""
    name = f"owner:{keeper(case)}"
    facts: Facts = {"what": name, "because": "lead", "holder": keeper(case), "until": errand_of(name)}
    manager = desk.staff(keeper(case)).manager
    for person in sorted({*desk.roles.get(LEAD, ()), *((manager,) if manager else ())}):
        yield Notice(say=Say.overdue, to=person, facts=facts | {"over": True})


def _steps(
    case: Case, person: str, key: str, desk: Desk, named: Appointment | None
) -> tuple[Appointment, ...]:
    """That they were asked and said yes."""
    given = {"task": OWNER, "person": person, "by": person, "at": desk.now}
    first = named or Appointment.model_validate(given | {"id": f"{key}:named", "kind": "named"})
    yes = Appointment.model_validate(given | {"id": f"{key}:yes", "kind": "accepted", "of": first.id})
    return (yes,) if named else (first, yes)


def _line(step: Appointment) -> Happened:
    detail: Facts = {"part": OWNER, "person": step.person, "appointment": step.of or step.id}
    return Happened(what=f"part.{step.kind}", detail=detail)


def _name(case: Case, command: NameOwner, desk: Desk) -> Outcome:
    check_may_name(case, command.actor, desk)
    person = command.person
    if not person:
        raise Refused("nobody_named", case=case.id)
    _check_may_own(case, person, desk, own=False)
    if not _reads(case, person, desk):
        raise Refused("owner_no_reader", case=case.id)  # to be asked would tell them of it
    waiting = asked(case, OWNER)
    if waiting is not None and waiting.person == person:
        raise Refused("named_already", case=case.id)
    named = (a.at for a in case.appointments if (a.kind, a.person) == ("named", person))
    if is_enough(named, desk):
        raise Refused("enough_today", case=case.id)
    made = Appointment(id=command.key, task=OWNER, kind="named", person=person, by=command.actor, at=desk.now)
    facts: Facts = {"about": "named", "appointment": made.id}
    return Outcome(
        case=case.model_copy(update={"appointments": (*case.appointments, made)}),
        happened=(_line(made),),
        notices=told_running(case, facts, {person}),
    )


def check_may_deny(case: Case, actor: str, desk: Desk) -> None:
    _check_free(case, actor, desk)
    if case.status is not Status.disclosed:
        raise Refused("not_now", case=case.id)
    if not case.unit:
        raise Refused("no_unit", case=case.id)


def _not_ours(case: Case, command: NotOurs, desk: Desk) -> Outcome:
    """It is offered elsewhere then; nothing else becomes of it."""
    check_may_deny(case, command.actor, desk)
    if case.unit != command.asked:
        raise Refused("old_offer", case=case.id, unit=case.unit or "")  # another unit's is not theirs to deny
    after = judged(learn(case, "unit", NOT_ASKED, command.actor, desk), desk)
    detail: Facts = {"by": command.actor}
    return Outcome(
        case=after,
        happened=(Happened(what="unit.denied", detail=detail), said("answer.changed", "unit", NOT_ASKED)),
    )


def _not_used(case: Case, command: NotUsed, desk: Desk) -> Outcome:
    words = command.reason.strip()[:LONGEST]
    if case.status is Status.disclosed and case.owner == command.actor:
        pass  # they took it on and see now that it is over
    else:
        check_may_take_over(case, command.actor, desk)
    if not words:
        raise Refused("reason_needed", case=case.id)
    told = Happened(what="use.unused", detail={"was": case.status.value}, texts={"reason": words})
    if case.status is Status.disclosed:
        check_move(case, Status.retired)
        return Outcome(case=case.model_copy(update={"status": Status.retired}), happened=(told,))
    taken = _taken(case, command.actor, command.key, desk, how="to_end_it")
    if stage_of(taken.case) is Stage.retiring:
        return taken.model_copy(update={"happened": (told, *taken.happened)})
    ends = MoveOn(actor=command.actor, key=f"{command.key}:ends", case=case.id, to="retiring")
    moved = advancing.move_on(taken.case, ends, desk)
    return Outcome(
        case=moved.case,
        happened=(told, *taken.happened, *moved.happened),
        notices=(*taken.notices, *moved.notices),
    )
