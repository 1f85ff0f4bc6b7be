"""What the rules found (results) and what people decided (decisions): never in one field."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from store.columns import Json, one_of
from store.tables.row import Row


class ResultRow(Row, table=True):
    """One judgement of one set of facts; added, never changed. `version` is the subject's at that time."""

    __table_args__ = (Index(None, "subject_kind", "subject_id"),)

    id: str = Field(primary_key=True)
    subject_kind: str
    subject_id: str
    answer_set_id: str = Field(foreign_key="answer_set.id")
    facts_digest: str
    policies: Any = Field(sa_type=Json)
    verdict: dict[str, Any] = Field(sa_type=Json)
    version: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    judged_at: datetime = Field(index=True)


class DecisionRow(Row, table=True):
    __table_args__ = (Index(None, "subject_kind", "subject_id"),)

    id: str = Field(primary_key=True)
    subject_kind: str
    subject_id: str
    subject_version: int
    kind: str
    outcome: str
    reason: str = ""
    facts_digest: str | None = None
    policies: Any = Field(default_factory=list, sa_type=Json)
    decided_at: datetime = Field(index=True)
    valid_until: date | None = None
    superseded_by: str | None = Field(default=None, foreign_key="decision.id")
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=Json)


class SignatureRow(Row, table=True):
    """One person signs a decision once, in the role held then."""

    decision_id: str = Field(primary_key=True, foreign_key="decision.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True)
    role: str
    signed_at: datetime


class ConditionRow(Row, table=True):
    id: str = Field(primary_key=True)
    decision_id: str = Field(foreign_key="decision.id", index=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    text: str
    owner_id: str | None = Field(default=None, foreign_key="person.id")
    due_on: date | None = Field(default=None, index=True)
    state: str
    question: str | None = None
    otherwise: str | None = None


class ConditionStepRow(Row, table=True):
    """What became of a condition after its decision; added, never changed. Nobody did what the clock did."""

    __table_args__ = (one_of("kind", "done", "verified", "not_yet", "unmet"),)

    id: str = Field(primary_key=True)
    use_id: str = Field(foreign_key="use.id", index=True)
    condition_id: str = Field(foreign_key="condition.id")
    kind: str
    by: str | None = Field(default=None, foreign_key="person.id")
    at: datetime
    link: str | None = None
    words: str | None = None
    version: int
