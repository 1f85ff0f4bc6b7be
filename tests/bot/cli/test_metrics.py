"""`steward metrics`: every figure of every month as text, CSV, JSON and a picture."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from store.engine import Store
from tests.bot.cli.conftest import Steward
from tests.bot.cli.test_risks import weighed
from triage.aims.metrics import catalogue


def test_each_figure_comes_with_its_definition_time_and_both_numbers(
    steward: Steward, register: Store
) -> None:
    code, said, _ = steward("metrics", "--as-of", "2026-11-30", "--months", "2", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(said)))
    assert code == 0
    assert [row["figure"] for row in rows] == [*catalogue(), *catalogue()]
    assert {row["month"] for row in rows} == {"2026-10", "2026-11"}
    came_in = next(row for row in rows if (row["month"], row["figure"]) == ("2026-11", "came_in"))
    assert came_in == {
        "month": "2026-11",
        "figure": "came_in",
        "about": "flow",
        "definition": catalogue()["came_in"].tells,
        "since": "2026-11-01",
        "until": "2026-11-30",
        "numerator": "2",
        "denominator": "",
        "value": "2",
    }
    assert all(row["definition"] and row["until"] for row in rows)
    told = steward("metrics", "--as-of", "2026-11-30", "--months", "2", "--format", "json")[1]
    assert [json.loads(line)["figure"] for line in told.splitlines()] == [row["figure"] for row in rows]


def test_how_they_moved_is_told_and_drawn(steward: Steward, register: Store, tmp_path: Path) -> None:
    picture = tmp_path / "figures.svg"
    code, said, _ = steward("metrics", "--as-of", "2026-11-30", "--svg", picture)
    assert code == 0
    assert "2026-11, and how it moved since 2025-12" in said
    line = next(line for line in said.splitlines() if "came_in" in line)
    assert line.split()[1] == "2"
    assert line.endswith("█")
    assert picture.read_text("utf-8").startswith("<svg")
    assert steward("metrics", "--svg", tmp_path / "no" / "where.svg")[0] == 2


def test_coverage_tells_of_bare_risks(steward: Steward, register: Store) -> None:
    assert "neither a control" not in steward("coverage")[1]
    weighed(register, title="A bad one", likelihood_now="4", impact_now="4")
    weighed(register, title="Also bad", likelihood_now="4", impact_now="4", controls_now=("Two read it",))
    assert "One of 2 high risks has neither a control" in steward("coverage")[1]
    assert "1 of 2 risks that are high or worse has neither" in steward("digest", "--month")[1]
