"""The register in the terminal."""

import json
from pathlib import Path
from typing import Any

import pytest

EXCERPT = Path(__file__).resolve().parents[3] / "bot" / "examples" / "us-federal-excerpt.csv"


@pytest.fixture
def steward_with_uses(steward: Any, tmp_path: Path) -> Any:
    path = tmp_path / "rows.jsonl"
    rows = [
        {"id": "1", "use_case_name": "Sort letters", "agency": "GSA", "topic_area": "HR"},
        {"id": "2", "use_case_name": "Clear \u001b[2Jthe screen", "agency": "x" * 60},
    ]
    columns = dict.fromkeys(EXCERPT.read_text().partition("\n")[0].split(","), "")
    path.write_text("".join(json.dumps(columns | row) + "\n" for row in rows))
    steward("import", path, "--map", "us-federal")
    return steward


def test_uses_stand_in_a_table(steward_with_uses: Any) -> None:
    code, said, errors = steward_with_uses("list")
    head, *lines = said.splitlines()
    assert (code, errors.splitlines()[-1]) == (0, "2 uses")
    assert head.split()[:2] == ["ref", "state"]
    assert any("GSA" in line and "medium to very high" in line and "Sort letters" in line for line in lines)


def test_words_do_not_steer_the_terminal(steward_with_uses: Any) -> None:
    assert "\u001b" not in steward_with_uses("list")[1]


def test_a_state_picks_and_a_limit_cuts(steward_with_uses: Any) -> None:
    assert len(steward_with_uses("list", "--state", "disclosed")[1].splitlines()) == 3
    assert len(steward_with_uses("list", "--state", "approved")[1].splitlines()) == 1
    assert len(steward_with_uses("list", "--limit", "1")[1].splitlines()) == 2
    assert len(steward_with_uses("list", "--limit", "0")[1].splitlines()) == 3


def test_uses_as_json_lines(steward_with_uses: Any) -> None:
    said = steward_with_uses("list", "--json")[1]
    assert said.isascii()
    entries = [json.loads(line) for line in said.splitlines()]
    assert {entry["title"] for entry in entries} == {"Sort letters", "Clear \u001b[2Jthe screen"}
    assert all(entry["ref"].startswith("AIU-") for entry in entries)
