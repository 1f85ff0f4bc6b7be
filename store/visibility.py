"""Who sees which use, as one condition of SQL that every read goes through."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from store.tables import AskRow, AssignmentRow, DecisionRow, ReaderRow, SignatureRow, UseRow
from triage.case import Status
from triage.confidential import OWN
from triage.register import PUBLIC, Reader

ME: Any = bindparam("me")


def handed_in() -> ColumnElement[bool]:
    """What was submitted, imported or disclosed; before that, and if it never comes to it, words are their writer's."""
    return or_(
        col(UseRow.submitted_at).is_not(None),
        col(UseRow.source_map).is_not(None),
        col(UseRow.state).not_in((Status.draft.value, Status.withdrawn.value)),
    )


@lru_cache(maxsize=128)
def visible(reader: Reader) -> ColumnElement[bool]:
    """The one visibility filter: own uses always; approved ones unless confidential; everything for oversight.

    A confidential one is seen by who is named, and by whose yes it needs.

    Who is no colleague sees nothing but their own, also where they were named while they were one.
    """
    return _visible(reader, reader.person)


def visible_to_me(reader: Reader) -> ColumnElement[bool]:
    """The same, with the person as a value that comes later: statements are then made once for all who may as much."""
    return _visible(reader, ME)


def anybody(reader: Reader) -> Reader:
    """Whoever may see as much: what statements for them are kept under."""
    return reader.model_copy(update={"person": ""})


def _visible(reader: Reader, person: Any) -> ColumnElement[bool]:
    owned = col(UseRow.owner_id) == person
    named = col(UseRow.id).in_(select(ReaderRow.use_id).where(ReaderRow.person_id == person))
    asked = col(UseRow.requester_id) == person
    if reader.outsider:
        return or_(asked, and_(owned, handed_in()))
    own = or_(asked, and_(or_(owned, named), handed_in()))
    shown = handed_in() if reader.oversees else col(UseRow.state).in_(sorted(PUBLIC))
    if reader.stands_in:
        shown = or_(shown, col(UseRow.id).in_(_asking(reader.stands_in)))
    return or_(
        own,
        and_(shown, col(UseRow.confidential).is_(False)),
        and_(handed_in(), col(UseRow.confidential).is_(True), _has_a_say(reader, person)),
    )


def _asking(roles: Collection[str]) -> SelectOfScalar[str]:
    return select(AskRow.use_id).where(col(AskRow.role).in_(sorted(roles)), AskRow.kind == "yes")


def _has_a_say(reader: Reader, person: Any) -> ColumnElement[bool]:
    """Of a confidential use: it asks them while it waits, or they signed something; not who stays out."""
    signed = (
        select(DecisionRow.subject_id)
        .join(SignatureRow, col(SignatureRow.decision_id) == DecisionRow.id)
        .where(
            DecisionRow.subject_kind == "use",
            SignatureRow.person_id == person,
            col(SignatureRow.role).not_in(sorted(OWN)),
        )
    )
    out = select(AssignmentRow.use_id).where(
        AssignmentRow.kind == "recused", AssignmentRow.person_id == person
    )
    says = or_(col(UseRow.id).in_(sorted(reader.asked)), col(UseRow.id).in_(signed))
    return and_(says, col(UseRow.id).not_in(out))
