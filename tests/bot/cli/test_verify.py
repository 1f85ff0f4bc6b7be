"""Every tampering with the trail through SQL is named by its line and kind."""

import json
from pathlib import Path
from typing import Any

import pytest

from store import audit
from store.engine import Store
from tests.bot.cli.tampering import tamper
from tests.databases import Clock

LINES = 6


@pytest.fixture
def trail(store: Store, clock: Clock) -> Store:
    with store.write() as session:
        for number in range(LINES):
            audit.append(
                session,
                what="tool.assessed",
                actor=None,
                subject_kind="tool",
                subject_id=f"u{number}",
                detail={"n": number},
                texts={"reason": f"because {number}"},
                at=clock(),
            )
    return store


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
    code, said, _ = steward("verify")
    assert (code, said.splitlines()[-1]) == (1, f"broken at line {finding}")


def test_an_erased_text_breaks_nothing(steward: Any, trail: Store) -> None:
    with trail.write() as session:
        audit.erase(session, seq=2, actor="P-x", at=trail.now())
    assert steward("verify")[0] == 0
    with trail.read() as session:
        last = json.loads(list(audit.sealed_lines(session))[-1])
    assert (last["what"], last["actor"]) == ("text.erased", "P-x")
    assert (last["subject"], last["detail"]) == (["tool", "u1"], {"line": 2, "field": "reason"})


def test_a_text_removed_behind_the_trails_back_is_named(steward: Any, trail: Store) -> None:
    tamper(trail, "DELETE FROM audit_text WHERE seq = 4")
    code, said, _ = steward("verify")
    first, last = said.splitlines()
    assert (code, last) == (1, "broken at line 4: changed")
    assert "reason of line 4" in first


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


def test_a_register_that_says_what_the_trail_says_is_ok(steward: Any, register: Store) -> None:
    code, said, _ = steward("verify")
    assert (code, said.count("\n")) == (0, 1)
    assert said.startswith("ok ")


@pytest.mark.parametrize(
    ("sentences", "told"),
    [
        (["UPDATE use SET state = 'approved' WHERE id = 'case-2'"], "is approved, the trail says in_review"),
        (["UPDATE use SET state = 'declined' WHERE id = 'case-1'"], "is declined, the trail says approved"),
        (
            ["DELETE FROM signature", "DELETE FROM decision"],
            "the decision decided on AIU-2026-0001 (approved) is missing",
        ),
        (["UPDATE decision SET outcome = 'declined'"], "is declined, the trail says approved"),
        (["UPDATE decision SET subject_id = 'case-2'"], "the decision decided on AIU-2026-0002"),
        (
            [
                "INSERT INTO decision (id, subject_kind, subject_id, subject_version, kind, outcome, reason, policies, "
                "decided_at, detail) SELECT 'made-up', subject_kind, 'case-2', 4, kind, outcome, reason, policies, "
                "decided_at, detail FROM decision"
            ],
            "the trail does not know the decision made-up on AIU-2026-0002 (approved)",
        ),
    ],
)
def test_a_record_changed_behind_the_trails_back_is_named(
    steward: Any, register: Store, sentences: list[str], told: str
) -> None:
    tamper(register, *sentences)
    code, said, _ = steward("verify")
    *differences, last = said.splitlines()
    assert code == 1
    assert any(told in line for line in differences)
    assert all(line.startswith("records differ from the trail: ") for line in differences)
    assert last.startswith("ok ")
    code, said, _ = steward("verify", "--json")
    found = json.loads(said)
    assert (code, found["ok"], found["broken_at"]) == (1, False, None)
    assert any(told in line for line in found["records"])
