"""The trail alone tells what became of a use, in order and in plain words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bot.cli.stating import phrase
from bot.words import Words
from store import audit
from store.engine import Store
from tests.bot.cli import storied
from tests.bot.cli.tampering import tamper

HOUSE = Path(__file__).resolve().parents[3]
WORDS = Words()
OF_NO_USE = ("rules.", "settings.", "policies.", "wording.")


def whats(store: Store) -> set[str]:
    with store.read() as session:
        return {line.what for line in audit.records(session) if line.subject[0] == "use"}


def test_everything_that_happens_to_a_use_has_its_words(store: Store) -> None:
    storied.tell(store)
    literal = "".join(path.read_text() for path in sorted((HOUSE / "triage").glob("*.py")))
    named = set(re.findall(r'what="([a-z_]+\.[a-z_]+)"', literal)) | whats(store)
    assert len(named) > 30
    assert not {what for what in named if not what.startswith(OF_NO_USE) and phrase(what, WORDS) == what}


def test_what_no_words_are_known_for_is_told_as_it_stands() -> None:
    assert phrase("case.teleported", WORDS) == "case.teleported"
    assert phrase("approve_with_conditions.refused", WORDS) == "was refused: approve with conditions"


def test_a_use_is_told_in_order_with_what_was_written(steward: Any, store: Store) -> None:
    storied.tell(store)
    code, out, errors = steward("story", "AIU-2026-0002")
    assert code == 0, errors
    lines = out.splitlines()
    told = [int(line.rpartition("[")[2][:-1]) for line in lines if line[:1].isdigit()]
    assert told == sorted(told), "in the order in which they were sealed"
    assert any("approved it with conditions" in line for line in lines)
    assert "condition 1:" in out
    assert "steps of the interview" in out or "one step of the interview" in out
    _, whole, _ = steward("story", "AIU-2026-0002", "--all")
    assert "began to ask" in whole
    assert len(whole.splitlines()) > len(lines)


def test_what_was_erased_is_told_as_erased(steward: Any, store: Store) -> None:
    storied.tell(store)
    _, before, _ = steward("story", "AIU-2026-0001")
    assert "reason: Fits." in before
    tamper(store, "DELETE FROM audit_text WHERE field = 'reason'")
    _, after, _ = steward("story", "AIU-2026-0001")
    assert "reason: erased" in after


@pytest.mark.parametrize("ref", ["AIU-2099-0001", ""])
def test_a_use_that_there_is_not_is_said_to_be_none(steward: Any, store: Store, ref: str) -> None:
    storied.tell(store)
    code, out, errors = steward("story", ref)
    assert (code, out) == (1, "")
    assert "The trail tells of no use" in errors
