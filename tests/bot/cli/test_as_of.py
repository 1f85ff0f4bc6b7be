"""Any day can be shown again: what was recorded later is not in it."""

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.config import seed
from intake.answers import answered
from store.engine import Store
from store.ledger import Ledger
from tests.bot.cli.tampering import tamper
from tests.builders import ANA, BEN, NOW, a_desk, key
from triage.commands import AskRequester, Decline, Disclose
from triage.talking import Type


@pytest.fixture
def years(register: Store) -> Store:
    """21 November: one approved, one requested. Later: asked, answered, declined; a row imported, and changed."""
    seed(register, {"timezone": "Europe/Berlin", "language": "en"}, now=NOW)
    book = Ledger(register)
    row: dict[str, Any] = {"actor": "", "case": "case-3", "source_map": "theirs", "source_id": "7"}
    book.execute(
        Disclose(
            **row, key=key(), title="Sorter", words="It sorts.", answers={"purpose": answered("Letters")}
        ),
        a_desk(now=NOW + timedelta(days=1)),
    )
    book.execute(
        AskRequester(actor=BEN, case="case-2", key="asked", question="For whom?"),
        a_desk(now=NOW + timedelta(days=2)),
    )
    book.execute(
        Type(actor=ANA, case="case-2", key=key(), words="For sales."), a_desk(now=NOW + timedelta(days=3))
    )
    book.execute(
        Decline(actor=BEN, case="case-2", key="no", reason="Not with this supplier."),
        a_desk(now=NOW + timedelta(days=4, hours=14, minutes=30)),  # half past midnight of the 26th in Berlin
    )
    book.execute(
        Disclose(
            **row, key=key(), title="Sorter 2", words="It files.", answers={"purpose": answered("Files")}
        ),
        a_desk(now=NOW + timedelta(days=9)),
    )
    return register


def exported(steward: Any, folder: Path, day: str | None) -> dict[str, Any]:
    out = folder / (day or "now")
    code, _, errors = steward("export", "--format", "json", "--out", out, *(["--as-of", day] if day else []))
    assert code == 0, errors
    found: dict[str, Any] = {file.stem: json.loads(file.read_text()) for file in out.glob("*.json")}
    return found | {"trail": out / "audit.jsonl"}


def states(found: dict[str, Any]) -> dict[str, str]:
    return {use["ref"]: use["state"] for use in found["uses"]}


def test_a_day_is_shown_as_it_was_known(steward: Any, years: Store, tmp_path: Path) -> None:
    first = exported(steward, tmp_path, "2026-11-21")
    assert states(first) == {"AIU-2026-0001": "approved", "AIU-2026-0002": "in_review"}
    assert first["inquiries"] == []
    asked = exported(steward, tmp_path, "2026-11-23")
    assert states(asked)["AIU-2026-0002"] == "needs_info"
    assert [(i["question"], i["answer"], i["answered_at"]) for i in asked["inquiries"]] == [
        ("For whom?", "", None)
    ]
    before = exported(steward, tmp_path, "2026-11-25")
    assert states(before)["AIU-2026-0002"] == "in_review"
    assert [d["id"] for d in before["decisions"]] == ["decided"]
    (imported,) = (use for use in before["uses"] if use["source_id"] == "7")
    assert (imported["title"], imported["summary"]) == ("Sorter", "It sorts.")
    assert imported["facts"]["purpose"]["value"] == "Letters"
    after = exported(steward, tmp_path, "2026-11-26")
    assert states(after)["AIU-2026-0002"] == "declined"
    assert {d["id"] for d in after["decisions"]} == {"decided", "no"}


def test_today_is_the_register_as_it_is(steward: Any, years: Store, tmp_path: Path) -> None:
    now, then = exported(steward, tmp_path, None), exported(steward, tmp_path, "2026-12-24")
    assert now["uses"] == then["uses"]
    assert now["decisions"] == then["decisions"]
    assert now["manifest"]["head"] == then["manifest"]["head"]


def test_the_trail_of_a_day_proves_itself_and_ends_with_it(
    steward: Any, years: Store, tmp_path: Path
) -> None:
    early, late = exported(steward, tmp_path, "2026-11-23"), exported(steward, tmp_path, None)
    assert late["trail"].read_text().startswith(early["trail"].read_text())
    assert steward("verify", "--file", early["trail"])[0] == 0
    head = early["manifest"]["head"]
    assert steward("verify", "--file", late["trail"], "--head", head)[0] == 0


def test_every_answer_ever_given_is_exported(steward: Any, years: Store, tmp_path: Path) -> None:
    found = exported(steward, tmp_path, None)
    past = [
        (p["value"], p["recorded_at"][:10])
        for p in found["history"]
        if (p["source_id"], p["question"]) == ("7", "purpose")
    ]
    assert past == [("Letters", "2026-11-22"), ("Files", "2026-11-30")]
    assert {s["key"]: s["value"] for s in found["settings"]} == {
        "timezone": "Europe/Berlin",
        "language": "en",
    }
    assert "settings" not in exported(steward, tmp_path, "2026-11-23")


def test_the_list_of_a_day(steward: Any, years: Store) -> None:
    said = steward("list", "--as-of", "2026-11-21")[1]
    assert "AIU-2026-0002  in_review" in said
    assert "AIU-2026-0003" not in said
    assert "Sorter 2" not in steward("list", "--as-of", "2026-11-25")[1]
    assert steward("list", "--as-of", "2026-11-25", "--state", "declined")[1].count("AIU") == 0
    assert steward("list", "--as-of", "2026-12-24", "--json")[1].count("\n") == 3


def test_what_is_no_day_is_said(steward: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        steward("list", "--as-of", "yesterday")
    assert "write it like 2026-01-31" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("UPDATE audit_line SET sealed = 'x' WHERE seq = 2", "broken at line 2: changed"),
        ("UPDATE decision SET reason = 'No'", "records that differ: 1"),
    ],
)
def test_an_export_that_proves_nothing_says_so_and_is_there(
    steward: Any, register: Store, tmp_path: Path, sentence: str, found: str
) -> None:
    tamper(register, sentence)
    code, said, errors = steward("export", "--format", "csv", "--out", tmp_path / "out")
    assert (code, "2 uses" in said, found in errors, "steward verify" in errors) == (1, True, True, True)
    with (tmp_path / "out" / "uses.csv").open(newline="") as lines:
        assert len(list(csv.DictReader(lines))) == 2
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["proof"]["ok"] is False
