from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from store.engine import Store
from store.tables import metadata


def test_tables_and_migrations_agree(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
