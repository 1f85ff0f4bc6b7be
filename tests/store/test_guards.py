"""That a trigger is gone, was changed or was put in is noticed; so is a view."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from store import guards
from store.engine import Store


def found(store: Store) -> list[str]:
    with store.read() as session:
        return list(guards.differences(session))


def run(store: Store, *sentences: str) -> None:
    with store.write() as session:
        for sentence in sentences:
            session.connection().execute(text(sentence))


def test_as_migrated_all_stand_there_and_nothing_else(store: Store) -> None:
    assert found(store) == []
    with store.read() as session:
        assert guards.views(session) == []


def test_one_that_is_gone_is_named(store: Store) -> None:
    run(store, f"DROP TRIGGER fact_no_update{'' if store.on_sqlite else ' ON fact'}")
    assert found(store) == ["the trigger fact_no_update is missing"]


def test_one_that_does_something_else_is_named(store: Store) -> None:
    if store.on_sqlite:
        made = "CREATE TRIGGER fact_no_update BEFORE UPDATE ON fact WHEN old.id < 0 BEGIN SELECT 1; END"
        run(store, "DROP TRIGGER fact_no_update", made)
    else:
        body = "$$ BEGIN RETURN NULL; END $$"
        run(
            store,
            f"CREATE OR REPLACE FUNCTION fact_no_update() RETURNS trigger LANGUAGE plpgsql AS {body}",
        )
    assert found(store) == ["the trigger fact_no_update was changed, or is switched off"]


def test_one_that_is_switched_off_is_named(store: Store) -> None:
    if store.on_sqlite:
        pytest.skip("SQLite switches none off")
    run(store, "ALTER TABLE fact DISABLE TRIGGER fact_no_update")
    assert found(store) == ["the trigger fact_no_update was changed, or is switched off"]


def test_what_somebody_put_in_is_named(store: Store) -> None:
    if store.on_sqlite:
        run(store, "CREATE TRIGGER theirs AFTER INSERT ON fact BEGIN DELETE FROM lack; END")
    else:
        run(store, "CREATE RULE theirs AS ON INSERT TO fact DO ALSO DELETE FROM lack")
    assert found(store) == ["the trigger theirs is none of Steward's"]
    run(store, "CREATE VIEW theirs_too AS SELECT id FROM fact")
    with store.read() as session:
        assert guards.views(session) == ["theirs_too"]
