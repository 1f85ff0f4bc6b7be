"""Drafts that nobody goes on with: one word after two weeks; two weeks later they are put aside, all answers kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from triage.afterwards import Shelve
from triage.case import Case, Status
from triage.desk import Desk
from triage.interview import with_talk
from triage.outcome import Facts, Happened, Notice, Outcome, Say
from triage.talk import Phase
from triage.telling import errand_of

SILENT = timedelta(days=14)
"""So long nobody is asked whether they go on, and so long after that it is put aside."""
NAME = "draft:silence"


def waits(case: Case) -> bool:
    """Whether it could still be handed in, and lies open."""
    talk = case.talk
    return (
        case.status is Status.draft
        and talk is not None
        and not talk.shelved
        and talk.phase is not Phase.closed
    )


def said_last(case: Case) -> datetime:
    """When they answered something."""
    return max((fact.at for fact in case.facts.values() if fact.by), default=case.created_at)


def silent_on(case: Case, desk: Desk) -> date:
    """From which day on it counts as silent, where they work."""
    return desk.calendar(case.requester).day_of(said_last(case) + SILENT)


def is_silent(case: Case, desk: Desk) -> bool:
    return waits(case) and desk.calendar(case.requester).day_of(desk.now) >= silent_on(case, desk)


def put_aside_on(case: Case, desk: Desk) -> date:
    """Two weeks from the word that is said of it now, however late that comes."""
    return max(silent_on(case, desk), desk.calendar(case.requester).day_of(desk.now)) + SILENT


def taken_up(case: Case, outcome: Outcome) -> Outcome:
    """Whoever goes on with what was put aside has it open again."""
    was, now = case.talk, outcome.case.talk
    if was is None or now is None or not (was.shelved and now.shelved):
        return outcome
    if (now.phase, outcome.case.facts) == (was.phase, case.facts):
        return outcome
    return outcome.model_copy(update={"case": with_talk(outcome.case, shelved=False)})


def shelve(case: Case, command: Shelve, desk: Desk) -> Outcome:
    """Paused, with a way on that stays; nothing else about it changes."""
    if not is_silent(case, desk) or silent_on(case, desk) + SILENT > desk.day:
        return Outcome(case=case)
    asking = case.talk is not None and case.talk.phase is Phase.asking
    change = {"phase": Phase.paused} if asking else {}
    facts: Facts = {"what": NAME, "because": "own", "holder": case.requester}
    facts |= {"until": errand_of(NAME), "over": True}
    return Outcome(
        case=with_talk(case, shelved=True, **change),
        happened=(Happened(what="draft.put_aside", detail={"said": said_last(case).date().isoformat()}),),
        notices=(Notice(say=Say.overdue, facts=facts),),
    )
