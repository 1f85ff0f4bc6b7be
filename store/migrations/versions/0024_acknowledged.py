"""Who was asked to read which version of a policy, and who said that they did."""

from sqlalchemy import Integer

from store.columns import Moment
from store.migrations.words import one_of, refers, refuse, some, table, unique

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    table(
        "acknowledged",
        *some("id policy kind person_id"),
        *some("version line", Integer),
        *some("at", Moment),
        one_of("kind", "asked read"),
        unique("policy version person_id kind"),
        refers("policy", "aims_entry.id"),
        refers("person_id", "person.id"),
        indexes=["person_id"],
    )
    refuse("acknowledged", "UPDATE")
