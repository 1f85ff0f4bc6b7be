"""From a yes to the end of a use: its stages, what is to be done before each, and who does which part."""

from sqlalchemy import Integer

from store.columns import Day, Json, Moment
from store.migrations.words import maybe, one_of, refers, refuse, some, table

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    table(
        "stage_move",
        *some("id use_id stage"),
        *maybe("by"),
        *some("at", Moment),
        *some("version", Integer),
        refers("use_id", "use.id"),
        refers("by", "person.id"),
        one_of("stage", "idea pilot in_use retiring retired"),
        indexes=["use_id"],
    )
    refuse("stage_move", "UPDATE")
    table(
        "task_step",
        *some("id use_id task kind"),
        *maybe("before by link words"),
        *maybe("due_on", Day),
        *some("rules", Json),
        *some("at", Moment),
        *some("version", Integer),
        refers("use_id", "use.id"),
        refers("by", "person.id"),
        one_of("kind", "called dropped done"),
        indexes=["use_id"],
    )
    refuse("task_step", "UPDATE")
    table(
        "appointment",
        *some("id use_id part kind person_id"),
        *maybe("by answers words"),
        *some("at", Moment),
        *some("version", Integer),
        refers("use_id", "use.id"),
        refers("person_id", "person.id"),
        refers("by", "person.id"),
        one_of("kind", "named accepted refused stopped"),
        indexes=["use_id", "person_id"],
    )
    refuse("appointment", "UPDATE")
