"""What follows from what somebody tells of AI in use: a disclosed use of theirs, with the facts that they gave.

In an amnesty the use bears the tool and nothing that says whose it is. What it was told with is kept beside the
register until the amnesty is over (store/campaigns.py); only then does whoever told of it answer for it.
"""

from __future__ import annotations

from intake.answers import Answer, answered
from triage.case import Case, Fact, Source, Status
from triage.desk import Desk
from triage.disclosures import AMNESTY, FollowUp, OfDisclosures, TellUse
from triage.interview import judged, learn
from triage.orphans import is_unnamed
from triage.outcome import Facts, Happened, Outcome, Refused
from triage.submission import TITLE_LENGTH, default_title

MAP = "campaign"
"""Where such uses come from, as inventories have their maps."""
ID_LENGTH = 12


def carried_out(case: Case | None, command: OfDisclosures, desk: Desk) -> Outcome:
    if isinstance(command, FollowUp):
        return follow_up(case, command, desk)
    return tell(case, command, desk)


def tell(known: Case | None, command: TellUse, desk: Desk) -> Outcome:
    if known is not None:
        raise Refused("unknown_case", case=command.case)
    person = "" if command.via == AMNESTY else command.actor
    case = Case(
        id=command.case,
        requester=person,
        created_at=desk.now,
        status=Status.disclosed,
        discovered_via=command.via,
        source_map=MAP,
        source_id=command.case[:ID_LENGTH],
    )
    case = _told(case, "tool", answered(command.tool_id or command.tool_name), person, desk)
    case = case.model_copy(update={"tool_id": command.tool_id, "tool_name": command.tool_name})
    if person:
        case = _owned(case, person, command.purpose, command.unit, desk)
    else:
        case = case.model_copy(update={"title": command.title[:TITLE_LENGTH]})
    detail: Facts = {"campaign": command.campaign, "via": command.via, "facts": tuple(sorted(case.facts))}
    return Outcome(case=judged(case, desk), happened=(Happened(what="use.told", detail=detail),))


def follow_up(case: Case | None, command: FollowUp, desk: Desk) -> Outcome:
    """Once, and by the clock alone. Without a person it is offered to its team like what an inventory names."""
    if case is None or command.actor or not is_unnamed(case):
        raise Refused("unknown_case", case=command.case)
    after = case
    if command.tool_name:
        after = _told(after, "tool", answered(command.tool_name), command.person, desk)
        after = after.model_copy(update={"tool_name": command.tool_name})
    if command.person:
        after = _owned(after, command.person, command.purpose, command.unit, desk)
    else:
        after = _told(after, "unit", answered(command.unit), "", desk) if command.unit else after
        after = after.model_copy(update={"unit": command.unit, "discovered_via": "disclosure"})
    facts = tuple(sorted(name for name, fact in after.facts.items() if case.facts.get(name) != fact))
    detail: Facts = {"person": command.person, "facts": facts}
    return Outcome(case=judged(after, desk), happened=(Happened(what="use.followed_up", detail=detail),))


def _owned(case: Case, person: str, purpose: str, unit: str, desk: Desk) -> Case:
    """With what they said, and as theirs."""
    said = {"kind": "report_existing", "purpose": purpose, "unit": unit}
    for question, text in said.items():
        if text:
            case = learn(case, question, answered(text), person, desk)
    case = learn(case, "title", answered(default_title(case)), person, desk)
    return learn(case, "owner", answered(person), person, desk)


def _told(case: Case, question: str, answer: Answer, person: str, desk: Desk) -> Case:
    """`person` empty: somebody said so, and nothing here says who."""
    fact = Fact(question=question, answer=answer, by=person or None, at=desk.now, source=Source.person)
    return case.model_copy(update={"facts": {**case.facts, question: fact}})
