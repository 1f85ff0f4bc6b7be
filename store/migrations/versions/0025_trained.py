"""Who needs which training, and who said or confirmed that it was done."""

from sqlalchemy import Integer

from store.columns import Day, Moment
from store.migrations.words import maybe, one_of, refers, refuse, some, table, unique

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    table(
        "trained",
        *some("id training person_id kind"),
        *some("day", Day),
        *maybe("by_id"),
        *some("at", Moment),
        *some("line", Integer),
        one_of("kind", "asked freed done confirmed"),
        unique("training person_id kind day"),
        refers("training", "aims_entry.id"),
        refers("person_id", "person.id"),
        refers("by_id", "person.id"),
        indexes=["person_id"],
    )
    refuse("trained", "UPDATE")
