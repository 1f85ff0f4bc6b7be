"""What comes before and after one yes: what is approved beforehand, what must be there to run, what is watched."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Each part below is of one subject."""
