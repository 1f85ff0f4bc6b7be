"""`steward score`: a line in, a line out; a bad line does not keep the others."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main

PHASE = {"projectDetailsPhase": "item1"}


def scored(tmp_path: Path, capsys: pytest.CaptureFixture[str], *lines: str, options: tuple[str, ...] = ()):
    asked = tmp_path / "asked.jsonl"
    asked.write_text("\n".join(lines) + "\n")
    code = main(["score", "canada-aia", str(asked), *options])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_hidden_answers_count_only_while_in_progress(tmp_path, capsys) -> None:
    line = json.dumps(
        {"id": 1, "answers": {**PHASE, "riskProfile1": "item1-3", "fairnessImplementation1": "item1-2"}}
    )
    code, (said,) = scored(tmp_path, capsys, line)
    assert code == 0
    assert said == {
        "id": 1, "raw_impact_score": 3, "mitigation_score": 0, "current_score": 3, "impact_level": 1,
    }  # fmt: skip
    _, (running,) = scored(tmp_path, capsys, line, options=("--in-progress",))
    assert running["mitigation_score"] == 2


def test_a_bad_line_is_an_error_line_and_the_rest_goes_on(tmp_path, capsys) -> None:
    good = json.dumps({"id": "b", "answers": PHASE})
    code, said = scored(tmp_path, capsys, "{", '{"id": true, "answers": []}', good)
    assert code == 1
    assert [line.get("line") for line in said] == [1, 2, None]
    assert "not JSON" in said[0]["error"]
    assert "`id` must be" in said[1]["error"]
    assert "`answers` must be" in said[1]["error"]
    assert said[2]["impact_level"] == 1


def test_a_file_that_is_not_there_is_said_in_a_sentence(tmp_path, capsys) -> None:
    assert main(["score", "canada-aia", str(tmp_path / "none.jsonl")]) == 2
    assert "cannot be read" in capsys.readouterr().err
