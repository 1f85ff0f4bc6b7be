"""What ends: a clock, and an incident once its cause, its actions and its clocks are settled; and who was told."""

from __future__ import annotations

from triage.case import Case, Status
from triage.commands import Command, Rejudge
from triage.desk import Desk
from triage.incidents.clocks import clocks_of, waiting
from triage.incidents.incident import OVER, REPORTER, Incident, Kind
from triage.incidents.outcome import About, Ruled, Tell
from triage.incidents.permissions import (
    ENDS,
    HANDLERS,
    check_handles,
    check_impartial,
    check_in_role,
    check_no_part,
    check_open,
    part_in,
    role_among,
)
from triage.incidents.rulebook import Book, book
from triage.incidents.severity import severity_of
from triage.incidents.steps import check_not_ahead, moment, needed, ruled, step_of
from triage.incidents.wishes import Close, NotedTold, Reject, Reopen, SettleClock
from triage.interview import judged
from triage.lifecycle import FINAL
from triage.outcome import Facts, Refused
from triage.own import OWN

NEEDS_CAUSE = "medium"
"""From this level on a cause has to be known, and something done about it; below it a reason is enough."""


def settle_clock(incident: Incident, command: SettleClock, case: Case | None, desk: Desk) -> Ruled:
    running = next((e for e in clocks_of(incident, case, desk) if e.id == command.clock), None)
    if running is None:
        raise Refused("no_such_clock")
    if command.outcome == "met":
        role = check_in_role(command.actor, (running.clock.role, *HANDLERS), desk)
    else:
        role = check_in_role(command.actor, (running.clock.role, "governance_lead"), desk)
    check_open(incident)
    if running.settled is not None:
        raise Refused("clock_settled", by=running.settled.by)
    check_not_ahead(command.when, desk)
    if command.outcome == "not_applicable":
        check_no_part(command.actor, case, desk)
        needed(command.reason, "why_needed")
    at = moment(command.when or desk.now) if command.outcome == "met" else ""
    detail: Facts = {"clock": command.clock, "outcome": command.outcome, "when": at}
    return ruled(incident, step_of(command, desk, role=role, detail=detail, texts={"reason": command.reason}))


def noted_told(incident: Incident, command: NotedTold, case: Case | None, desk: Desk) -> Ruled:
    role = check_in_role(command.actor, (*HANDLERS, "vendor_manager"), desk)
    check_open(incident)
    check_not_ahead(command.when, desk)
    if command.whom == REPORTER and not incident.now.from_outside:
        raise Refused("not_from_outside")
    detail: Facts = {"whom": command.whom, "when": moment(command.when or desk.now)}
    return ruled(incident, step_of(command, desk, role=role, detail=detail, texts={"words": command.words}))


def wanting(incident: Incident, case: Case | None, desk: Desk) -> tuple[str, ...]:
    """What still stands between it and its end, by the refusal that says so."""
    now, rules = incident.now, book()
    at_least = severity_of(incident).ceiling
    found = []
    if not now.triaged:
        found.append("assess_first")
    if _is_at_least(rules, at_least, NEEDS_CAUSE) and not now.caused:
        found.append("cause_needed")
    if _is_at_least(rules, at_least, NEEDS_CAUSE) and not now.actions and now.kind is not Kind.concern:
        found.append("action_needed")
    if any(each.done_at is None for each in now.actions):
        found.append("actions_open")
    elif any(not each.settled for each in now.actions):
        found.append("actions_unchecked")
    elif now.actions and now.actions[-1].effective == "not_effective":
        found.append("action_failed")
    if now.owes_answer:
        found.append("answer_outside")
    if waiting(incident, case, desk):
        found.append("clocks_open")
    return tuple(found)


def _is_at_least(rules: Book, level: str, than: str) -> bool:
    return rules.at_least(level, than)


def lessons_needed(incident: Incident) -> bool:
    return book().at_least(severity_of(incident).ceiling, book().lessons_from)


def close(incident: Incident, command: Close, case: Case | None, desk: Desk) -> Ruled:
    """What it came to is settled; the use is judged again by what is known of it now."""
    role = check_in_role(command.actor, ENDS, desk)
    check_open(incident)
    check_impartial(incident, command.actor, case, desk)
    if still := wanting(incident, case, desk):
        raise Refused(still[0])
    if lessons_needed(incident):
        needed(command.lessons, "lessons_needed")
    detail: Facts = {"judged": _judged(case, desk), "severity": severity_of(incident).ceiling}
    step = step_of(command, desk, role=role, detail=detail, texts={"lessons": command.lessons})
    wishes: tuple[Command, ...] = ()
    if case is not None and case.status not in FINAL:
        rules = next((p.digest for p in desk.book.policies if p.name == OWN), "")
        wishes = (Rejudge(actor="", key=f"{command.key}:use", case=case.id, rules=rules),)
    return ruled(incident, step, *_to_reporter(incident, About.closed)).model_copy(update={"wishes": wishes})


def _judged(case: Case | None, desk: Desk) -> tuple[str, ...]:
    """Floor and ceiling of its tier and its legal class, as the rules find them at this moment."""
    if case is None or case.status is Status.draft:
        return ()
    verdict = judged(case, desk).verdict
    if verdict is None:
        return ()
    tier, eu = verdict.results["tier"], verdict.results["eu"]
    return (str(tier.floor), str(tier.ceiling), str(eu.floor), str(eu.ceiling))


def _to_reporter(incident: Incident, about: About) -> list[Tell]:
    return [Tell(about=about, to=incident.now.reporter)] if incident.now.reporter else []


def reopen(incident: Incident, command: Reopen, case: Case | None, desk: Desk) -> Ruled:
    role = role_among(command.actor, HANDLERS, desk)
    part = part_in(incident, command.actor, case, desk)
    if not role and part != "reporter":
        check_handles(command.actor, desk)
    if incident.status not in OVER:
        raise Refused("incident_open")
    reason = needed(command.reason, "why_needed")
    step = step_of(command, desk, role=role or part, texts={"reason": reason})
    return ruled(incident, step, *_to_reporter(incident, About.reopened))


def reject(incident: Incident, command: Reject, case: Case | None, desk: Desk) -> Ruled:
    """It is none, said with a reason by somebody whose own it is not; a clock that certainly runs does not end so."""
    role = check_in_role(command.actor, ENDS, desk)
    check_open(incident)
    check_impartial(incident, command.actor, case, desk)
    reason = needed(command.reason, "why_needed")
    if any(each.certain for each in waiting(incident, case, desk)):
        raise Refused("clocks_open")
    if incident.now.owes_answer:
        raise Refused("answer_outside")
    step = step_of(command, desk, role=role, texts={"reason": reason})
    return ruled(incident, step, *_to_reporter(incident, About.rejected))
