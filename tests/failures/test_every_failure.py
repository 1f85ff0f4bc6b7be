"""Each of the forty has its test and its mutation, or stands on the list of what is owed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.failures.mutate import HERE, HOUSE, Mutation, mutations

FORTY = {f"F{number:02}" for number in range(1, 41)}
ROOMS, KINDS = ("bot", "store", "triage", "intake", "prompts"), {".py", ".yaml", ".j2"}
OWED: list[dict[str, Any]] = yaml.safe_load((HERE / "owed.yaml").read_text())
LATER = {entry["number"] for entry in OWED if entry.get("whole")}


def numbers_tested() -> set[str]:
    found = [
        re.findall(r"^def test_(f\d\d)_", path.read_text(), re.MULTILINE) for path in HERE.glob("test_*.py")
    ]
    return {number.upper() for numbers in found for number in numbers}


def named_after(noun: str) -> list[str]:
    """Files of the product whose name bears that word."""
    found = [path for room in ROOMS for path in (HOUSE / room).rglob("*") if path.suffix in KINDS]
    return [path.name for path in found if noun in path.stem]


def test_every_failure_has_a_test_or_is_owed() -> None:
    assert numbers_tested() | LATER == FORTY


def test_what_is_owed_altogether_has_no_test_yet() -> None:
    assert numbers_tested() & LATER == set()


@pytest.mark.parametrize("entry", OWED, ids=lambda entry: entry["number"])
def test_nothing_is_owed_that_could_be_paid(entry: dict[str, Any]) -> None:
    assert entry.keys() - {"whole"} == {"number", "what", "issue", "because", "noun"}
    assert entry["number"] in FORTY
    assert entry["issue"] in (5, 6, 7)
    assert named_after(entry["noun"]) == [], "it is there: its test belongs here now"


def test_every_tested_failure_has_a_mutation() -> None:
    found = mutations()
    assert {mutation.number for mutation in found if mutation.number} == numbers_tested()
    assert all(mutation.number or mutation.test for mutation in found)


@pytest.mark.parametrize("mutation", mutations(), ids=lambda m: f"{m.number or 'beside'}-{Path(m.file).stem}")
def test_a_mutation_takes_away_what_stands_there_once(mutation: Mutation) -> None:
    assert mutation.is_exact(HOUSE)
    assert mutation.before != mutation.after
    file, _, test = mutation.test.partition("::")
    assert not file or f"def {test.partition('[')[0]}(" in (HOUSE / file).read_text()


def test_a_file_named_after_what_is_owed_is_found() -> None:
    assert "outbox.py" in named_after("outbox")
