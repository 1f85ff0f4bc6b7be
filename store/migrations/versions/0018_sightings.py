"""What was seen of tools in logs and lists, counted by team and week."""

from sqlalchemy import Integer

from store.columns import Day, Flag, Moment
from store.migrations.words import maybe, one_of, refers, refuse, some, table, unique

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    table(
        "sighting_run",
        *some("id digest kind format"),
        *some("taken_at", Moment),
        unique("digest"),
        one_of("kind", "sign_on proxy dns expense extensions apps oauth list"),
    )
    table(
        "sighting",
        *some("run_id tool_id unit"),
        *some("week", Day),
        *some("hits people", Integer),
        *some("sure general", Flag),
        *maybe("first_on last_on", Day),
        refers("run_id", "sighting_run.id"),
        key="run_id tool_id unit week",
        indexes=["tool_id", "week"],
    )
    refuse("sighting", "UPDATE")
    refuse("sighting_run", "UPDATE")
