"""Rows for public registers: nothing invented, nothing confidential, no formula, and the same after a round trip."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.register import SHAPES
from bot.extract import RUN_BY_SPREADSHEETS
from store.engine import Store
from store.ledger import Ledger
from tests.bot.cli import storied
from tests.builders import ANA, BEN, CLEO, DAN, EVE
from triage.confidences import Confide

ROWS = Path(__file__).resolve().parents[3] / "bot" / "examples" / "us-federal-excerpt.csv"
"""Real rows; where they come from stands in the NOTICE.md beside them."""
SAME = {
    "id": "id",
    "agency": "agency",
    "bureau": "agency_bureau",
    "outputs": "system_outputs",
    "vendor": "vendor_name",
    "demographic_features": "demographic_features",
    "justification": "HI_justification",
}
"""Columns whose cells come back as they were."""
IN_WORDS_OF_2025 = {"label_raw": "is_high_impact", "topic_area": "topic_area", "ai_type": "classification"}
"""Columns that come back where they say what the shape of 2025 knows."""
STAGES = {
    **dict.fromkeys(("Initiated", "Planned", "Ideation"), "Pre-deployment"),
    **dict.fromkeys(("Pre-deployment", "Acquisition and/or Development"), "Pre-deployment"),
    "Pilot": "Pilot",
    **dict.fromkeys(("Deployed", "Operation and Maintenance", "In production", "In mission"), "Deployed"),
    "Retired": "Retired",
}


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def taken(steward: Any) -> None:
    assert steward("import", ROWS, "--map", "us-federal")[0] == 0


def test_what_was_taken_in_comes_out_as_it_was(steward: Any, taken: None, tmp_path: Path) -> None:
    out = tmp_path / "us.csv"
    assert steward("register", "--shape", "us-federal", "--only", "every-stage", "--out", out)[0] == 0
    before, after = {row["id"]: row for row in read(ROWS)}, {row["id"]: row for row in read(out)}
    assert before.keys() == after.keys()
    for id, row in before.items():
        made = after[id]
        for theirs, ours in SAME.items():
            held = " ".join(row[theirs].split("\n")[0].split())
            if theirs in ("agency", "bureau") and row["agency"] == row["bureau"]:
                continue  # told once, it stands once
            assert " ".join(made[ours].split()).lstrip("'") == held.lstrip("'"), (id, theirs)
        for theirs, ours in IN_WORDS_OF_2025.items():
            assert made[ours] in ("", row[theirs]), (id, theirs)
        assert made["development_stage"] == STAGES.get(row["stage"], ""), id
        assert made["has_pii"] == (row["pii"] if row["pii"] in ("Yes", "No") else ""), id
        assert made["problem_solved"].lstrip("'") == row["purpose_and_benefits"].strip(), id
    assert any(made["is_high_impact"] for made in after.values())


def test_a_second_round_changes_nothing(steward: Any, taken: None, tmp_path: Path, store: Store) -> None:
    """What goes out is what the map of 2025 reads, so it can be taken in elsewhere and comes out the same there."""
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    steward("register", "--shape", "us-federal", "--only", "every-stage", "--out", first)
    code, out, _ = steward("import", first, "--map", "us-federal-2025")
    assert (code, out.splitlines()[-1]) == (0, "read 81, new 81, same 0, changed 0, refused 0")
    steward("register", "--shape", "us-federal", "--only", "every-stage", "--out", second)
    rows = read(second)
    twice = {id: [row for row in rows if row["id"] == id] for id in {row["id"] for row in rows}}
    assert {len(pair) for pair in twice.values()} == {2}
    differing = {name for one, other in twice.values() for name in one if one[name] != other[name]}
    assert differing <= {"use_case_name"}, "a long title is cut, and its whole stands in words"


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store, beforehand=True)
    return store


@pytest.mark.parametrize("shape", SHAPES)
def test_every_row_has_every_column_and_names_nobody(
    steward: Any, told: Store, tmp_path: Path, shape: str
) -> None:
    out = tmp_path / "rows.csv"
    assert steward("register", "--shape", shape, "--only", "every-stage", "--out", out)[0] == 0
    body = out.read_text()
    assert len(read(out)) >= 5
    assert all(None not in row and None not in row.values() for row in read(out))
    assert [who for who in (ANA, BEN, CLEO, DAN, EVE) if who in body] == []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("how", ["csv", "json"])
def test_a_confidential_use_is_in_no_row(
    steward: Any, told: Store, tmp_path: Path, shape: str, how: str
) -> None:
    ref = "AIU-2026-0002"
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    out = tmp_path / "rows"
    steward("register", "--shape", shape, "--only", "every-stage", "--format", how, "--out", out)
    assert ref not in out.read_text()
    for more in (("--preview", ref), ("--ref", ref, "--out", out)):
        code, said, errors = steward("register", "--shape", shape, *more)
        assert (code, said) == (1, "")
        assert "No row can be made" in errors


def test_as_of_a_day_a_row_says_what_was_known(steward: Any, told: Store, tmp_path: Path) -> None:
    def data(day: str) -> str:
        out = tmp_path / "then.json"
        steward(
            "register",
            "--shape",
            "nl",
            "--ref",
            "AIU-2026-0003",
            "--as-of",
            day,
            "--format",
            "json",
            "--out",
            out,
        )
        (row,) = json.loads(out.read_text())["rows"]
        return str(row["fields"].get("source_data", ""))

    assert (data("2026-11-22"), data("2026-11-30")) == ("", "Internal, but about no one")


def test_a_preview_says_value_origin_and_who_can_say_the_rest(steward: Any, taken: None) -> None:
    code, out, _ = steward("register", "--shape", "us-federal", "--preview", "AIU-2026-0013")
    assert code == 0
    assert "development_stage: Retired\n  from the register: its stage" in out
    assert "fields that the register asks for are missing:" in out
    assert "contact_email (Email Address): the governance lead can say" in out
    assert "https://github.com/ombegov/2025-Federal-Agency-AI-Use-Case-Inventory" in out


def test_json_names_what_is_missing_and_who_can_say_it(steward: Any, taken: None, tmp_path: Path) -> None:
    out = tmp_path / "rows.json"
    code, said, _ = steward("register", "--shape", "uk-atrs", "--format", "json", "--out", out)
    made = json.loads(out.read_text())
    assert code == 0
    assert f"{len(made['rows'])} rows" in said
    assert made["shape"] == "uk-atrs"
    row = made["rows"][0]
    assert {"field": "2.1.1 organisation", "who": "governance_lead"} in row["missing"]
    assert not {each["field"] for each in row["missing"]} & row["fields"].keys()


def test_the_same_register_gives_the_same_bytes(steward: Any, taken: None, tmp_path: Path) -> None:
    for name in ("a", "b"):
        steward("register", "--shape", "nl", "--out", tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_no_cell_runs_in_a_spreadsheet(steward: Any, tmp_path: Path) -> None:
    head = read(ROWS)[0]
    evil = '=HYPERLINK("http://evil.example")'
    row = dict.fromkeys(head, evil) | {"id": "X-1", "stage": "Deployed", "pii": "Yes", "topic_area": "HR"}
    with (tmp_path / "evil.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(head))
        writer.writeheader()
        writer.writerow(row)
    steward("import", tmp_path / "evil.csv", "--map", "us-federal")
    for shape in SHAPES:
        out = tmp_path / f"{shape}.csv"
        assert steward("register", "--shape", shape, "--out", out)[0] == 0
        with out.open(newline="", encoding="utf-8") as lines:
            rows = list(csv.reader(lines))
        assert len(rows) == 2
        assert not [cell for each in rows for cell in each if cell.startswith(RUN_BY_SPREADSHEETS)]
        assert any(evil in cell for cell in rows[1])


def test_one_that_is_not_in_operation_is_made_where_it_was_named(
    steward: Any, taken: None, tmp_path: Path
) -> None:
    out = tmp_path / "one.csv"
    code, _, errors = steward("register", "--shape", "us-federal", "--ref", "AIU-2026-0013", "--out", out)
    assert code == 0
    assert "is not in operation" in errors
    assert len(read(out)) == 1


def test_a_file_that_cannot_be_written_is_said(steward: Any, taken: None, tmp_path: Path) -> None:
    code, _, errors = steward("register", "--shape", "nl", "--out", tmp_path / "none" / "rows.csv")
    assert code == 2
    assert "cannot be written" in errors
