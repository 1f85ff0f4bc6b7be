"""What the management system keeps beside the register: scope, policy, objectives, controls, actions and more."""

from sqlalchemy import Integer

from store.columns import Day, Json, Moment
from store.migrations.words import maybe, one_of, refers, refuse, some, table, unique

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    table(
        "aims_entry",
        *some("id ref kind name state stage"),
        *maybe("in_force proposed", Integer),
        *maybe("owner"),
        *maybe("due", Day),
        *some("version", Integer),
        *some("created_at updated_at", Moment),
        one_of("state", "proposed in_force retired withdrawn"),
        unique("ref"),
        refers("owner", "person.id"),
        indexes=["kind state", "owner"],
    )
    table(
        "aims_step",
        *some("id entry_id kind role"),
        *maybe("by"),
        *some("number line", Integer),
        *some("at", Moment),
        *some("detail", Json),
        one_of("kind", "draft approve send_back withdraw act"),
        refers("entry_id", "aims_entry.id"),
        refers("by", "person.id"),
        indexes=["entry_id"],
    )
    refuse("aims_step", "UPDATE")
