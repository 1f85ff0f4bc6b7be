"""Each of the forty has its test and its mutation, or stands on the list of what is owed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.failures.mutate import HERE, HOUSE, Mutation, mutations

FORTY = {f"F{number:02}" for number in range(1, 41)}
OWED: list[dict[str, Any]] = yaml.safe_load((HERE / "owed.yaml").read_text())
LATER = {entry["number"] for entry in OWED if entry.get("whole")}


def numbers_tested() -> set[str]:
    found = [
        re.findall(r"^def test_(f\d\d)_", path.read_text(), re.MULTILINE) for path in HERE.glob("test_*.py")
    ]
    return {number.upper() for numbers in found for number in numbers}


def test_every_failure_has_a_test_or_is_owed() -> None:
    assert numbers_tested() | LATER == FORTY


def test_what_is_owed_altogether_has_no_test_yet() -> None:
    assert numbers_tested() & LATER == set()


@pytest.mark.parametrize("entry", OWED, ids=lambda entry: entry["number"])
def test_nothing_is_owed_that_could_be_paid(entry: dict[str, Any]) -> None:
    assert entry.keys() - {"whole"} == {"number", "what", "issue", "with"}
    assert entry["number"] in FORTY
    assert entry["issue"] in (5, 6, 7)
    assert not (HOUSE / str(entry["with"])).exists(), "it is there: its test belongs here now"


def test_every_tested_failure_has_a_mutation() -> None:
    assert {mutation.number for mutation in mutations()} == numbers_tested()


@pytest.mark.parametrize("mutation", mutations(), ids=lambda m: f"{m.number}-{Path(m.file).stem}")
def test_a_mutation_takes_away_what_stands_there_once(mutation: Mutation) -> None:
    assert mutation.is_exact(HOUSE)
    assert mutation.before != mutation.after
