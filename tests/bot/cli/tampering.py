"""Changes behind the trail's back."""

from store.engine import Store


def tamper(store: Store, *sentences: str) -> None:
    """As somebody with the database's own rights would: triggers are in nobody's way."""
    with store.engine.connect() as connection:
        if store.on_sqlite:
            triggers = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall()
            for (name,) in triggers:
                connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        for sentence in sentences:
            connection.exec_driver_sql(sentence)
        connection.commit()
