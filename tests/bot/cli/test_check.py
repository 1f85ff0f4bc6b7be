"""`steward check` says what is missing, as text or as JSON, and ends with 1 if something is wrong."""

import json
from typing import Any

import pytest


def test_findings_as_json(steward: Any) -> None:
    code, said, errors = steward("check", "--json")
    found = json.loads(said)
    assert (code, errors) == (1, "")
    assert all(set(finding) == {"level", "what", "mend"} for finding in found)
    levels = [finding["level"] for finding in found]
    assert levels == sorted(levels, key=["error", "warning", "info"].index)
    assert any("SLACK_BOT_TOKEN is not set" in finding["what"] for finding in found)


def test_findings_as_text(steward: Any) -> None:
    code, said, _ = steward("check")
    assert code == 1
    assert said.startswith("error: SLACK_BOT_TOKEN is not set.")


def test_a_damaged_environment_is_a_finding_too(steward: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")
    code, said, _ = steward("check", "--json")
    assert (code, [finding["what"].split()[0] for finding in json.loads(said)]) == (1, ["PORT"])


@pytest.mark.parametrize("url", ["mysql://host/name", "not a url", "postgresql://127.0.0.1:9/none"])
def test_a_database_that_does_not_answer_is_a_finding(
    steward: Any, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    code, said, _ = steward("check", "--json")
    assert code == 1
    assert any(
        finding["level"] == "error" and "database" in finding["what"].casefold()
        for finding in json.loads(said)
    )
