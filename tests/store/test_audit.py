"""The trail in the database: appended in one place, refused everywhere else, and every tampering named."""

import json
import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from store import audit
from store.engine import Store
from store.trail import FIRST, read, seal
from tests.databases import Clock

Tampering = Callable[[Store], None]


def append(store: Store, count: int = 1, **texts: str) -> None:
    for number in range(count):
        with store.write() as session:
            audit.append(
                session,
                "case.opened",
                actor="P1",
                subject_kind="use",
                subject_id=f"U{number}",
                detail={"number": number, "names": ("a", "b")},
                texts=texts,
                at=store.now(),
            )


def sealed(store: Store) -> list[str]:
    with store.read() as session:
        return list(audit.sealed_lines(session))


def verdict(store: Store, anchor: str | None = None) -> str:
    with store.read() as session:
        return str(audit.verify_store(session, anchor=anchor))


def attack(store: Store, *sentences: str, **values: str) -> None:
    """What somebody with the database's keys can do: first the triggers go."""
    with store.engine.begin() as connection:
        for name, deed in [("audit_line", "update"), ("audit_line", "delete"), ("audit_text", "update")]:
            on = "" if store.on_sqlite else f" ON {name}"
            connection.execute(text(f"DROP TRIGGER {name}_no_{deed}{on}"))
        for sentence in sentences:
            connection.execute(text(sentence), values)


def test_a_trail_grows_and_verifies(store: Store) -> None:
    assert verdict(store) == f"ok 0 lines head {FIRST}"
    append(store, 4)
    lines = sealed(store)
    assert verdict(store) == f"ok 4 lines head {read(lines[-1]).seal}"
    assert json.loads(lines[1]) == {
        "seq": 2,
        "previous": read(lines[0]).seal,
        "at": "2026-11-21T09:00:00.000000Z",
        "what": "case.opened",
        "actor": "P1",
        "subject": ["use", "U1"],
        "detail": {"number": 1, "names": ["a", "b"]},
        "texts": {},
        "seal": read(lines[1]).seal,
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE audit_line SET sealed = 'x' WHERE seq = 1",
        "DELETE FROM audit_line",
        "UPDATE audit_text SET text = 'other'",
    ],
)
def test_the_tables_refuse_changes(store: Store, sentence: str) -> None:
    append(store, 2, note="hello")
    with pytest.raises(DBAPIError, match="kept as they are"), store.write() as session:
        session.connection().execute(text(sentence))
    assert verdict(store).startswith("ok 2")


def test_a_line_cannot_be_replaced_by_its_number(store: Store) -> None:
    append(store, 2)
    replace = "INSERT OR REPLACE" if store.on_sqlite else "INSERT"
    sentence = f"{replace} INTO audit_line (seq, sealed, previous, digest) VALUES (1, 'x', 'y', 'z')"
    with pytest.raises(DBAPIError), store.write() as session:
        session.connection().execute(text(sentence))
    assert verdict(store).startswith("ok 2")


def test_truncating_is_refused_where_it_exists(store: Store) -> None:
    append(store, 1)
    sentence = "DELETE FROM audit_line" if store.on_sqlite else "TRUNCATE audit_line"
    with pytest.raises(DBAPIError, match="kept as they are"), store.write() as session:
        session.connection().execute(text(sentence))


TAMPERINGS = {
    "a word": ("UPDATE audit_line SET sealed = replace(sealed, 'U2', 'U9') WHERE seq = 3", "3: changed"),
    "digest column": ("UPDATE audit_line SET digest = 'x' WHERE seq = 2", "2: changed"),
    "previous column": ("UPDATE audit_line SET previous = 'x' WHERE seq = 2", "2: changed"),
    "first removed": ("DELETE FROM audit_line WHERE seq = 1", "1: cut"),
    "third removed": ("DELETE FROM audit_line WHERE seq = 3", "3: missing"),
    "two removed": ("DELETE FROM audit_line WHERE seq IN (3, 4)", "3: missing"),
    "last removed": ("DELETE FROM audit_line WHERE seq = 6", "6: cut"),
    "tail removed": ("DELETE FROM audit_line WHERE seq > 3", "4: cut"),
    "all removed": ("DELETE FROM audit_line", "1: cut"),
    "number moved": ("UPDATE audit_line SET seq = 99 WHERE seq = 3", "3: swapped"),
    "last number moved": ("UPDATE audit_line SET seq = 99 WHERE seq = 6", "6: changed"),
    "head lowered": ("UPDATE audit_head SET seq = 5", "6: changed"),
    "head raised": ("UPDATE audit_head SET seq = 7", "7: cut"),
    "head exchanged": ("UPDATE audit_head SET digest = 'x'", "6: changed"),
    "head removed": ("DELETE FROM audit_head", "7: cut"),
}


@pytest.mark.parametrize(("sentence", "named"), TAMPERINGS.values(), ids=list(TAMPERINGS))
def test_tampering_through_sql_is_named(store: Store, sentence: str, named: str) -> None:
    append(store, 6)
    attack(store, sentence)
    assert verdict(store) == f"broken at line {named}"


def test_exchanged_lines_are_named(store: Store) -> None:
    append(store, 6)
    lines = sealed(store)
    change = "UPDATE audit_line SET sealed = CASE seq WHEN 2 THEN :fifth ELSE :second END WHERE seq IN (2, 5)"
    attack(store, change, second=lines[1], fifth=lines[4])
    assert verdict(store) == "broken at line 2: swapped"


def test_exchanged_rows_are_named(store: Store) -> None:
    append(store, 6)
    moves = [(2, 99), (5, 2), (99, 5)]
    attack(store, *[f"UPDATE audit_line SET seq = {to} WHERE seq = {of}" for of, to in moves])
    assert verdict(store) == "broken at line 2: swapped"


def test_numbers_closed_up_after_a_removal_are_named(store: Store) -> None:
    append(store, 6)
    attack(store, "DELETE FROM audit_line WHERE seq = 3", "UPDATE audit_line SET seq = seq - 1 WHERE seq = 4")
    assert verdict(store) == "broken at line 3: missing"


@pytest.mark.parametrize("number", [1, 3, 6])
def test_a_forger_who_knows_the_seal_is_named(store: Store, number: int) -> None:
    append(store, 6)
    record = json.loads(sealed(store)[number - 1])
    del record["seal"]
    forged, digest = seal(record | {"actor": "P666"})
    change = "UPDATE audit_line SET sealed = :forged, digest = :digest WHERE digest = :old"
    attack(store, change, forged=forged, digest=digest, old=read(sealed(store)[number - 1]).seal)
    assert verdict(store) == f"broken at line {number}: changed"


def test_a_rewritten_database_is_found_by_a_head_kept_elsewhere(store: Store) -> None:
    append(store, 3)
    anchor = read(sealed(store)[-1]).seal
    attack(
        store,
        "DELETE FROM audit_line WHERE seq = 3",
        "UPDATE audit_head SET seq = 2, digest = (SELECT digest FROM audit_line WHERE seq = 2)",
    )
    assert verdict(store).startswith("ok 2")
    assert verdict(store, anchor) == "broken at line 3: cut"


def test_an_erased_text_leaves_the_chain_whole(store: Store) -> None:
    append(store, 3, note="Ana's own words", reason="others")
    with store.write() as session:
        assert audit.texts_of(session, 2) == {"note": "Ana's own words", "reason": "others"}
        assert audit.erase(session, seq=2, field="note", actor="P1", at=store.now()) == 1
        assert audit.erase(session, seq=3, actor="P1", at=store.now()) == 2
        assert audit.erase(session, seq=3, actor="P1", at=store.now()) == 0
    assert verdict(store).startswith("ok 6")
    with store.read() as session:
        assert audit.verify_texts(session) == []
        assert audit.texts_of(session, 2) == {"reason": "others"}
        assert "own words" not in "".join(audit.sealed_lines(session))


def test_a_text_that_was_exchanged_is_named(store: Store) -> None:
    append(store, 2, note="yes")
    attack(
        store,
        "UPDATE audit_text SET text = 'no' WHERE seq = 2",
        "INSERT INTO audit_text (seq, field, salt, text) VALUES (1, 'other', 's', 't'), (9, 'a', 's', 't')",
    )
    with store.read() as session:
        assert audit.verify_texts(session) == [(1, "other"), (2, "note"), (9, "a")]


def test_a_text_that_went_without_an_erasure_is_named(store: Store) -> None:
    append(store, 3, note="yes")
    attack(store, "DELETE FROM audit_text WHERE seq = 2")
    with store.read() as session:
        assert audit.verify_texts(session) == [(2, "note")]


def test_what_people_write_does_not_fit_into_the_detail(store: Store) -> None:
    for wrong in ["x" * 201, {"a": "b"}, ["x" * 201], 1.5]:
        with pytest.raises(ValueError, match="belongs into texts"), store.write() as session:
            audit.append(
                session,
                "case.opened",
                actor=None,
                subject_kind="use",
                subject_id="U1",
                detail={"note": wrong},  # type: ignore[dict-item]
                at=store.now(),
            )
    assert verdict(store).startswith("ok 0")


def test_lines_of_one_subject(store: Store) -> None:
    append(store, 3)
    append(store, 1)
    with store.read() as session:
        assert [line["seq"] for line in audit.about(session, "use", "U0")] == [1, 4]
        assert audit.about(session, "use", "U%") == []


def test_a_rolled_back_line_leaves_no_trace(store: Store) -> None:
    append(store, 1)
    with pytest.raises(TypeError), store.write() as session:
        audit.append(
            session,
            "case.opened",
            actor=None,
            subject_kind="use",
            subject_id="U1",
            detail={},
            at=store.now(),
            texts={"good": "text", "bad": object()},  # type: ignore[dict-item]
        )
    append(store, 1)
    assert verdict(store).startswith("ok 2")


def test_many_writers_do_not_fork_the_chain(database_url: str, clock: Clock) -> None:
    """Two stores stand for two processes: on SQLite they share the file, on PostgreSQL the server."""
    stores = [Store(database_url, now=clock, patience=30) for _ in range(2)]
    threads = [threading.Thread(target=append, args=(store, 8)) for store in stores * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verdict(stores[0]).startswith("ok 32 lines")
    for store in stores:
        store.close()
