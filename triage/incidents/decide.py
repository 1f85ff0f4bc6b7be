"""One door into what may be done with an incident: the incident and a wish in, what follows out; pure."""

from __future__ import annotations

from typing import assert_never

from triage.aims.access import check_no_visitor
from triage.case import Case
from triage.desk import Desk
from triage.incidents import ending, handling, mending, relay
from triage.incidents.incident import Incident
from triage.incidents.outcome import Ruled
from triage.incidents.wishes import (
    AddAction,
    AskBack,
    Assess,
    CheckAction,
    Classify,
    Close,
    Contain,
    DoAction,
    NameUse,
    Note,
    NotedTold,
    OfIncidents,
    RecordCause,
    Reject,
    Reopen,
    Report,
    SettleClock,
    Suspend,
    TakeUp,
    WriteOn,
)
from triage.outcome import Refused


def decide(incident: Incident | None, command: OfIncidents, case: Case | None, desk: Desk) -> Ruled:
    """`case`: the use that it is about, or that is named now. Raises Refused with the sentence for the person."""
    check_no_visitor(command.actor, desk)
    if isinstance(command, Report):
        return handling.report(command, case, desk)
    if incident is None:
        raise Refused("unknown_incident")
    match command:
        case TakeUp():
            return handling.take_up(incident, command, case, desk)
        case Assess():
            return handling.assess(incident, command, case, desk)
        case NameUse():
            return handling.name_use(incident, command, case, desk)
        case Classify():
            return handling.classify(incident, command, case, desk)
        case Contain():
            return handling.contain(incident, command, case, desk)
        case Suspend():
            return handling.suspend(incident, command, case, desk)
        case Note():
            return handling.note(incident, command, case, desk)
        case SettleClock():
            return ending.settle_clock(incident, command, case, desk)
        case RecordCause():
            return mending.cause(incident, command, case, desk)
        case AddAction():
            return mending.add(incident, command, case, desk)
        case DoAction():
            return mending.do(incident, command, case, desk)
        case CheckAction():
            return mending.check(incident, command, case, desk)
        case NotedTold():
            return ending.noted_told(incident, command, case, desk)
        case Close():
            return ending.close(incident, command, case, desk)
        case Reopen():
            return ending.reopen(incident, command, case, desk)
        case Reject():
            return ending.reject(incident, command, case, desk)
        case AskBack():
            return relay.ask_back(incident, command, desk)
        case WriteOn():
            return relay.write_on(incident, command, desk)
        case _:
            assert_never(command)
