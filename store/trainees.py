"""Who needs a training, by rule: who holds a role, and who owns or uses what is in use. Nothing confidential counts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Select
from sqlalchemy import select as plain_select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func

from store.standing import colleagues
from store.tables import DeploymentRow, UseRow
from triage.aims.entry import Entry
from triage.aims.training import many
from triage.desk import Desk
from triage.digest import IN_USE

TIERS = ("low", "medium", "high", "very_high")
OWNER, USER = "owner", "user"
OF_USE = {OWNER: UseRow.owner_id, USER: UseRow.requester_id}


def needing(session: Session, training: Entry, desk: Desk) -> frozenset[str]:
    """Colleagues who are here."""
    found = {person for role in many(training, "roles") for person in desk.roles.get(role, ())}
    whose = many(training, "of_uses")
    found |= set(_of_uses(session, training, whose)) if whose else set()
    return colleagues(session, desk) & found


def _of_uses(session: Session, training: Entry, whose: tuple[str, ...]) -> Iterator[str]:
    own = tuple(col(each) for name, each in OF_USE.items() if name in whose)
    queries = [_in_use(training, each) for each in own]
    if USER in whose:
        joined = _in_use(training, col(DeploymentRow.owner_id)).join(
            DeploymentRow, col(DeploymentRow.use_id) == col(UseRow.id)
        )
        queries.append(joined.where(col(DeploymentRow.left_at).is_(None)))
    tools = {each.casefold() for each in many(training, "tools")}
    for query in queries:
        for person, tool_id, tool_name in session.connection().execute(query):
            if person and (not tools or {(tool_id or "").casefold(), (tool_name or "").casefold()} & tools):
                yield person


def _in_use(training: Entry, whom: Mapped[str | None]) -> Select[str | None, str | None, str | None]:
    """However many uses there are, the question stays as short as it is."""
    tiers = [TIERS.index(each) + 1 for each in many(training, "tiers")]
    risk = func.coalesce(col(UseRow.tier_final), col(UseRow.tier_ceiling), 0)
    query = plain_select(whom, col(UseRow.tool_id), col(UseRow.tool_name)).select_from(UseRow)
    query = query.where(col(UseRow.state).in_(IN_USE), ~col(UseRow.confidential)).distinct()
    return query.where(risk.in_(tiers)) if tiers else query
