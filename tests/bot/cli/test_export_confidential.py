"""Of a confidential use an export has its reference and its tier, unless the whole of it was asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from store.engine import Store
from store.ledger import Ledger
from tests.bot.cli import storied
from tests.builders import ANA
from triage.confidences import Confide

WORDS = ("We want DeepL", "AIU-2026-0002")


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    wish = Confide(actor=ANA, key="closed", case=storied.CONDITIONAL)
    Ledger(store).execute(wish, storied.day(9))
    return store


def exported(steward: Any, folder: Path, kind: str, *more: str) -> dict[str, str]:
    code, _, errors = steward("export", "--format", kind, "--out", folder, *more)
    assert (code, errors) == (0, "")
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_its_words_stand_in_no_file(steward: Any, told: Store, tmp_path: Path, kind: str) -> None:
    words, ref = WORDS
    files = exported(steward, tmp_path / "out", kind)
    assert [name for name, body in files.items() if words in body] == []
    uses = files[f"uses.{kind}"]
    assert ref in uses
    others = {name for name, body in files.items() if ref in body} - {f"uses.{kind}"}
    assert others == {"audit.jsonl"}, "the trail is whole, and holds no words"


def test_its_reference_and_its_tier_stand_there(steward: Any, told: Store, tmp_path: Path) -> None:
    files = exported(steward, tmp_path / "out", "json")
    (use,) = [each for each in json.loads(files["uses.json"]) if each["ref"] == WORDS[1]]
    assert use["confidential"] is True
    assert set(use["results"]) == {"tier"}
    assert {name for name, value in use.items() if value is not None} == {"ref", "confidential", "results"}


def test_the_whole_of_it_has_to_be_asked_for(steward: Any, told: Store, tmp_path: Path) -> None:
    files = exported(steward, tmp_path / "out", "json", "--confidential")
    (use,) = [each for each in json.loads(files["uses.json"]) if each["ref"] == WORDS[1]]
    assert use["summary"] == WORDS[0]
    assert WORDS[0] in files["texts.jsonl"]
