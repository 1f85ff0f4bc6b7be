"""A use that the roll-out only records so far: it stands in the register, nobody decides about it, nobody approved it.

When its phase begins it comes up for a decision like any other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from intake.vocabulary import Control, normal, speech
from triage.aims.phasing import Phase, recorded_under
from triage.aims.supplied import same_name
from triage.case import Case, Status
from triage.commands import Command, Rejudge
from triage.desk import Desk
from triage.interview import verdict_of
from triage.outcome import Happened, Notice, Outcome, Say
from triage.standing import found, placed
from triage.submission import submit
from triage.talk import Phase as Talking
from triage.talking import Reopen, Steer, Submit, Type

BY_PLAN = "phase"
"""In the place of the rules that something is judged anew by."""
FOR_REVIEWERS = frozenset((Say.card, Say.card_note, Say.referral))


def is_recorded(case: Case) -> bool:
    """Handed in and only recorded; an inventory names uses that nobody handed in."""
    return case.status is Status.disclosed and case.submitted_at is not None


def was_only_recorded(case: Case) -> bool:
    """Taken back before anybody was asked: what waits for a decision has a day for it, and keeps it."""
    return case.status is Status.withdrawn and case.submitted_at is not None and case.due_at is None


def may_put_off(command: Command, case: Case) -> bool:
    """Whether this may hand it in, take it up again or bring it up: then it has to be known what puts it off."""
    match command:
        case Submit() | Reopen() | Steer(wish="hand_over"):
            return True
        case Rejudge():
            return command.rules == BY_PLAN
        case Type():
            at_summary = case.talk is not None and case.talk.phase is Talking.summary
            return at_summary or speech().control.get(normal(command.words)) is Control.hand_over
        case _:
            return False


def put_off(case: Case, desk: Desk) -> date | None:
    """Until which day it is only recorded."""
    phase = phase_of(case, desk)
    return phase.since if phase is not None else None


def phase_of(case: Case, desk: Desk) -> Phase | None:
    """The one that it waits for; what nobody is sure of is decided now, as doubt puts nothing off."""
    if case.verdict is None or case.verdict.gaps or _was_turned_down(case, desk):
        return None
    return recorded_under(desk.phases, case, desk.day, desk.staff(case.requester).unit)


def tools_of(tool_id: str | None, tool_name: str | None) -> frozenset[str]:
    """By which uses of one tool are told to be so."""
    return frozenset(filter(None, (tool_id, same_name(tool_name or ""))))


def _was_turned_down(case: Case, desk: Desk) -> bool:
    """A no is not asked around by asking anew; what names no tool may be about any of them."""
    tools = tools_of(case.tool_id, case.tool_name)
    return bool(desk.turned_down and (not tools or tools & desk.turned_down))


def submitted(case: Case, actor: str, desk: Desk) -> Outcome:
    """Handed in by a word, or as it is."""
    return only_recorded(submit(case, actor, desk), desk)


def only_recorded(handed_in: Outcome, desk: Desk) -> Outcome:
    """The same outcome without anybody asked to decide, where the plan has a later day for it."""
    case = handed_in.case
    until = put_off(case, desk) if case.status is Status.in_review else None
    if until is None:
        return handed_in
    detail = {"until": until.isoformat(), **found(verdict_of(case))}
    return Outcome(
        case=case.model_copy(update={"status": Status.disclosed, "due_at": None}),
        happened=(*handed_in.happened, Happened(what="case.put_down", detail=detail)),
        notices=without_reviewers(handed_in.notices),
    )


def without_reviewers(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """What is said to others than those who decide."""
    return tuple(each for each in notices if each.say not in FOR_REVIEWERS)


def may_come_up(case: Case, desk: Desk) -> bool:
    return is_recorded(case) and put_off(case, desk) is None


def comes_up(case: Case, desk: Desk) -> Outcome:
    """Its phase has begun, or nothing puts it off any more: from now on it waits for a decision."""
    after, _ = placed(case, desk)
    told = Happened(what="case.came_up", detail=found(verdict_of(after)))
    notices = (Notice(say=Say.submitted), Notice(say=Say.summary), Notice(say=Say.card))
    return Outcome(case=after, happened=(told,), notices=notices)
