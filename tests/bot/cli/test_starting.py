"""A settings file that is damaged, or named and not there, stops the start and says why."""

import logging
from pathlib import Path
from typing import Any

import pytest

from bot.cli.starting import Lines
from store.errors import locked

ROW = b'{"nr": 1, "what": "Translate"}\n'


@pytest.fixture
def importing(tmp_path: Path) -> list[str]:
    """The smallest command that starts as the long-running ones do."""
    (tmp_path / "map.yaml").write_text("name: ours\nid: nr\ntitle: what\n")
    (tmp_path / "rows.jsonl").write_bytes(ROW)
    return ["import", "rows.jsonl", "--map", "map.yaml"]


def test_a_damaged_file_stops_the_start_with_all_its_faults(
    steward: Any, importing: list[str], tmp_path: Path
) -> None:
    (tmp_path / "steward.yaml").write_text("roles:\n  reviewer: [mira]\ntimezone: Berlin\n")
    code, said, errors = steward(*importing)
    assert (code, said) == (2, "")
    assert [line.split(" ")[:2] for line in errors.splitlines()] == [
        ["steward.yaml:2:", "roles.reviewer.1:"],
        ["steward.yaml:3:", "timezone:"],
    ]


def test_a_file_that_was_named_must_be_there(
    steward: Any, importing: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEWARD_CONFIG", "elsewhere.yaml")
    code, _, errors = steward(*importing)
    assert (code, "elsewhere.yaml" in errors) == (2, True)


def test_no_file_is_no_fault(steward: Any, importing: list[str]) -> None:
    assert steward(*importing)[0] == 0


@pytest.mark.parametrize(("command", "missing"), [("slack", ["BOT", "APP"]), ("worker", ["BOT"])])
def test_all_that_is_wrong_is_said_before_anything_is_opened(
    steward: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, missing: list[str]
) -> None:
    """Tokens and settings file alike, and Slack is not asked without a token."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    (tmp_path / "steward.yaml").write_text("timezone: Berlin\n")
    code, said, errors = steward(command)
    lines = errors.splitlines()
    assert (code, said) == (2, "")
    assert [line.split()[1] for line in lines] == [
        *(f"SLACK_{name}_TOKEN" for name in missing),
        "steward.yaml:1:",
    ]
    assert not (tmp_path / "new.db").exists()


def logged(error: Exception | None = None, **fields: str) -> str:
    record = logging.makeLogRecord({"msg": "Something", "levelname": "ERROR", "name": "bot", **fields})
    if error is not None:
        record.exc_info = (type(error), error, error.__traceback__)
    return Lines("%(levelname)s %(name)s: %(message)s").format(record)


def test_a_reference_that_was_told_stands_in_the_log() -> None:
    assert logged(reference="7F3A", event="fault") == "ERROR bot: Something reference=7F3A event=fault"


def test_a_database_that_does_not_answer_is_one_sentence_and_a_bug_is_all_of_it() -> None:
    assert logged(locked("here")).splitlines()[1:] == [str(locked("here"))]
    with pytest.raises(KeyError) as bug:
        raise KeyError("bug")
    assert "Traceback" in logged(bug.value)
