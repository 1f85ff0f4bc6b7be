"""Who has a request among those who may decide it: taken, passed on, or stepped aside from.

It says who looks at it, and binds nobody: whoever may decide can, so that nothing waits for somebody who is away.
"""

from __future__ import annotations

from typing import Literal

from triage.case import Assignment, Case, Status
from triage.commands import PassOn, Recuse, Take
from triage.desk import Desk
from triage.lifecycle import WAITING, check_move
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.review import check_may_decide, check_seen
from triage.seats import deciding_people
from triage.standing import due_for, placed

Kind = Literal["taken", "passed_on", "recused"]


def has_it(case: Case, desk: Desk) -> Assignment | None:
    """Nobody where whoever took it stepped aside since, may not decide any more, or it was decided in between."""
    since = case.decision.at if case.decision else case.created_at
    given = [each for each in case.assignments if each.kind != "recused" and each.at >= since]
    if not given or case.status not in WAITING:
        return None
    return given[-1] if given[-1].person in deciding_people(case, desk) else None


def take(case: Case, command: Take, desk: Desk) -> Outcome:
    """Also from somebody else, who is told; a second press changes nothing."""
    role = check_may(case, command.actor, desk)
    before = has_it(case, desk)
    if before is not None and desk.same(before.person, command.actor):
        return Outcome(case=case)
    return _assigned(case, "taken", command, command.actor, desk, role, former=before)


def pass_on(case: Case, command: PassOn, desk: Desk) -> Outcome:
    role = check_may(case, command.actor, desk)
    check_seen(case, command.version)
    if command.person not in deciding_people(case, desk):
        raise Refused("cannot_take", case=case.id, whom=command.person, role=role)
    if desk.away(command.person):
        raise Refused("is_away", case=case.id)
    before = has_it(case, desk)
    if before is not None and desk.same(before.person, command.person):
        raise Refused("has_it_already", case=case.id, whom=command.person)
    return _assigned(case, "passed_on", command, command.person, desk, role, former=before)


def recuse(case: Case, command: Recuse, desk: Desk) -> Outcome:
    """It cannot be taken back: whoever had an interest once decides nothing here. Others see at once who is left."""
    role = check_may(case, command.actor, desk)
    check_seen(case, command.version)
    outcome = _assigned(
        case, "recused", command, command.actor, desk, role, former=None, reason=command.reason
    )
    if not any(command.actor in [s.person for s in d.signatures] for d in case.decisions if d.basis):
        return outcome
    judged, moved = placed(outcome.case, desk)  # a signature of theirs under an exception counts no more
    return outcome.model_copy(update={"case": judged, "happened": (*outcome.happened, *moved)})


def check_may(case: Case, actor: str, desk: Desk) -> str:
    """As for a decision; what is decided has nobody any more."""
    role = check_may_decide(case, actor, desk)
    if case.status not in WAITING:
        check_move(case, Status.declined)
        raise Refused("not_now", case=case.id)
    return role


def _assigned(
    case: Case,
    kind: Kind,
    command: Take | PassOn | Recuse,
    person: str,
    desk: Desk,
    role: str,
    *,
    former: Assignment | None,
    reason: str = "",
) -> Outcome:
    made = Assignment(id=command.key, kind=kind, person=person, by=command.actor, at=desk.now, reason=reason)
    facts: Facts = {"about": kind, "person": person, "by": command.actor}
    if former is not None and former.person != command.actor:
        facts["former"] = former.person
    detail: Facts = {"role": role, "person": person, "assignment": made.id}
    given = case.model_copy(update={"assignments": (*case.assignments, made)})
    due = due_for(given, desk) if kind != "recused" else case.due_at
    return Outcome(
        case=given.model_copy(update={"due_at": due}),
        happened=(Happened(what=f"case.{kind}", detail=detail, texts={"reason": reason} if reason else {}),),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts=facts),
            Notice(say=Say.summary),
        ),
    )
