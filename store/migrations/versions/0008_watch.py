"""By what a use in use is watched: plans, their measures, and what was read of them."""

from sqlalchemy import Integer

from store.columns import Moment
from store.migrations.words import maybe, one_of, refers, refuse, some, table

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    table(
        "plan",
        *some("id use_id by every"),
        *maybe("monitor"),
        *some("at", Moment),
        *some("version", Integer),
        refers("use_id", "use.id"),
        refers("by", "person.id"),
        refers("monitor", "person.id"),
        one_of("every", "weekly monthly quarterly"),
        indexes=["use_id", "monitor"],
    )
    table(
        "measure",
        *some("id use_id plan_id name unit side limit"),
        *some("number", Integer),
        refers("use_id", "use.id"),
        refers("plan_id", "plan.id"),
        one_of("side", "at_most at_least"),
        indexes=["use_id", "plan_id"],
    )
    table(
        "reading",
        *some("id use_id measure_id by"),
        *maybe("value reason"),
        *some("at", Moment),
        *some("version", Integer),
        refers("use_id", "use.id"),
        refers("measure_id", "measure.id"),
        refers("by", "person.id"),
        indexes=["use_id", "measure_id"],
    )
    for each in ("plan", "measure", "reading"):
        refuse(each, "UPDATE")
