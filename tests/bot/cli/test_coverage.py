"""`steward coverage`: gaps first, each with its next step; one point whole; for machines; and as a picture."""

from __future__ import annotations

import json
import xml.dom.minidom
from pathlib import Path
from typing import Any

import pytest

from bot import covering
from bot.charting import picture
from bot.words import Words
from store.engine import Store
from tests.bot.cli import storied
from tests.bot.slack.coverage import found
from triage.aims.evidence import plan
from triage.aims.resting import page
from triage.aims.standard import points

DAY = "2026-11-24"
DOCS = Path(__file__).resolve().parents[3] / "docs"


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


def test_gaps_come_first_each_with_its_next_step(steward: Any, told: Store) -> None:
    code, out, errors = steward("coverage", "--as-of", DAY)
    assert (code, errors) == (0, "")
    lines = out.splitlines()
    heads = [
        line.partition(":")[0] for line in lines if line.startswith(("Missing:", "Partly:", "In place:"))
    ]
    assert heads == ["Missing", "Partly", "In place"]
    assert lines[0].endswith("missing")
    assert out.count("→") == sum(line.startswith(" " * 10 + "→") for line in lines)
    _, gaps, _ = steward("coverage", "--as-of", DAY, "--gaps")
    assert "In place: " not in gaps
    assert gaps.count("→") == out.count("→")


def test_each_line_for_machines_is_a_point_in_the_order_of_the_standard(steward: Any, told: Store) -> None:
    _, out, _ = steward("coverage", "--json", "--as-of", DAY)
    rows = [json.loads(line) for line in out.splitlines()]
    assert tuple(row["point"] for row in rows) == points()
    assert {row["stage"] for row in rows} <= set(covering.STAGES)
    _, less, _ = steward("coverage", "--json", "--gaps", "--as-of", DAY)
    assert [json.loads(line) for line in less.splitlines()] == [row for row in rows if row["gap"]]


def test_one_point_tells_its_sources_what_is_missing_and_what_comes_next(steward: Any, told: Store) -> None:
    _, out, _ = steward("coverage", "8.2", "--as-of", DAY)
    assert "3  Requests decided by people" in out
    assert "AIU-2026-0002" in out
    assert "0  Reviews of uses answered (needed)" in out
    assert f"→ {plan().rests['8.2'].next}" in out


def test_what_closed_and_what_opened_since_a_day_is_told(steward: Any, told: Store) -> None:
    begun, then, later = "2026-10-31", "2026-11-24", "2028-05-01"
    gaps = {}
    for day in (begun, then, later):
        _, out, _ = steward("coverage", "--json", "--as-of", day)
        gaps[day] = {row["point"] for row in map(json.loads, out.splitlines()) if row["gap"]}
    closed = gaps[begun] - gaps[then]
    assert closed
    _, out, _ = steward("coverage", "--since", begun, "--as-of", then)
    line = next(line for line in out.splitlines() if line.startswith("Closed since 31 October 2026: "))
    assert set(line.partition(": ")[2].split(", ")) == closed
    assert "Opened since" not in out
    _, out, _ = steward("coverage", "--since", then, "--as-of", later)
    line = next(line for line in out.splitlines() if line.startswith("Opened since 24 November 2026: "))
    assert set(line.partition(": ")[2].split(", ")) == closed, "nothing was done since"
    _, out, _ = steward("coverage", "--since", then, "--as-of", then)
    assert "No gap closed or opened since 24 November 2026." in out
    _, out, _ = steward("coverage", "--since", begun, "--as-of", then, "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    assert {row["point"] for row in rows if row["stage_then"] != "in_place" and not row["gap"]} == closed


def test_a_point_that_is_none_is_said(steward: Any, told: Store) -> None:
    code, out, errors = steward("coverage", "8.9\x1b[2J")
    assert (code, out) == (1, "")
    assert "There is no clause or control 8.9" in errors
    assert "\x1b" not in errors


def test_the_picture_says_the_same_in_words(steward: Any, told: Store, tmp_path: Path) -> None:
    code, _, _ = steward("coverage", "--as-of", DAY, "--svg", "coverage.svg")
    drawn = (tmp_path / "coverage.svg").read_text()
    root = xml.dom.minidom.parseString(drawn).documentElement
    assert code == 0
    assert root is not None
    assert "of 70 in place" in root.getAttribute("aria-label")
    assert picture(drawn).startswith(b"\x89PNG")
    cells = [
        text for text in root.getElementsByTagName("text") if text.getAttribute("text-anchor") == "middle"
    ]
    assert len(cells) == len(points())


def test_a_picture_that_cannot_be_written_is_said(steward: Any, told: Store) -> None:
    code, out, errors = steward("coverage", "--svg", "no/such/folder.svg")
    assert (code, out) == (2, "")
    assert errors.startswith("The picture could not be written: ")


def test_every_point_stands_in_one_group() -> None:
    shown = [each.point for group in covering.by_group(found()) for each in group.points]
    assert tuple(shown) == points()
    inline = covering.svg(Words(), found(), inline=True)
    assert 'fill="currentColor"' in inline


def test_the_page_is_what_the_data_say() -> None:
    begins, ends = "<!-- drawn from triage/aims/evidence.yaml -->\n", "<!-- until here -->\n"
    told = (DOCS / "proof.md").read_text().partition(begins)[2].partition(ends)[0]
    assert told == page(plan())


def test_how_it_moved_is_a_line_a_row_for_each_month_and_a_picture(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    code, out, errors = steward("coverage", "--trend", "--as-of", "2027-02-10")
    assert (code, errors) == (0, "")
    first, heads, *rows = out.splitlines()
    assert "clauses and controls are in place" in first
    assert heads.split() == ["as", "of", "in", "place", "partly", "missing"]
    assert [row.split()[0] for row in rows][-3:] == ["2026-12-31", "2027-01-31", "2027-02-10"]
    _, lines, _ = steward("coverage", "--trend", "--json", "--as-of", "2027-02-10")
    assert [json.loads(line)["day"] for line in lines.splitlines()] == [row.split()[0] for row in rows]
    path = tmp_path / "trend.svg"
    assert steward("coverage", "--trend", "--as-of", "2027-02-10", "--svg", str(path))[0] == 0
    assert xml.dom.minidom.parse(str(path)).documentElement is not None
