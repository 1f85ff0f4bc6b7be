"""What is on record of one tool found by an index, the newest of each status first."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.drop_index(op.f("ix_use_tool_id"), table_name="use")
    for column in ("tool_id", "tool_name"):
        op.create_index(op.f(f"ix_use_{column}_state_updated_at"), "use", [column, "state", "updated_at"])
