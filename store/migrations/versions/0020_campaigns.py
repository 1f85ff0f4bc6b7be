"""Campaigns that ask which AI is in use; and who answered, by a hash that is lost at the end."""

from sqlalchemy import Integer

from store.columns import Day, Flag, Json, Moment
from store.migrations.words import maybe, one_of, refers, some, table

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    table(
        "campaign",
        *some("id started_by"),
        *some("places", Json),
        *some("everyone amnesty", Flag),
        *some("since until", Day),
        *some("at", Moment),
        *some("line", Integer),
        *maybe("salt ended_by"),
        *maybe("ended_at", Moment),
        refers("started_by", "person.id"),
        refers("ended_by", "person.id"),
    )
    table(
        "campaign_answer",
        *some("campaign_id who said"),
        refers("campaign_id", "campaign.id"),
        one_of("said", "none told"),
        key="campaign_id who",
    )
    table(
        "campaign_told",
        *some("id campaign_id who tool unit"),
        *maybe("use_id"),
        *maybe("held", Json),
        refers("campaign_id", "campaign.id"),
        indexes=["campaign_id"],
    )
