"""`steward soa`: whole, of a day, of a version, one control; as text, CSV, JSON and a page; the same every time."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from bot.extract import RUN_BY_SPREADSHEETS
from bot.soafile import COLUMNS
from store.engine import Store
from store.ledger import Ledger
from tests.bot.cli import storied
from tests.bot.cli.conftest import Steward
from tests.builders import ANA
from tests.hostile.test_terminal import STORED
from tests.store import soa
from triage.confidences import Confide

FORMS = ("text", "csv", "json", "html")


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    soa.approved(store, 10)
    return store


def test_it_says_how_it_stands_and_each_control(steward: Steward, told: Store) -> None:
    code, out, errors = steward("soa")
    assert (code, errors) == (0, "")
    assert "Version 1, approved by P-dan on 1 December 2026. Nothing has changed since." in out
    assert "Of 38 controls: Applies: 38." in out
    assert "A.5.2 How impact assessment is done: Applies" in out
    assert "    Why: The register has such uses." in out
    soa.decide(told, "A.5.2", 12, applies="no", because="Not any more.")
    assert "Since then 1 control was decided anew." in steward("soa")[1]


def test_nothing_decided_is_said_so(steward: Steward, store: Store) -> None:
    code, out, _ = steward("soa")
    assert code == 0
    assert "Not approved." in out
    assert "Not whole: 38 of the 38 controls are not decided." in out
    assert out.count(": Not decided yet") == 39


def test_the_past_comes_out_as_it_was(steward: Steward, told: Store) -> None:
    approved = {form: steward("soa", "--version", "1", "--format", form)[1] for form in FORMS}
    day = steward("soa", "--as-of", "2026-12-02", "--format", "json")[1]
    soa.decide(told, "A.5.2", 12, applies="no", because="Not any more.")
    soa.decide(told, "X.1", 12, title="Ours")
    assert {form: steward("soa", "--version", "1", "--format", form)[1] for form in FORMS} == approved
    assert steward("soa", "--as-of", "2026-12-02", "--format", "json")[1] == day
    assert "Not any more." in steward("soa")[1]
    judged = "follows from the facts of that day by the rules of today ("
    assert judged in " ".join(steward("soa", "--as-of", "2026-12-02")[1].split())
    assert judged not in " ".join(steward("soa")[1].split())
    code, out, errors = steward("soa", "--version", "2")
    assert (code, out, errors) == (1, "", "There is no version 2. There are 1.\n")
    assert "Not whole: 38" in steward("soa", "--as-of", "2026-11-30")[1]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_twice_and_in_a_file(steward: Steward, told: Store, tmp_path: Path, form: str) -> None:
    first, again = (steward("soa", "--format", form)[1] for _ in range(2))
    assert first == again
    assert steward("soa", "--format", form, "--out", "soa.out") == (0, "", "")
    assert (tmp_path / "soa.out").read_bytes().decode().strip() == first.strip()
    assert steward("soa", "--out", "nowhere/soa.out")[0] == 2


def test_one_control_alone(steward: Steward, told: Store) -> None:
    code, out, _ = steward("soa", "show", "A.5.2")
    assert code == 0
    assert "What operation suggests: that it applies;" in out
    assert "uses are in the register (AIU-2026-0001" in out
    assert json.loads(steward("soa", "show", "A.5.2", "--format", "json")[1])["control"] == "A.5.2"
    assert steward("soa", "show", "A.9.9")[0] == 1
    assert steward("soa", "show")[0] == 2
    assert steward("soa", "show", "A.5.2", "--format", "csv")[0] == 2


def test_json_says_what_machines_need(steward: Steward, told: Store) -> None:
    found = json.loads(steward("soa", "--format", "json")[1])
    assert (found["is_approved"], found["approved"]["number"], len(found["rows"])) == (True, 1, 38)
    assert found["rows"][0]["decided"]["by_name"] == "P-cleo"
    assert found["digest"] == found["approved"]["digest"]


def test_hostile_words_run_nowhere(steward: Steward, told: Store, tmp_path: Path) -> None:
    for number, said in enumerate(STORED.values()):
        words: dict[str, Any] = {"because": said, "how": said, "evidence": (said[:150].replace("\n", " "),)}
        soa.decide(told, f"X.{number}", 12, title=said[:100].replace("\n", " ").strip() or "x", **words)
    steward("soa", "--format", "csv", "--out", "soa.csv")
    with (tmp_path / "soa.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.reader(lines))
    assert tuple(rows[0]) == COLUMNS
    assert not [cell for row in rows for cell in row if cell.startswith(RUN_BY_SPREADSHEETS)]
    page = steward("soa", "--format", "html")[1]
    assert "<script" not in page
    assert "onerror=y>" not in page
    assert "\u202e" not in page
    text = steward("soa")[1]
    assert not [sign for sign in text if not sign.isprintable() and sign != "\n"]


def test_a_closed_use_is_named_nowhere(steward: Steward, told: Store) -> None:
    """Neither as a reason nor as what somebody left out while it was open."""
    left = ("AIU-2026-0001", "AIU-2026-0002")
    soa.decide(told, "A.8.2", 11, applies="partly", left_out=left)
    assert "Not for AIU-2026-0001, AIU-2026-0002" in steward("soa")[1]
    Ledger(told).execute(Confide(actor=ANA, key="closed", case=storied.CONDITIONAL), storied.day(9))
    for form in FORMS:
        for more in ((), ("--as-of", "2026-12-03")):
            out = steward("soa", "--format", form, *more)[1]
            assert "AIU-2026-0002" not in out, (form, more)
            assert "1 use that is not named here" in out, (form, more)
