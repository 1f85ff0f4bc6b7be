"""What was kept below a card, where people look for it: `steward explain`, an export, an earlier day, and the check."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import keeping
from bot.library import library
from store import discussion
from store.discussion import Below, Remark
from store.engine import Store
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, GOVERNANCE, NOW

CARD = Below("case-1", GOVERNANCE, "1795255200.000100")
ASKED, FINE = "1795255260.000200", "1795255320.000300"


@pytest.fixture
def discussed(register: Store) -> Store:
    """Ben asks and thinks better of it; a day later he sends a file."""
    keeping.keep(register, library())
    remarks = (
        Remark(CARD, ASKED, "said", ASKED, BEN, "Who listens?\n=1+1 <!channel>"),
        Remark(CARD, ASKED, "edited", "1795255290.000100", BEN, "Who listens, and where?"),
        Remark(CARD, ASKED, "deleted", "1795255300.000100", BEN),
        Remark(CARD, FINE, "said", FINE, BEN, "", "offer.pdf https://example.org/offer"),
    )
    with register.write() as session:
        for number, remark in enumerate(remarks):
            now = NOW + timedelta(days=number // 3)
            assert discussion.keep(session, remark, now=now)
            assert not discussion.keep(session, remark, now=now), "the same once more"
    return register


def test_explain_shows_it_with_the_lines_to_erase_by(steward: Any, discussed: Store) -> None:
    code, out, errors = steward("explain", "AIU-2026-0001")
    assert code == 0, errors
    told = out.partition("below its card, 2 messages kept:\n")[2].partition("\n\n")[0].splitlines()
    assert len(told) == 4, "words of several lines stay on one"
    assert "said: Who listens?" in told[0]
    assert "edited: Who listens, and where?" in told[1]
    assert "deleted what was written 2026-11-21" in told[2]
    assert "offer.pdf https://example.org/offer" in told[3]
    line = told[0].rpartition("(line ")[2].rstrip(")")
    assert steward("erase", "--line", line, "--because", "asked for")[0] == 0
    assert "said: (erased) (line" in steward("explain", "AIU-2026-0001")[1]
    assert steward("verify")[0] == 0


def test_an_export_holds_it_and_an_earlier_day_only_what_was_kept_by_then(
    steward: Any, discussed: Store, tmp_path: Path
) -> None:
    for day, kinds in (
        (None, ["said", "edited", "deleted", "said"]),
        ("2026-11-21", ["said", "edited", "deleted"]),
    ):
        out = tmp_path / str(day)
        code, _, errors = steward(
            "export", "--format", "json", "--out", out, *(["--as-of", day] if day else [])
        )
        assert code == 0, errors
        rows = json.loads((out / "discussion.json").read_text())
        assert [row["kind"] for row in rows] == kinds
        assert {(row["ref"], row["by"]) for row in rows} == {("AIU-2026-0001", BEN)}
        assert rows[0]["words"].startswith("Who listens?")
        texts = [json.loads(line) for line in (out / "texts.jsonl").read_text().splitlines()]
        assert rows[0]["line"] in {text["line"] for text in texts}, "and the proof of the words"


def test_in_csv_nothing_of_it_is_run(steward: Any, discussed: Store, tmp_path: Path) -> None:
    with discussed.write() as session:
        remark = Remark(CARD, "1795255400.000400", "said", "1795255400.000400", BEN, "=HYPERLINK(A1)")
        discussion.keep(session, remark, now=NOW + timedelta(days=2))
    assert steward("export", "--format", "csv", "--out", tmp_path / "csv")[0] == 0
    assert ",'=HYPERLINK(A1)" in (tmp_path / "csv" / "discussion.csv").read_text()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE discussion SET stamp = '1' WHERE kind = 'said'",
        f"UPDATE discussion SET \"by\" = '{ANA}'",
        "DELETE FROM discussion WHERE kind = 'deleted'",
        "UPDATE audit_text SET text = 'Nobody asked' WHERE substr(text, 1, 16) = 'Who listens, and'",
    ],
)
def test_what_was_changed_since_is_found(steward: Any, discussed: Store, change: str) -> None:
    assert steward("verify")[0] == 0
    tamper(discussed, change)
    code, out, errors = steward("verify")
    assert code == 1, out + errors
