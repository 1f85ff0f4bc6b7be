"""Which revision of the tables this version of Steward works with; known without loading Alembic."""

from sqlalchemy import inspect, text

from store.engine import Store
from store.errors import newer, not_migrated

HEAD = "0025"


def revision(store: Store) -> str | None:
    """The revision the database is at; None if it was never migrated."""
    with store.read() as session:
        connection = session.connection()
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def check_current(store: Store) -> None:
    """Raises Absent with what to do, if the tables are older or newer than the program."""
    at = revision(store)
    if at is not None and at > HEAD:  # revisions are counted, with noughts before them
        raise newer(store.place, at)
    if at != HEAD:
        raise not_migrated(store.place)
