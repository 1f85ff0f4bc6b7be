"""Concerns that come without a name: what waits for its hour, and what opens one again."""

from sqlalchemy import Integer

from store.columns import Json, Moment
from store.migrations.words import one_of, some, table, unique

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    table(
        "letter",
        *some("id incident_id kind"),
        *some("number", Integer),
        *some("said", Json),
        *some("due_at", Moment),
        one_of("kind", "report reply"),
        indexes=["incident_id"],
    )
    table("phrase", *some("digest salt incident_id"), unique("incident_id"), key="digest")
