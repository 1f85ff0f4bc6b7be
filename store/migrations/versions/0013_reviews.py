"""Reviews of approved uses: what became of each, step by step, and the day of the next one found by an index."""

from alembic import op
from sqlalchemy import Integer

from store.columns import Day, Flag, Json, Moment
from store.migrations.words import maybe, one_of, refers, refuse, some, table, unique

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    table(
        "review_step",
        *some("id use_id review kind"),
        *maybe("ref cause trigger depth seed outcome facts by words"),
        *some("sampled second", Flag),
        *maybe("due_on", Day),
        *some("said", Json),
        *some("at", Moment),
        *some("version", Integer),
        refers("use_id", "use.id"),
        refers("by", "person.id"),
        unique("ref"),
        one_of("kind", "opened joined answered agreed returned closed"),
        indexes=["use_id", "review"],
    )
    refuse("review_step", "UPDATE")
    op.create_index(op.f("ix_use_next_review_on"), "use", ["next_review_on"])
