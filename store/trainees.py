"""Who needs a training, by rule: who holds a role, and who owns or uses what is in use. Nothing confidential counts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, func, select

from store.standing import colleagues
from store.tables import DeploymentRow, UseRow
from triage.aims.entry import Entry
from triage.aims.training import many
from triage.desk import Desk
from triage.digest import IN_USE

TIERS = ("low", "medium", "high", "very_high")
OWNER, USER = "owner", "user"


def needing(session: Session, training: Entry, desk: Desk) -> frozenset[str]:
    """Colleagues who are here."""
    found = {person for role in many(training, "roles") for person in desk.roles.get(role, ())}
    whose = many(training, "of_uses")
    found |= set(_of_uses(session, training, whose)) if whose else set()
    return colleagues(session, desk) & found


def _of_uses(session: Session, training: Entry, whose: tuple[str, ...]) -> Iterator[str]:
    tiers = [TIERS.index(each) + 1 for each in many(training, "tiers")]
    tools = {each.casefold() for each in many(training, "tools")}
    risk = func.coalesce(col(UseRow.tier_final), col(UseRow.tier_ceiling), 0)
    query = select(UseRow).where(col(UseRow.state).in_(IN_USE), ~col(UseRow.confidential))
    query = query.where(risk.in_(tiers)) if tiers else query
    uses = [
        row
        for row in session.exec(query).all()
        if not tools or {(row.tool_id or "").casefold(), (row.tool_name or "").casefold()} & tools
    ]
    for row in uses:
        people = (row.owner_id if OWNER in whose else None, row.requester_id if USER in whose else None)
        yield from (each for each in people if each)
    if USER in whose:
        joined = select(DeploymentRow.owner_id).where(
            col(DeploymentRow.left_at).is_(None), col(DeploymentRow.use_id).in_([row.id for row in uses])
        )
        yield from (each for each in session.exec(joined) if each)
