"""Who needs a training, by rule: who holds a role, and who owns or uses what is in use. Nothing confidential counts."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Select, literal
from sqlalchemy import select as plain_select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func

from store.standing import colleagues
from store.tables import AnswerSetRow, DeploymentRow, FactRow, UseRow
from triage.aims.entry import Entry
from triage.aims.training import many
from triage.desk import Desk
from triage.digest import IN_USE

TIERS = ("low", "medium", "high", "very_high")
FLAGS = {
    "personal_data": ("data", ("personal", "special")),
    "special_data": ("data", ("special",)),
    "decides_people": ("output_use", ("decides_people",)),
    "talks_to_people": ("output_use", ("talks_to_people",)),
}
"""What a use does, as its answers say it."""
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
    flagged = _flagged(session, many(training, "flags"))
    for query in queries:
        for person, use, tool_id, tool_name in session.connection().execute(query):
            if flagged is not None and use not in flagged:
                continue
            if person and (not tools or {(tool_id or "").casefold(), (tool_name or "").casefold()} & tools):
                yield person


def _flagged(session: Session, flags: tuple[str, ...]) -> frozenset[str] | None:
    """The uses of which what counts now says one of these; None where none is asked for. Not sure is no yes."""
    if not flags:
        return None
    wanted = [FLAGS[each] for each in flags]
    last = (
        plain_select(func.max(col(FactRow.id)))
        .join(AnswerSetRow, col(AnswerSetRow.id) == col(FactRow.answer_set_id))
        .where(
            col(AnswerSetRow.subject_kind) == "use", col(FactRow.question).in_({each[0] for each in wanted})
        )
        .group_by(col(AnswerSetRow.subject_id), col(FactRow.question))
    )
    query = plain_select(col(AnswerSetRow.subject_id), col(FactRow.question), col(FactRow.value))
    query = query.join(FactRow, col(FactRow.answer_set_id) == col(AnswerSetRow.id)).where(
        col(FactRow.id).in_(last)
    )
    rows = session.connection().execute(query.where(col(FactRow.state) == "answered"))
    return frozenset(
        use
        for use, question, value in rows
        if any(question == asked and set(some) & set(value or ()) for asked, some in wanted)
    )


def _in_use(training: Entry, whom: Mapped[str | None]) -> Select[str | None, str, str | None, str | None]:
    """However many uses there are, the question stays as short as it is."""
    tiers = [TIERS.index(each) + 1 for each in many(training, "tiers")]
    risk = func.coalesce(col(UseRow.tier_final), col(UseRow.tier_ceiling), 0)
    use = col(UseRow.id) if many(training, "flags") else literal("")
    query = plain_select(whom, use, col(UseRow.tool_id), col(UseRow.tool_name)).select_from(UseRow)
    query = query.where(col(UseRow.state).in_(IN_USE), ~col(UseRow.confidential)).distinct()
    return query.where(risk.in_(tiers)) if tiers else query
