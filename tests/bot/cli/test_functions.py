"""`steward coverage --functions`, its page in the pack, and what the framework suggests for a use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.words import Words
from store.engine import Store
from tests.bot.cli import storied
from tests.bot.cli.packed import packed, unpacked

DAY = "2026-11-24"


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


def test_the_view_by_function_shows_coverage_gaps_first_with_references(steward: Any, told: Store) -> None:
    code, out, errors = steward("coverage", "--functions", "--as-of", DAY)
    assert (code, errors) == (0, "")
    names = [name for name in ("Govern", "Map", "Measure", "Manage") if f" {name}: " in out]
    assert names == ["Govern", "Map", "Measure", "Manage"]
    assert "for instance AIU-" in out
    assert "Fair: " in out
    _, said, _ = steward("coverage", "--functions", "--json", "--as-of", DAY)
    rows = [json.loads(line) for line in said.splitlines()]
    assert len(rows) == 72
    govern = out[out.index(" Govern: ") : out.index(" Map: ")]
    stages = {row["id"]: row["stage"] for row in rows}
    listed = [
        line.strip().partition("  ")[0] for line in govern.splitlines() if line.strip().startswith("GOVERN")
    ]
    order = ["missing", "partly", "in_place", "left_out"]
    assert [order.index(stages[id]) for id in listed] == sorted(order.index(stages[id]) for id in listed)
    assert {row["function"] for row in rows if row["records"]} >= {"GOVERN", "MANAGE"}


def test_a_point_names_the_subcategories_it_serves(steward: Any, told: Store) -> None:
    _, out, _ = steward("coverage", "A.6.2.6", "--as-of", DAY)
    assert "NIST AI RMF: GOVERN 1.7" in out
    _, said, _ = steward("coverage", "A.6.2.6", "--json", "--as-of", DAY)
    assert "GOVERN 1.7" in json.loads(said)["outcomes"]


def test_the_pack_has_it_with_links_to_the_points(steward: Any, told: Store, tmp_path: Path) -> None:
    folder = unpacked(packed(steward, tmp_path, day=DAY), tmp_path / "out")
    page = next(folder.rglob("coverage.html")).read_text()
    assert Words().label("functions.title") in page
    assert "GOVERN 1.7" in page
    assert 'href="coverage.html#' in page


def test_what_the_framework_suggests_for_a_use_follows_from_its_facts(steward: Any, told: Store) -> None:
    code, out, _ = steward("explain", "AIU-2026-0001", "--outcomes")
    assert code == 0
    assert any(line.startswith("MANAGE-1.1  ") for line in out.splitlines())
    assert "MEASURE-2.12" not in out or "(?)" in out
