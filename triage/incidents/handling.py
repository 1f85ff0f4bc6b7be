"""What comes in and is looked into: the report, what is answered about it, which use it is, what was done at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from intake.answers import Answer
from triage.case import Case, Status
from triage.desk import Desk
from triage.incidents.asked import problem
from triage.incidents.clocks import clocks_of
from triage.incidents.exposure import holds_now
from triage.incidents.incident import Incident
from triage.incidents.outcome import About, Ruled, Tell
from triage.incidents.permissions import (
    HANDLERS,
    check_handles,
    check_impartial,
    check_in_role,
    check_involved,
    check_no_part,
    check_open,
    classifier,
    owns,
    role_among,
    who_acts,
)
from triage.incidents.rulebook import book
from triage.incidents.severity import severity_of
from triage.incidents.steps import check_not_ahead, given, moment, needed, ruled, step_of
from triage.incidents.wishes import (
    Assess,
    Classify,
    Contain,
    NameUse,
    Note,
    Report,
    Suspend,
    TakeUp,
)
from triage.onward import SuspendUse
from triage.outcome import Facts, Refused
from triage.suspending import check_may_suspend

LONG_AGO = timedelta(days=3650)


def report(command: Report, case: Case | None, desk: Desk) -> Ruled:
    needed(command.words or command.message)
    _check_answers(command.answers)
    if command.occurred is not None and command.occurred > desk.day + timedelta(days=1):
        raise Refused("not_yet")
    detail: Facts = {
        "kind": command.kind.value,
        "use": _use(command.use, case),
        "occurred": command.occurred.isoformat() if command.occurred else "",
        **given(command.answers),
    }
    texts = {"words": command.words, "message": command.message, "link": command.link}
    begun = Incident(id=command.incident, confidential=case is not None and case.confidential)
    step = step_of(command, desk, role="", detail=detail, texts=texts)
    told = [Tell(about=About.received, to=command.actor)] if command.actor else []
    return ruled(begun, step, *told, *_to_owner(command.actor, case, step.id, desk))


def _use(named: str, case: Case | None) -> str:
    if not named:
        return ""
    if case is None or case.id != named or case.status is Status.draft:
        raise Refused("unknown_use_here")
    return named


def _to_owner(actor: str, case: Case | None, step: str, desk: Desk) -> list[Tell]:
    """Whoever answers for the use hears of it, unless it was they who said so."""
    owner = case.owner if case is not None else None
    if owner is None or (actor and desk.same(owner, actor)):
        return []
    return [Tell(about=About.owner, to=owner, step=step)]


def _check_answers(answers: Mapping[str, Answer]) -> None:
    for question, answer in answers.items():
        if found := problem(question, answer):
            raise Refused("answer_unfit", problem=found, question=question)


def take_up(incident: Incident, command: TakeUp, case: Case | None, desk: Desk) -> Ruled:
    role = check_handles(command.actor, desk)
    check_open(incident)
    return ruled(incident, step_of(command, desk, role=role))


def assess(incident: Incident, command: Assess, case: Case | None, desk: Desk) -> Ruled:
    """What is less severe by it than it was needs a second person, who says why."""
    role = check_handles(command.actor, desk)
    check_open(incident)
    _check_answers(command.answers)
    check_not_ahead(command.aware_at, desk)
    if not command.answers and command.aware_at is None:
        raise Refused("words_needed")
    detail = {**given(command.answers), "aware_at": moment(command.aware_at)}
    step = step_of(command, desk, role=role, detail=detail, texts={"reason": command.reason})
    after = _held(incident, ruled(incident, step), desk)
    if makes_less(incident, after.incident):
        _check_may_lower(incident, command, case, desk)
    elif excludes(incident, after.incident, case, desk):
        check_no_part(command.actor, case, desk)
    return after


def _held(before: Incident, after: Ruled, desk: Desk) -> Ruled:
    """Legal hears of what is held from now on."""
    if not (found := holds_now(before, after.incident)):
        return after
    told = (Tell(about=About.held, to=each) for each in who_acts("legal", desk))
    return after.model_copy(update={"holds": found, "tells": (*after.tells, *told)})


def makes_less(before: Incident, after: Incident) -> bool:
    """Less severe than was certain, or later known than was said: each takes time or care away."""
    was, now = severity_of(before), severity_of(after)
    known, since = before.now.aware_at, after.now.aware_at
    later = known is not None and since is not None and since > known
    return later or not book().at_least(now.floor, was.floor)


def excludes(before: Incident, after: Incident, case: Case | None, desk: Desk) -> bool:
    """Whether something may not be that severe any more, a clock runs no more, or nobody outside waits for an answer:
    nobody says that of their own use."""
    if before.now.owes_answer and not after.now.owes_answer:
        return True
    was, now = ({each.clock.id for each in clocks_of(one, case, desk)} for one in (before, after))
    return not was <= now or not book().at_least(severity_of(after).ceiling, severity_of(before).ceiling)


def _check_may_lower(incident: Incident, command: Assess, case: Case | None, desk: Desk) -> None:
    last = incident.now.assessed_by or incident.now.reporter
    if last and desk.same(last, command.actor):
        raise Refused("lower_second")
    check_no_part(command.actor, case, desk)
    needed(command.reason, "lower_reason")


def name_use(incident: Incident, command: NameUse, case: Case | None, desk: Desk) -> Ruled:
    role = check_handles(command.actor, desk)
    check_open(incident)
    if not command.use:
        raise Refused("unknown_use_here")
    detail: Facts = {"use": _use(command.use, case)}
    step = step_of(command, desk, role=role, detail=detail, texts={"version": command.version})
    about = incident.model_copy(
        update={"confidential": incident.confidential or (case is not None and case.confidential)}
    )
    return ruled(about, step, *_to_owner(command.actor, case, step.id, desk))


def classify(incident: Incident, command: Classify, case: Case | None, desk: Desk) -> Ruled:
    """The law's classes are for those to say who answer for that law; a no needs its reason."""
    role = check_in_role(command.actor, (classifier(command.what),), desk)
    check_open(incident)
    if command.value == "no":
        check_impartial(incident, command.actor, case, desk)
        needed(command.reason, "why_needed")
    detail: Facts = {"what": command.what, "value": command.value}
    return ruled(incident, step_of(command, desk, role=role, detail=detail, texts={"reason": command.reason}))


def contain(incident: Incident, command: Contain, case: Case | None, desk: Desk) -> Ruled:
    role = role_among(command.actor, HANDLERS, desk)
    if not role and not owns(incident, command.actor, case, desk):
        check_handles(command.actor, desk)
    check_open(incident)
    step = step_of(
        command,
        desk,
        role=role or "owner",
        detail={"how": command.how},
        texts={"words": needed(command.words)},
    )
    return ruled(incident, step)


def suspend(incident: Incident, command: Suspend, case: Case | None, desk: Desk) -> Ruled:
    """One decision: noted here, and carried out on the use by its own rules in the same moment."""
    check_open(incident)
    if case is None:
        raise Refused("no_use_to_suspend")
    role = check_may_suspend(case, command.actor, desk)
    reason = needed(command.reason, "why_needed")
    step = step_of(command, desk, role=role, detail={"use": case.id}, texts={"reason": reason})
    wish = SuspendUse(actor=command.actor, key=f"{command.key}:use", case=case.id, incident=incident.ref)
    return ruled(incident, step).model_copy(update={"wishes": (wish,)})


def note(incident: Incident, command: Note, case: Case | None, desk: Desk) -> Ruled:
    role = check_involved(incident, command.actor, case, desk)
    check_open(incident)
    needed(command.words or command.message)
    texts = {"words": command.words, "message": command.message, "link": command.link}
    return ruled(incident, step_of(command, desk, role=role, texts=texts))
