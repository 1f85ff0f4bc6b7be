"""Every tampering with the trail through SQL is named by its line and kind."""

import json
from pathlib import Path
from typing import Any

import pytest

from store import audit
from store.engine import Store
from tests.databases import Clock

LINES = 6


@pytest.fixture
def trail(store: Store, clock: Clock) -> Store:
    with store.write() as session:
        for number in range(LINES):
            audit.append(
                session,
                what="case.approved",
                actor=None,
                subject_kind="use",
                subject_id=f"u{number}",
                detail={"n": number},
                texts={"reason": f"because {number}"},
                at=clock(),
            )
    return store


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


def test_an_untouched_trail_is_ok(steward: Any, trail: Store) -> None:
    code, said, _ = steward("verify")
    with trail.read() as session:
        end = audit.end(session)
    assert end is not None
    assert (code, said) == (0, f"ok {LINES} lines head {end.digest}\n")


def test_an_empty_trail_is_ok(steward: Any, store: Store) -> None:
    assert steward("verify")[:2] == (0, f"ok 0 lines head {'0' * 64}\n")


@pytest.mark.parametrize(
    ("sentences", "finding"),
    [
        (
            ["UPDATE audit_line SET sealed = replace(sealed, ':2}', ':9}') WHERE seq = 3"],
            "3: changed",
        ),
        (["UPDATE audit_line SET digest = 'x' WHERE seq = 2"], "2: changed"),
        (["UPDATE audit_text SET text = 'because of nothing' WHERE seq = 4"], "4: changed"),
        (["DELETE FROM audit_line WHERE seq = 3"], "3: missing"),
        (["DELETE FROM audit_line WHERE seq = 1"], "1: cut"),
        (["DELETE FROM audit_line WHERE seq >= 5"], "5: cut"),
        (["DELETE FROM audit_head"], f"{LINES + 1}: cut"),
        (["DELETE FROM audit_line"], "1: cut"),
        (
            [
                "UPDATE audit_line SET seq = -3 WHERE seq = 3",
                "UPDATE audit_line SET seq = 3 WHERE seq = 4",
                "UPDATE audit_line SET seq = 4 WHERE seq = -3",
            ],
            "3: swapped",
        ),
    ],
)
def test_a_tampered_database_is_named(steward: Any, trail: Store, sentences: list[str], finding: str) -> None:
    tamper(trail, *sentences)
    assert steward("verify")[:2] == (1, f"broken at line {finding}\n")


def test_an_erased_text_breaks_nothing(steward: Any, trail: Store) -> None:
    with trail.write() as session:
        audit.erase(session, seq=2)
    assert steward("verify")[0] == 0


def test_the_finding_as_json(steward: Any, trail: Store) -> None:
    tamper(trail, "DELETE FROM audit_line WHERE seq = 3")
    code, said, _ = steward("verify", "--json")
    found = json.loads(said)
    assert (code, found["ok"], found["broken_at"], found["kind"]) == (1, False, 3, "missing")


@pytest.fixture
def file(steward: Any, trail: Store, tmp_path: Path) -> Path:
    steward("export", "--format", "json", "--out", tmp_path / "out")
    return tmp_path / "out" / "audit.jsonl"


def test_a_file_needs_no_database(steward: Any, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///nowhere/none.db")
    assert steward("verify", "--file", file)[0] == 0


@pytest.mark.parametrize(
    ("edit", "finding"),
    [
        (lambda lines: [*lines[:2], lines[2].replace('"n":2', '"n":7'), *lines[3:]], "3: changed"),
        (lambda lines: [*lines[:2], *lines[3:]], "3: missing"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "2: swapped"),
        (lambda lines: lines[1:], "1: cut"),
        (lambda lines: [*lines[:-1], lines[-1][:40]], f"{LINES}: cut"),
    ],
)
def test_a_tampered_file_is_named(steward: Any, file: Path, edit: Any, finding: str) -> None:
    file.write_text("".join(edit(file.read_text().splitlines(keepends=True))))
    assert steward("verify", "--file", file)[:2] == (1, f"broken at line {finding}\n")


def test_a_head_kept_elsewhere_finds_what_was_cut(steward: Any, file: Path) -> None:
    lines = file.read_text().splitlines(keepends=True)
    head = steward("verify", "--file", file)[1].split()[-1]
    file.write_text("".join(lines[:-1]))
    assert steward("verify", "--file", file)[0] == 0
    assert steward("verify", "--file", file, "--head", head)[:2] == (1, f"broken at line {LINES}: cut\n")


def test_a_missing_file_is_said(steward: Any, tmp_path: Path) -> None:
    code, _, errors = steward("verify", "--file", tmp_path / "none.jsonl")
    assert (code, "cannot be read" in errors) == (2, True)


def test_a_missing_database_is_said(steward: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///nowhere/none.db")
    code, said, errors = steward("verify")
    assert (code, said) == (2, "")
    assert "steward migrate" in errors
