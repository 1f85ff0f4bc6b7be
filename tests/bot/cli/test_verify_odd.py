"""One cell that nobody can read is named, and all the rest is still looked at: never a traceback."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.config import seed
from store import audit
from store.content import RECORD
from store.engine import Store
from store.trail import seal
from tests.bot.cli.tampering import tamper
from tests.builders import NOW

ELSEWHERE = "UPDATE use SET unit = 'Elsewhere' WHERE id = 'case-2'"
SQLITE = [
    ("UPDATE decision SET decided_at = 'yesterday'", "the decision decided: decided_at cannot be read"),
    (
        "UPDATE decision SET valid_until = '2026-11-21T09:00:00Z'",
        "the decision decided: valid_until cannot be read",
    ),
    ("UPDATE decision SET detail = 'x'", "the decision decided: detail cannot be read"),
    ("UPDATE result SET verdict = 'x' WHERE subject_id = 'case-1'", "verdict cannot be read"),
    ("UPDATE result SET policies = '3' WHERE subject_id = 'case-1'", "the result of version"),
    ("UPDATE fact SET value = '[' WHERE question = 'data'", "the answer to data in the set"),
    ("UPDATE fact SET recorded_at = 'x' WHERE question = 'data'", "recorded_at cannot be read"),
    (
        "UPDATE use SET created_at = '' WHERE id = 'case-1'",
        "the use AIU-2026-0001: created_at cannot be read",
    ),
    (
        "UPDATE use SET title = CAST(X'4fff' AS TEXT) WHERE id = 'case-1'",
        "the use AIU-2026-0001: title cannot be read",
    ),
    (f"UPDATE decision SET policies = '{'[' * 5_000}'", "the decision decided: policies cannot be read"),
    ("UPDATE setting SET value = 'x'", "the setting language: value cannot be read"),
    ("UPDATE audit_text SET text = CAST(X'ff' AS TEXT) WHERE seq = 1", "words of line 1 was changed"),
    ("UPDATE audit_line SET sealed = CAST(X'ff' AS TEXT) WHERE seq = 2", "broken at line 2: changed"),
]
BOTH = [
    ("UPDATE decision SET detail = '\"x\"'", "the decision decided was changed: seat, would_change"),
    ("UPDATE decision SET policies = '3'", "the decision decided was changed: policies"),
    ("UPDATE result SET verdict = '[1]' WHERE subject_id = 'case-1'", "the result of version"),
    ("UPDATE fact SET value = '{\"a\": 1}' WHERE question = 'data'", "the answer to data of"),
    ("UPDATE fact SET value = '3' WHERE question = 'data'", "the answer to data of"),
]
POSTGRES = [
    ("UPDATE decision SET decided_at = 'infinity'", "the decision decided: decided_at cannot be read"),
    (
        "UPDATE use SET due_at = '-infinity' WHERE id = 'case-1'",
        "the use AIU-2026-0001: due_at cannot be read",
    ),
]


CASES = [
    *(("sqlite", *case) for case in [*SQLITE, *BOTH]),
    *(pytest.param("postgres", *case, marks=pytest.mark.postgres) for case in [*POSTGRES, *BOTH]),
]
"""What only one of them takes is not tried on the other."""


@pytest.fixture
def settled(register: Store) -> Store:
    seed(register, {"language": "en"}, now=NOW)
    return register


@pytest.mark.parametrize(("databases", "sentence", "told"), CASES, indirect=["databases"])
def test_a_cell_that_cannot_be_read_is_named_and_the_rest_is_checked(
    steward: Any, settled: Store, sentence: str, told: str, tmp_path: Path
) -> None:
    tamper(settled, sentence, ELSEWHERE)
    code, said, errors = steward("verify")
    assert (code, errors) == (1, "")
    assert told in said
    assert "AIU-2026-0002: unit was changed" in said
    assert json.loads(steward("verify", "--json")[1])["ok"] is False
    code, said, errors = steward("export", "--format", "json", "--out", tmp_path / "out")
    assert code == 1
    assert "steward verify" in errors
    assert (tmp_path / "out" / "manifest.json").exists()
    code, said, errors = steward("replay")
    assert errors == ""
    assert said.splitlines()[-1].endswith("differ")


def test_an_export_leaves_out_what_cannot_be_read_and_says_so(
    steward: Any, settled: Store, tmp_path: Path
) -> None:
    tamper(settled, "UPDATE decision SET policies = '3'")
    _, _, errors = steward("export", "--format", "json", "--out", tmp_path / "out")
    assert "AIU-2026-0001 cannot be read and was left out.\n" in errors
    uses = json.loads((tmp_path / "out" / "uses.json").read_text())
    assert [use["ref"] for use in uses] == ["AIU-2026-0002"]
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["unreadable"] == ["AIU-2026-0001"]


@pytest.mark.parametrize(
    ("what", "detail", "told"),
    [
        ("text.erased", {"field": "reason"}, "does not say what was erased"),
        ("text.erased", {"line": ["1"], "field": "reason"}, "does not say what was erased"),
        ("case.approved", {"status": 3, "ref": 4}, "says case.approved and names no decision"),
        ("case.approved", {"decision": ["a"]}, "is missing"),
    ],
)
def test_a_line_of_odd_shape_is_named(
    steward: Any, settled: Store, what: str, detail: dict[str, Any], told: str
) -> None:
    with settled.write() as session:
        audit.append(
            session, what, actor=None, subject_kind="use", subject_id="case-1", detail=detail, at=NOW
        )
    code, said, _ = steward("verify")
    assert code == 1
    assert told in said


@pytest.mark.parametrize(
    "record",
    [
        *(
            "x",
            "[1]",
            '{"columns": []}',
            '{"facts": 3}',
            '{"facts": {"data": 3}}',
            '{"facts": {"data": [1]}}',
        ),
        *('{"columns": {"requester_id": ["a"]}}', '{"columns": {"owner_id": {"a": 1}}}'),
        *('{"inquiries": {"a": 3}}', '{"decisions": {"decided": 3}}', '{"results": {"1": 3}}', "[" * 5_000),
    ],
)
def test_a_record_of_odd_shape_is_named(steward: Any, settled: Store, record: str) -> None:
    about: dict[str, Any] = {"subject_kind": "use", "subject_id": "case-1", "detail": {}, "actor": None}
    with settled.write() as session:
        seq = audit.append(session, "remark.made", **about, texts={RECORD: record}, at=NOW)
    code, said, _ = steward("verify")
    assert (code, f"what line {seq} recorded cannot be read" in said) == (1, True)


def test_people_that_are_no_ids_are_named_before_a_decision_too(steward: Any, settled: Store) -> None:
    """A decision is held against who asked and who owned by then."""
    about: dict[str, Any] = {"subject_kind": "use", "subject_id": "case-1", "actor": None, "at": NOW}
    for column in ("requester_id", "owner_id"):
        with settled.write() as session:
            texts = {RECORD: json.dumps({"columns": {column: ["a"]}})}
            seq = audit.append(session, "remark.made", **about, detail={}, texts=texts)
            audit.append(session, "case.approved", **about, detail={"decision": "decided"})
        code, said, errors = steward("verify")
        assert (code, errors, f"what line {seq} recorded cannot be read" in said) == (1, "", True), said


def test_a_version_of_any_length_is_named(steward: Any, settled: Store, tmp_path: Path) -> None:
    about: dict[str, Any] = {"subject_kind": "use", "subject_id": "case-1", "actor": None, "at": NOW}
    texts = {RECORD: json.dumps({"results": {"9" * 5_000: "x"}})}
    with settled.write() as session:
        audit.append(session, "remark.made", **about, detail={}, texts=texts)
    code, said, errors = steward("verify")
    assert (code, errors, "is missing" in said) == (1, "", True)
    code, said, errors = steward("replay")
    assert (code, errors, "it was deleted from the register" in said) == (1, "", True)
    assert steward("export", "--format", "json", "--out", tmp_path / "out")[0] == 1


def test_a_line_sealed_without_a_subject_is_named(steward: Any, settled: Store) -> None:
    with settled.read() as session:
        end = audit.end(session)
    assert end is not None
    line, digest = seal({"seq": end.seq + 1, "previous": end.digest})
    tamper(
        settled,
        f"INSERT INTO audit_line (seq, sealed, previous, digest) VALUES ({end.seq + 1}, '{line}', "
        f"'{end.digest}', '{digest}')",
        f"UPDATE audit_head SET seq = {end.seq + 1}, digest = '{digest}'",
    )
    code, said, _ = steward("verify")
    assert (code, "is sealed and cannot be understood" in said) == (1, True)


def test_lines_of_odd_shape_end_nothing(steward: Any, settled: Store, tmp_path: Path) -> None:
    about: dict[str, Any] = {"actor": None, "at": NOW}
    with settled.write() as session:
        for keys in (3, [4], "language"):
            of: dict[str, Any] = {"subject_kind": "settings", "subject_id": "x", "detail": {"keys": keys}}
            audit.append(session, "settings.changed", **about, **of)
        use: dict[str, Any] = {"subject_kind": "use", "detail": {"ref": 4, "status": 5}}
        audit.append(session, "remark.made", **about, **use, subject_id="unheard-of")
        nonsense = {RECORD: '{"columns": {"nonsense": 1}, "inquiries": {"a": {"b": 1}}}'}
        audit.append(session, "remark.made", **about, **use, subject_id="case-1", texts=nonsense)
    code, said, errors = steward("verify")
    assert (code, errors) == (1, "")
    assert "the setting 4 is missing" in said
    assert steward("export", "--format", "json", "--out", tmp_path / "out")[0] == 1
    assert steward("replay")[2] == ""
