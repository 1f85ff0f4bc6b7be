"""Runs the revisions on the connection that store/migrate.py opened, inside its transaction."""

from alembic import context

from store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
