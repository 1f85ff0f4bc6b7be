"""Who takes a part in a use that runs: the owner names them, and they say yes or no themselves."""

from __future__ import annotations

from triage import claiming
from triage.advancing import check_keeps
from triage.appointed import check_may_be
from triage.attaching import LONGEST
from triage.case import Case, Status
from triage.desk import Desk
from triage.enough import is_enough
from triage.onward import AcceptPart, Appoint, RefusePart
from triage.orphans import is_free
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.parts import NAMED, OWNER, asked, chosen
from triage.review import has_recused
from triage.stages import Appointment
from triage.tasks import UNMOVED, tasks_of
from triage.telling import told_running
from triage.whereabouts import keeper


def appoint(case: Case, command: Appoint, desk: Desk) -> Outcome:
    check_keeps(case, command.actor)
    part = command.task
    if part not in NAMED or case.status in UNMOVED or part not in {t.task for t in tasks_of(case)}:
        raise Refused("task_gone", case=case.id)
    person = command.person
    if not person:
        raise Refused("nobody_named", case=case.id)
    check_may_be(case, part, person, desk)
    known = [each.person for each in (asked(case, part), chosen(case, part)) if each is not None]
    if known and known[0] == person:
        raise Refused("named_already", case=case.id)
    if has_recused(case, person, desk):
        raise Refused("part_recused", case=case.id)  # they would read again what they stepped aside from
    named = (a.at for a in case.appointments if (a.kind, a.person) == ("named", person))
    if is_enough(named, desk):
        raise Refused("enough_today", case=case.id)
    made = Appointment(id=command.key, task=part, kind="named", person=person, by=command.actor, at=desk.now)
    facts: Facts = {"about": "named", "appointment": made.id}
    return _said(case, made, told_running(case, facts, {person}))


def accept(case: Case, command: AcceptPart, desk: Desk) -> Outcome:
    """What has changed since they were named counts as well."""
    named = _named(case, command.appointment, command.actor)
    if named.task == OWNER and command.actor != keeper(case) and is_free(case, desk):
        return claiming.accepted(case, command, named, desk)
    waiting = asked(case, named.task)
    if waiting is None or waiting.id != named.id:
        held = chosen(case, named.task)
        raise Refused("part_accepted" if held and held.of == named.id else "part_over", case=case.id)
    check_may_be(case, named.task, command.actor, desk)
    return _said(
        case, _answer(named, "accepted", command, desk), _to_keeper(case, named, "accepted", command)
    )


def refuse(case: Case, command: RefusePart, desk: Desk) -> Outcome:
    named = _named(case, command.appointment, command.actor)
    waiting, held = asked(case, named.task), chosen(case, named.task)
    if not any(each and named.id in (each.id, each.of) for each in (waiting, held)):
        raise Refused("part_over", case=case.id)
    words = command.reason.strip()[:LONGEST]
    if not words:
        raise Refused("reason_needed", case=case.id)
    made = _answer(named, "refused", command, desk, words=words)
    return _said(case, made, _to_keeper(case, named, "refused", command))


def _named(case: Case, id: str, actor: str) -> Appointment:
    """Somebody else reads that nobody has asked them, whether there is such a naming or not."""
    if case.status is Status.draft and actor != case.requester:
        raise Refused("unknown_case", case=case.id)
    found = next((a for a in case.appointments if a.id == id and a.kind == "named"), None)
    if found is None or found.person != actor:
        raise Refused("not_asked_of_you", case=case.id)
    if case.status in UNMOVED:
        raise Refused("part_over", case=case.id)
    return found


def _answer(
    named: Appointment, kind: str, command: AcceptPart | RefusePart, desk: Desk, *, words: str = ""
) -> Appointment:
    given = {"id": command.key, "task": named.task, "kind": kind, "person": named.person}
    given |= {"by": command.actor, "of": named.id, "words": words}
    return Appointment.model_validate(given | {"at": desk.now})


def _to_keeper(
    case: Case, named: Appointment, about: str, command: AcceptPart | RefusePart
) -> tuple[Notice, ...]:
    """Of an owner who says no, whoever asked for the use and those who decided hear."""
    facts: Facts = {"about": about, "step": command.key}
    if named.task != OWNER:
        return told_running(case, facts, {keeper(case)} - {command.actor})
    if about == "accepted":
        return ()
    note: Facts = {"about": "owner_refused", "step": command.key}
    return (
        *told_running(case, facts, {case.requester} - {command.actor}),
        Notice(say=Say.card_note, facts=note),
    )


def _said(case: Case, made: Appointment, notices: tuple[Notice, ...]) -> Outcome:
    detail: Facts = {"part": made.task, "person": made.person, "appointment": made.of or made.id}
    texts = {"words": made.words} if made.words else {}
    return Outcome(
        case=case.model_copy(update={"appointments": (*case.appointments, made)}),
        happened=(Happened(what=f"part.{made.kind}", detail=detail, texts=texts),),
        notices=(*notices, Notice(say=Say.summary)),
    )
