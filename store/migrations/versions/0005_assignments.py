"""Who has a request among those who may decide it, and who stays out of it."""

from sqlalchemy import Integer

from store.columns import Moment
from store.migrations.words import one_of, refers, refuse, some, table

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    table(
        "assignment",
        *some("id use_id kind person_id by reason"),
        *some("at", Moment),
        *some("version", Integer),
        one_of("kind", "taken passed_on recused"),
        refers("use_id", "use.id"),
        refers("person_id", "person.id"),
        refers("by", "person.id"),
        indexes=["use_id"],
    )
    refuse("assignment", "UPDATE")
