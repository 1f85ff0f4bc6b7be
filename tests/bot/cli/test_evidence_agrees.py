"""One thing has one word on every page and table of a pack, and what the pack does not hold is counted on its index."""

from __future__ import annotations

import csv
import html
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bot.pack import suppliers
from bot.pack.gaps import KINDS
from bot.pack.sections import Table
from bot.words import Words
from store import aims
from store.engine import Store
from store.suppliers import Held
from tests.bot.cli import storied
from tests.bot.cli.packed import packed, unpacked
from tests.bot.cli.test_evidence_hostile import SHEET
from tests.builders import BEN, CLEO
from tests.triage.aims import certified as c
from tests.triage.aims.test_entries import drafting, on
from triage.aims.supplied import Known
from triage.aims.wishes import ApproveEntry

WORDS = Words("en", "UTC")


@pytest.fixture
def told(store: Store) -> Store:
    storied.tell(store)
    return store


@pytest.fixture
def out(steward: Any, told: Store, tmp_path: Path) -> Path:
    return unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")


def rows(out: Path, name: str) -> list[dict[str, str]]:
    with (out / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def text(out: Path, page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", (out / page).read_text("utf-8"))).split())


def section(out: Path, page: str, name: str) -> str:
    body = (out / page).read_text("utf-8")
    found = re.findall(rf'<section id="{name}".*?</section>', body, re.DOTALL)
    assert found, name
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", " ".join(found))).split())


def test_gaps_stand_the_gravest_first_in_the_index_the_table_and_the_workbook(out: Path) -> None:
    kinds = [row["kind"] for row in rows(out, "gaps")]
    assert kinds == sorted(kinds, key=KINDS.index)
    assert len(set(kinds)) > 3
    page = text(out, "index.html")
    places = [page.index(WORDS.label(f"pack.gap.{kind}")) for kind in dict.fromkeys(kinds)]
    assert places == sorted(places)
    assert all(WORDS.label(f"pack.gap_next.{kind}") in page for kind in kinds)
    with zipfile.ZipFile(out / "register.xlsx") as parts:
        first = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    cells = ["".join(each.text or "" for each in cell.iter(f"{SHEET}t")) for cell in first.iter(f"{SHEET}c")]
    assert [cell for cell in cells if cell in KINDS] == kinds
    assert json.loads((out / "manifest.json").read_text())["gaps"] == {
        kind: kinds.count(kind) for kind in kinds
    }


def test_links_that_lead_outside_and_words_left_out_are_counted_on_the_index(out: Path) -> None:
    manifest = json.loads((out / "manifest.json").read_text())
    found = rows(out, "links")
    assert manifest["links"] == len(found) > 0
    assert f"{len(found)} links" in section(out, "index.html", "links")
    page = text(out, "links.html")
    assert all(row["ref"] in page and row["link"] in page for row in found)
    assert not re.search(r'href="(https?:)?//', (out / "links.html").read_text("utf-8"))
    left = manifest["texts"]["left_out"]
    assert left
    said = section(out, "index.html", "trail")
    assert f"Words left out of this pack: {sum(left.values())}." in said
    assert all(WORDS.label(f"pack.trail.left.{why}", count=count) in said for why, count in left.items())


def test_a_condition_has_one_word_on_the_index_and_on_the_page_of_its_use(out: Path) -> None:
    written = (out / "data" / "conditions.jsonl").read_text("utf-8").splitlines()
    current = [row for row in map(json.loads, written) if row["state"] != "replaced"]
    assert current
    for row in current:
        seen = "met_seen" if row["looked_at_by"] else "met_alone"
        word = WORDS.label(f"pack.condition_state.{seen if row['state'] == 'met' else row['state']}")
        assert word in section(out, f"uses/{row['ref']}.html", r"decision-\d+")
        assert word in section(out, "index.html", "conditions")


def test_an_entry_that_waits_has_one_word_on_the_index_and_on_its_page(
    steward: Any, told: Store, tmp_path: Path
) -> None:
    said = {"title": "Travel", "text": "By train.", "since": "2027-02-01"}
    with told.write() as session:
        aims.carry_out(session, drafting(BEN, "policy", "travel", said=said), c.desk("2027-02-01"))
    out = unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")
    waits = WORDS.label("pack.system.state.proposed")
    assert waits in section(out, "system.html", "policy")
    assert not re.search(r"\bproposed\b", section(out, "index.html", "system"))
    assert {row["kind"] for row in rows(out, "gaps")} >= {"entry_waits"}


def test_done_holds_only_days_that_have_come(steward: Any, told: Store, tmp_path: Path) -> None:
    with told.write() as session:
        entry = aims.carry_out(session, drafting(BEN, "certification", said=c.PLAN), c.desk())
        aims.carry_out(session, ApproveEntry(**on(entry, CLEO), draft=1), c.desk())
    day = "2027-01-05"
    out = unpacked(packed(steward, tmp_path / "pack", day=day), tmp_path / "out")
    found = rows(out, "calendar")
    early = [row for row in found if row["day"] > day and row["shown"] not in ("", "[]")]
    assert early, "something is ready before its day"
    assert {row["state"] for row in early} == {"ahead"}
    assert all(row["day"] <= day for row in found if row["state"] == "done")
    done = section(out, "calendar.html", "done")
    assert all(stated <= day for stated in re.findall(r"\d{4}-\d{2}-\d{2}", done))
    assert "ready before its day" in section(out, "calendar.html", "ahead")
    late = sum(row["state"] == "late" for row in found)
    assert f"{late} skipped so far" in section(out, "index.html", "calendar")


def test_a_supplier_is_called_the_same_on_its_page_and_in_its_table() -> None:
    known = Known(key="deepl", name="DeepL", vendor="DeepL")
    held = Held(known, None, "none", (), {1: 1})
    (drawn,) = [each for each in suppliers.in_short([held], WORDS).blocks if isinstance(each, Table)]
    assert drawn.rows[0][1].text == suppliers.to_row(held)["vendor"] == "DeepL"
