"""How one finds one's way in a pack, on its pages, on paper and in the workbook."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bot.pack.papers import SHEETS
from bot.pack.pdf import printed
from bot.pack.sections import Cell, Section, Sheet, table
from store import aims
from store.engine import Store
from tests.bot.cli import storied
from tests.bot.cli.packed import packed, unpacked
from tests.bot.cli.test_evidence import pdf_text
from tests.builders import BEN, CLEO
from triage.aims.entry import entry_id
from triage.aims.kinds import kinds
from triage.aims.wishes import ApproveEntry, DraftEntry

BOOK = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HREF, ID = re.compile(r'href="([^"]+)"'), re.compile(r'id="([^"]+)"')
ROLES = {"governance_lead": frozenset((BEN,)), "legal": frozenset((BEN,)), "executive": frozenset((CLEO,))}
SAID: dict[str, dict[str, Any]] = {
    "control": {"applies": "no", "because": "We train no models.", "state": "done"},
    "risk": {
        "title": "The only model is withdrawn",
        "scenario": "Nothing else was tried.",
        "source": "library",
        "category": "third_party",
        "affected": ("organisation",),
        "likelihood": "3",
        "impact": "5",
        "likelihood_now": "3",
        "impact_now": "5",
        "treatment": "reduce",
        "plan": "Try a second one.",
        "likelihood_after": "3",
        "impact_after": "3",
        "owner": BEN,
    },
    "programme": {"since": "2027-01-01", "until": "2029-12-31", "plan": ("Decisions",), "method": "By lot."},
    "audit": {
        "title": "How requests are decided",
        "objective": "Whether the rules hold.",
        "scope": ("All units",),
        "criteria": ("8.1",),
        "auditors": (BEN,),
        "begins": "2027-02-01",
        "due": "2027-02-20",
    },
}


@pytest.fixture
def out(steward: Any, store: Store, tmp_path: Path) -> Path:
    storied.tell(store)
    for kind, said in SAID.items():
        name = "A.7.2" if kind == "control" else ""
        about = {"entry": entry_id(kinds()[kind], name, kind), "kind": kind, "name": name, "key": kind}
        draft = DraftEntry.model_validate({**about, "actor": BEN, "said": said})
        with store.write() as session:
            made = aims.carry_out(session, draft, replace(storied.day(9), roles=ROLES))
            if made.proposed is not None:
                yes = ApproveEntry(entry=made.id, actor=CLEO, key=f"yes:{kind}", draft=1)
                aims.carry_out(session, yes, replace(storied.day(10), roles=ROLES))
    return unpacked(packed(steward, tmp_path / "pack", "--no-proof"), tmp_path / "out")


def test_the_index_leads_to_every_page(out: Path) -> None:
    there = {path.relative_to(out).as_posix() for path in out.rglob("*.html")} - {"index.html"}
    index = (out / "index.html").read_text("utf-8")
    named = {href.partition("#")[0] for href in HREF.findall(index)}
    assert {page for page in there if not page.startswith("uses/")} <= named
    assert {"audits/cycle.html", "training.html", "wordings/aims/evidence.yaml"} <= named
    (menu,) = re.findall(r"<nav>(.*?)</nav>", index)
    led = set(HREF.findall(menu))
    assert {"training.html", "people.html", "#audits", "#wordings"} <= led
    assert {href[1:] for href in led if href.startswith("#")} <= set(ID.findall(index))


@pytest.mark.parametrize(
    ("name", "some"),
    [
        ("system.html", {"#control", "#risk"}),
        ("coverage.html", {"#points", "#4.1", "#10.1", "#A.2.2"}),
        ("applicability.html", {"#A.2.2", "#A.10.2"}),
    ],
)
def test_a_long_page_has_a_list_to_jump_by(out: Path, name: str, some: set[str]) -> None:
    page = (out / name).read_text("utf-8")
    (jumps,) = re.findall(r'<nav class="jump"[^>]*>(.*?)</nav>', page)
    led = HREF.findall(jumps)
    assert some <= set(led)
    assert {href[1:] for href in led} <= set(ID.findall(page))


def test_an_entry_about_a_control_says_which(out: Path) -> None:
    page = (out / "system.html").read_text("utf-8")
    assert "A.7.2, Data for development and improvement; applies: no" in page


def test_codes_of_coverage_are_words(out: Path) -> None:
    index = (out / "index.html").read_text("utf-8")
    assert not re.search(r">(?:document|on_time)<", index)


def test_paper_has_what_one_compares(out: Path) -> None:
    body = (out / "evidence.pdf").read_bytes()
    told = re.sub(r"\s+", " ", pdf_text(body))
    for said in (
        "All uses",
        "AIU-2026-0001",
        "Statement of applicability, each control",
        "We train no models.",
        "Treatment plan",
        "The only model is withdrawn",
        "Coverage of clauses and controls",
    ):
        assert said in told, said
    assert "(risks.html)" in told, "nobody follows a link on paper"
    assert b"841.89 595.28" in body or b"/Rotate" in body, "laid across"


def test_no_word_is_broken_on_paper_while_all_fit() -> None:
    heads = ("use", "what", "state", "risk", "unit", "who answers for it", "management system")
    row = (
        "AIU-2026-0001",
        "w " * 90,
        "approved with conditions",
        "high risk",
        "Engineering",
        "P9bf7df3d1c445d0bbb9c",
    )
    rows = [[*row, "within the scope"]] * 3
    page = Sheet("a.html", "A", (), (Section("a", "A", (), (table(heads, rows),)),))
    told = pdf_text(printed(page, datetime(2027, 3, 1, tzinfo=UTC), "stamp"))
    for whole in ("AIU-2026-0001", "Engineering", "P9bf7df3d1c445d0bbb9c", "management"):
        assert whole in told.split(), whole


def test_where_a_link_leads_stands_beside_it_unless_it_is_what_the_cell_says() -> None:
    cells = (Cell("Everything", "risks.html#x"), Cell("AIR-1", "risks.html#AIR-1"), Cell("Below", "#below"))
    page = Sheet("a.html", "A", (), (Section("a", "A", (), (table((), [cells]),)),))
    told = pdf_text(printed(page, datetime(2027, 3, 1, tzinfo=UTC), "stamp"))
    assert "(risks.html)" in told
    assert told.count("risks.html") == 1
    assert "#" not in told


def test_the_workbook_is_set_up_to_print_and_holds_what_people_sort(out: Path) -> None:
    with zipfile.ZipFile(out / "register.xlsx") as parts:
        book = ElementTree.fromstring(parts.read("xl/workbook.xml"))
        names = [each.attrib["name"] for each in book.iter(f"{BOOK}sheet")]
        titles = {each.text for each in book.iter(f"{BOOK}definedName")}
        pages = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        for name in pages:
            page = ElementTree.fromstring(parts.read(name))
            (setup,) = page.iter(f"{BOOK}pageSetup")
            assert (setup.get("orientation"), setup.get("fitToHeight"), setup.get("paperSize")) == (
                "landscape",
                "0",
                "9",
            )
            (fits,) = page.iter(f"{BOOK}pageSetUpPr")
            assert fits.get("fitToPage") == "1"
    assert {"risks", "aims", "incident_steps", "trained", "acknowledged"} <= set(names)
    assert set(names) <= SHEETS
    assert titles >= {f"{name}!$1:$1" for name in names}
