"""What came later is told by counting, not by a clock: results, inquiries and the inbox get an order.

Old results and inquiries are numbered as they were written, which stays below the version of their use: each was
one of its changes. What lies in the inbox is in nobody's way, as before.
"""

from alembic import op
from sqlalchemy import Column, Integer, Text

from store.migrations.words import refuse, unguard

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for name, since in (("result", "judged_at"), ("inquiry", "asked_at")):
        op.add_column(name, Column("version", Integer(), nullable=False, server_default="0"))
        if name == "result":
            unguard(name, "UPDATE")
        _number(name, since)
    refuse("result", "UPDATE")
    op.add_column("inbox", Column("lane", Text(), nullable=False, server_default=""))
    op.add_column("inbox", Column("turn", Text(), nullable=False, server_default=""))
    op.execute("UPDATE inbox SET lane = key")
    op.create_index(op.f("ix_inbox_state_lane_turn"), "inbox", ["state", "lane", "turn"])


def _number(name: str, since: str) -> None:
    """SQLite remembers in which order rows were written; elsewhere the clock has to do."""
    subject = "subject_id" if name == "result" else "use_id"
    written = "rowid" if op.get_context().dialect.name == "sqlite" else f"{since}, id"
    op.execute(
        f"UPDATE {name} SET version = numbered.n FROM (SELECT id AS which, "
        f"row_number() OVER (PARTITION BY {subject} ORDER BY {written}) AS n FROM {name}) AS numbered "
        f"WHERE {name}.id = numbered.which"
    )
