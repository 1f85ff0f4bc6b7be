"""Open questions that were put to those who can settle them."""

from sqlalchemy import Integer

from store.columns import Moment
from store.migrations.words import maybe, one_of, refers, some, table, unique

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    table(
        "referral",
        *some("id use_id question role instead_of state"),
        *some("number", Integer),
        *some("asked_at", Moment),
        *maybe("by"),
        *maybe("closed_at", Moment),
        unique("use_id question number"),
        one_of("state", "open answered unsure closed"),
        refers("use_id", "use.id"),
        refers("by", "person.id"),
        indexes=["use_id"],
    )
