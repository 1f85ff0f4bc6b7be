"""Why it happened, what is done so that it does not happen again, and whether that worked."""

from __future__ import annotations

from triage.case import Case
from triage.desk import Desk
from triage.incidents.incident import Incident
from triage.incidents.outcome import About, Ruled, Tell
from triage.incidents.permissions import (
    HANDLERS,
    action_of,
    check_handles,
    check_open,
    may_be_told,
    owns,
    role_among,
)
from triage.incidents.steps import needed, ruled, step_of
from triage.incidents.wishes import CAUSES, AddAction, CheckAction, DoAction, RecordCause
from triage.outcome import Facts, Refused


def cause(incident: Incident, command: RecordCause, case: Case | None, desk: Desk) -> Ruled:
    role = role_among(command.actor, HANDLERS, desk)
    if not role and not owns(incident, command.actor, case, desk):
        check_handles(command.actor, desk)
    check_open(incident)
    kinds = tuple(each for each in CAUSES if each in command.kinds)
    step = step_of(
        command,
        desk,
        role=role or "owner",
        detail={"kinds": kinds},
        texts={"words": needed(command.words)},
    )
    return ruled(incident, step)


def add(incident: Incident, command: AddAction, case: Case | None, desk: Desk) -> Ruled:
    role = check_handles(command.actor, desk)
    check_open(incident)
    if not command.owner:
        raise Refused("words_needed")
    if command.due < desk.day:
        raise Refused("day_over")
    if incident.confidential and not may_be_told(command.owner, case, desk):
        raise Refused("reader_unclear")
    detail: Facts = {"owner": command.owner, "due": command.due.isoformat()}
    texts = {"words": needed(command.words), "success": command.success}
    step = step_of(command, desk, role=role, detail=detail, texts=texts)
    return ruled(incident, step, Tell(about=About.action, to=command.owner, step=step.id))


def do(incident: Incident, command: DoAction, case: Case | None, desk: Desk) -> Ruled:
    """By its owner, or in their place by whoever looks into it, and with what shows it."""
    action = action_of(incident, command.action)
    role = role_among(command.actor, HANDLERS, desk)
    mine = desk.same(command.actor, action.owner)
    if not role and not mine:
        check_handles(command.actor, desk)
    check_open(incident)
    if action.done_at is not None and action.effective != "not_effective":
        raise Refused("action_done")
    step = step_of(
        command,
        desk,
        role="action_owner" if mine else role,
        detail={"action": action.id},
        texts={"evidence": needed(command.evidence, "shown_by_what")},
    )
    return ruled(incident, step)


def check(incident: Incident, command: CheckAction, case: Case | None, desk: Desk) -> Ruled:
    """Whether it worked is for somebody else to say."""
    role = check_handles(command.actor, desk)
    action = action_of(incident, command.action)
    check_open(incident)
    if action.done_at is None:
        raise Refused("action_not_done")
    if action.effective:
        raise Refused("action_checked")
    if any(desk.same(command.actor, one) for one in (action.owner, action.done_by)):
        raise Refused("own_action")
    detail: Facts = {"action": action.id, "found": command.found}
    return ruled(incident, step_of(command, desk, role=role, detail=detail, texts={"words": command.words}))
