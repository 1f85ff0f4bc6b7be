"""What goes between those who look into a concern and whoever raised it without their name, both ways."""

from __future__ import annotations

from triage.desk import Desk
from triage.incidents.incident import OVER, Incident
from triage.incidents.outcome import About, Ruled, Tell
from triage.incidents.permissions import check_handles, check_open
from triage.incidents.steps import needed, ruled, step_of
from triage.incidents.wishes import AskBack, WriteOn
from triage.outcome import Refused


def ask_back(incident: Incident, command: AskBack, desk: Desk) -> Ruled:
    """It waits for whoever has the phrase; nobody can be told that it is there."""
    role = check_handles(command.actor, desk)
    check_open(incident)
    if not incident.now.anonymous:
        raise Refused("named_reporter")
    texts = {"words": needed(command.words)}
    step = step_of(command, desk, kind="note", role=role, detail={"relay": "asked"}, texts=texts)
    return ruled(incident, step)


def write_on(incident: Incident, command: WriteOn, desk: Desk) -> Ruled:
    """Of what was closed it is an objection: then it is taken up again, as a reporter with a name may do."""
    if command.actor or not incident.now.anonymous:
        raise Refused("unknown_incident")
    words = needed(command.words)
    if incident.status in OVER:
        step = step_of(command, desk, kind="reopen", detail={"relay": "wrote"}, texts={"reason": words})
    else:
        step = step_of(command, desk, kind="note", detail={"relay": "wrote"}, texts={"words": words})
    reader = who_reads(incident)
    told = [Tell(about=About.wrote_on, to=reader, step=step.id)] if reader else []
    return ruled(incident, step, *told)


def who_reads(incident: Incident) -> str:
    """Whoever sees to it, or asked last; "" while that is nobody, and then the card alone shows it."""
    asked = [each.by for each in incident.now.relayed if each.way == "asked"]
    return incident.now.coordinator or (asked[-1] if asked else "")


def unanswered(incident: Incident) -> bool:
    relayed = incident.now.relayed
    return bool(relayed) and relayed[-1].way == "asked"
