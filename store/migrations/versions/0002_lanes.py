"""Outgoing messages get a lane: order is kept whether or not the direct message is open yet."""

from alembic import op
from sqlalchemy import Column, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("outbox", Column("lane", Text(), nullable=False, server_default=""))
    op.execute(
        "UPDATE outbox SET lane = CASE WHEN kind = 'publish' THEN 'home:' || coalesce(person_id, '') "
        "ELSE coalesce((SELECT place.person_id FROM place WHERE place.id = outbox.place_id), "
        "place_id, person_id, '') END"
    )
    op.create_index(op.f("ix_outbox_state_lane_id"), "outbox", ["state", "lane", "id"])
