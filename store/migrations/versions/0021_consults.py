"""What a model was asked, and what it said."""

from sqlalchemy import Integer

from store.columns import Json, Moment
from store.migrations.words import maybe, one_of, refers, some, table

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    table(
        "consult",
        *some("id subject_kind subject_id about text state prompt model"),
        *maybe("asked_by"),
        *some("turn number attempts tokens", Integer),
        *some("said made", Json),
        *some("due_at asked_at", Moment),
        *maybe("done_at", Moment),
        refers("asked_by", "person.id"),
        one_of("state", "waiting asking done settled refused failed withheld spent dropped"),
        indexes=["state due_at", "subject_kind subject_id"],
    )
