"""Incidents: one row each to search by, and their steps, which are added and never changed."""

from sqlalchemy import Integer

from store.columns import Flag, Json, Moment
from store.migrations.words import maybe, one_of, refers, refuse, some, table, unique

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    table(
        "incident",
        *some("id ref kind status severity"),
        *maybe("use_id reporter coordinator"),
        *some("confidential", Flag),
        *some("version", Integer),
        *some("reported_at updated_at", Moment),
        unique("ref"),
        refers("use_id", "use.id"),
        refers("reporter", "person.id"),
        refers("coordinator", "person.id"),
        one_of("kind", "incident near_miss concern complaint policy_breach"),
        one_of(
            "status",
            "reported triaged contained investigating fixing monitoring closed reopened rejected",
        ),
        one_of("severity", "low medium high critical"),
        indexes=["status reported_at", "use_id", "reporter"],
    )
    table(
        "incident_step",
        *some("id incident_id kind role"),
        *maybe("by"),
        *some("number line", Integer),
        *some("at", Moment),
        *some("detail", Json),
        refers("incident_id", "incident.id"),
        refers("by", "person.id"),
        one_of(
            "kind",
            "report take_up assess name_use classify contain suspend note settle_clock cause add_action "
            "do_action check_action noted_told close reopen reject",
        ),
        indexes=["incident_id"],
    )
    refuse("incident_step", "UPDATE")
