"""Who puts an organisation's own rules into force: one of two roles, and two of them where something becomes looser."""

from __future__ import annotations

from intake.value import Value
from triage.desk import Desk
from triage.outcome import Refused

ROLES = ("governance_lead", "risk_owner")
"""Who may propose rules in Slack, agree to them, and withdraw them."""
NEEDED = 2
"""People, where something becomes looser."""


class Proposal(Value):
    """Rules that wait to be put into force. `digest` names them, `base` those that were in force when it was made.

    `made` tells it from another one of the same rules: a yes to one is none to the other, whose reason may be another.
    `by` is nobody where it came over the command line. `rehearsed`: what they would do, as it was shown.
    """

    digest: str
    base: str
    made: str
    by: str
    reason: str
    looser: bool
    agreed: tuple[str, ...] = ()
    rehearsed: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return named(self.digest, self.made)


def named(digest: str, made: str) -> str:
    return f"{digest}:{made}"


def check_may(actor: str, desk: Desk) -> None:
    if not any(desk.roles.get(role) for role in ROLES):
        raise Refused("nobody_for_rules")
    if not _may(actor, desk):
        raise Refused("not_your_rules")


def check_reason(looser: bool, reason: str) -> None:
    if looser and not reason.strip():
        raise Refused("rules_reason")


def first_yes(actor: str, desk: Desk) -> tuple[str, ...]:
    """Whoever proposes and holds a role has said yes by that."""
    return (actor,) if actor and _may(actor, desk) else ()


def check_current(proposal: Proposal | None, name: str, in_force: str) -> Proposal:
    """Nobody decides on what was replaced, withdrawn or settled since it was shown to them."""
    if proposal is None or (proposal.name, proposal.base) != (name, in_force):
        raise Refused("rules_outdated")
    if not proposal.rehearsed:
        raise Refused("rules_rehearsing")
    return proposal


def agreed(proposal: Proposal, actor: str, desk: Desk) -> tuple[str, ...]:
    """All who said yes and still may, `actor` among them; each human being counts once."""
    check_may(actor, desk)
    check_reason(proposal.looser, proposal.reason)
    standing = [person for person in proposal.agreed if _may(person, desk)]
    if any(desk.same(actor, person) for person in standing):
        if proposal.looser and len(standing) < NEEDED:
            raise Refused("rules_alone" if lacking(proposal, desk) else "rules_second")
        return tuple(standing)
    return (*standing, actor)


def is_enough(proposal: Proposal, people: tuple[str, ...]) -> bool:
    return len(people) >= _needed(proposal)


def holders(desk: Desk) -> tuple[str, ...]:
    """Who can say yes, each human being once."""
    found: list[str] = []
    for person in sorted(frozenset().union(*(desk.roles.get(role, frozenset()) for role in ROLES))):
        if not any(desk.same(person, known) for known in found):
            found.append(person)
    return tuple(found)


def lacking(proposal: Proposal, desk: Desk) -> int:
    """How many people would still have to be named for a role before it can come into force at all."""
    return max(0, _needed(proposal) - len(holders(desk)))


def _needed(proposal: Proposal) -> int:
    return NEEDED if proposal.looser else 1


def _may(person: str, desk: Desk) -> bool:
    return any(desk.holds(person, role) for role in ROLES)
