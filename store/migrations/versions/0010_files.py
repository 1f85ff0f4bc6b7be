"""The files that came with an answer to those who decide: by name and link, never their bytes."""

from alembic import op

from store.migrations.words import maybe

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("inquiry", maybe("files")[0])
