"""Decisions that hold up: what lives on after a yes, who stands in for whom, and who else uses it."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Each part below is of one subject."""
