"""Another team joins an approved use: a deployment with its own owner, who accepts the conditions. No new request.

Whoever joins uses it for just what was approved; the approval covers nothing else, and only people extend it.
"""

from __future__ import annotations

from collections.abc import Iterable

from triage.afterwards import AcceptTerms, Join, Leave
from triage.case import Case, Deployment
from triage.desk import Desk
from triage.enough import is_enough
from triage.nearest import Decided, nearest
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.review import APPROVALS, check_seen
from triage.teams import standing

LONGEST_UNIT = 200


def has_accepted(case: Case, joined: Deployment) -> bool:
    """The conditions of the decision that counts now: after another one they are accepted anew."""
    return case.decision is not None and joined.accepted == case.decision.id


def may_join(case: Case, person: str, desk: Desk) -> bool:
    try:
        check_may_join(case, person, desk)
    except Refused:
        return False
    return True


def check_may_join(case: Case, person: str, desk: Desk) -> None:
    """Confidential ones are joined by nobody: they read like what does not exist."""
    if case.confidential:
        raise Refused("unknown_case", case="")
    if any(desk.same(person, own) for own in (case.requester, case.owner) if own):
        raise Refused("yours_already", case=case.id)
    if not case.in_use:
        raise Refused("not_to_join", case=case.id)
    if any(desk.same(person, each.owner) for each in standing(case)):
        raise Refused("joined_already", case=case.id)
    if is_enough((each.joined_at for each in case.deployments if desk.same(person, each.owner)), desk):
        raise Refused("enough_today", case=case.id)


def join(case: Case, command: Join, desk: Desk) -> Outcome:
    """Who joins owns the deployment; with the conditions before their eyes, their press accepts them."""
    check_may_join(case, command.actor, desk)
    check_seen(case, command.version)
    made = Deployment(
        id=command.key,
        unit=" ".join(command.unit.split())[:LONGEST_UNIT],
        owner=command.actor,
        joined_at=desk.now,
        accepted=case.decision.id if case.decision else "",
        accepted_at=desk.now,
    )
    detail: Facts = {"deployment": made.id, "owner": made.owner, "accepted": made.accepted}
    return _outcome(case, made, "use.joined", detail, "joined", new=True)


def accept(case: Case, command: AcceptTerms, desk: Desk) -> Outcome:
    made = _own(case, command)
    if not case.in_use:
        raise Refused("not_to_join", case=case.id)
    if case.decision is None or case.decision.id != command.decision:
        raise Refused("changed_since", case=case.id)
    if has_accepted(case, made):
        return Outcome(case=case)
    accepted = case.decision.id
    after = made.model_copy(update={"accepted": accepted, "accepted_at": desk.now})
    return _outcome(
        case, after, "use.terms_accepted", {"deployment": made.id, "accepted": accepted}, "accepted"
    )


def leave(case: Case, command: Leave, desk: Desk) -> Outcome:
    """It ends and is not deleted: the trail and the register keep who used it and until when."""
    made = _own(case, command)
    after = made.model_copy(update={"left_at": desk.now})
    return _outcome(case, after, "use.left", {"deployment": made.id}, "left")


def _own(case: Case, command: AcceptTerms | Leave) -> Deployment:
    made = next((each for each in case.deployments if each.id == command.deployment), None)
    if made is None or made.owner != command.actor:
        raise Refused("not_your_deployment", case=case.id)
    if made.left_at is not None:
        raise Refused("left_already", case=case.id)
    return made


def _outcome(
    case: Case, made: Deployment, what: str, detail: Facts, about: str, *, new: bool = False
) -> Outcome:
    others = tuple(made if each.id == made.id else each for each in case.deployments)
    facts: Facts = {"about": about, "deployment": made.id, "fresh": True}
    return Outcome(
        case=case.model_copy(update={"deployments": (*others, made) if new else others}),
        happened=(
            Happened(what=what, detail=detail, texts={"unit": made.unit} if new and made.unit else {}),
        ),
        notices=(Notice(say=Say.joined, facts=facts | {"until": f"{about}:{made.id}"}), Notice(say=Say.card)),
    )


def offered(draft: Case, uses: Iterable[Decided], desk: Desk) -> Decided | None:
    """The approved use that a draft only repeats: the same tool, and nothing that was chosen is different.

    Words are not compared: whoever joins reads what it was approved for, and says that theirs is the same.
    """
    if draft.tool_id is None:
        return None
    near = nearest(draft, (use for use in uses if use.status in APPROVALS), desk.form)
    return near.use if near is not None and not near.differs else None
