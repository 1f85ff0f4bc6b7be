"""What came of a campaign, written down, so that what was told need not be tied to anybody to be counted."""

from alembic import op

from store.columns import Json
from store.migrations.words import maybe

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    for column in maybe("figures", Json):
        op.add_column("campaign", column)
