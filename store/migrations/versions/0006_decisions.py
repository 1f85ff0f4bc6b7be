"""Decisions that hold up: what lives on after a yes, who stands in for whom, and who else uses it."""

from store.migrations.words import maybe, refers, some, table

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Each part below is of one subject."""
    _people()


def _people() -> None:
    """What the organisation's people file says, since Slack knows nothing of it."""
    table(
        "employee",
        *some("email name manager unit country deputy slack_user"),
        *maybe("person_id"),
        refers("person_id", "person.id"),
        key="email",
        indexes=["slack_user", "person_id"],
    )
