"""What was written to whom by the clock: evidence, and how a message is found again; and what was put off."""

from sqlalchemy import Integer

from store.columns import Day, Flag, Json, Moment
from store.migrations.words import refers, refuse, some, table, unique

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    table(
        "nudge",
        *some("id person_id use_id errand say"),
        *some("step number", Integer),
        *some("facts", Json),
        *some("day", Day),
        *some("together", Flag),
        *some("at", Moment),
        refers("person_id", "person.id"),
        refers("use_id", "use.id"),
        unique("use_id errand step person_id"),
        indexes=["person_id day", "use_id"],
    )
    refuse("nudge", "UPDATE")
    table(
        "snooze",
        *some("id use_id errand by reason"),
        *some("at", Moment),
        *some("until", Day),
        *some("version", Integer),
        refers("use_id", "use.id"),
        refers("by", "person.id"),
        indexes=["use_id"],
    )
    refuse("snooze", "UPDATE")
