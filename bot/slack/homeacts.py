"""What can be done about the requests that Home lists, and what they still call for."""

from __future__ import annotations

from collections.abc import Collection

from bot.slack.ids import Action
from triage.case import Case, Status
from triage.desk import Desk
from triage.lifecycle import MOVES, WAITING
from triage.review import may_be_cleared
from triage.seats import fills
from triage.settling import OPEN_TO_FACTS, may_settle, open_questions
from triage.stages import Stage
from triage.tasks import left as left_to_do
from triage.whereabouts import stage_of


def asked_as(case: Case | None, number: int) -> str:
    """In which role that is asked."""
    return next((each.role for each in case.referrals if each.number == number), "") if case else ""


def todo(case: Case, desk: Desk) -> tuple[Stage, int]:
    """Nothing is to be done for what has no yes, unless it is being retired."""
    owes = case.in_use or stage_of(case) is Stage.retiring
    return stage_of(case), len(left_to_do(case, desk)) if owes and case.stage_moves else 0


def acts_of(case: Case, person: str, desk: Desk, able: Collection[str], *, taken: bool) -> tuple[Action, ...]:
    """What this person can do about a request, besides looking at it. `able`: who may decide it now."""
    found: list[Action] = []
    if case.inquiry is not None and case.talk is not None and case.talk.person == person:
        found.append(Action.ANSWER)
    asked = open_questions(case) if case.status in OPEN_TO_FACTS else ()
    if any(may_settle(case, person, question, desk) for question in asked):
        found.append(Action.SETTLE)
    if case.status in WAITING and person in able:
        moves = MOVES[case.status]
        if Status.approved in moves and may_be_cleared(case) and fills(case, person, desk):
            found += [Action.APPROVE, Action.APPROVE_WITH_CONDITIONS]
        found += [Action.ASK] if Status.needs_info in moves else []
        found.append(Action.DECLINE)
        if not taken and len(able) > 1:
            found.append(Action.TAKE)
    return tuple(found)
