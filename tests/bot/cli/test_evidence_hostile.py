"""Whatever people wrote is text in a pack: on a page, in a table, in the workbook, on paper."""

import csv
import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bot.extract import RUN_BY_SPREADSHEETS
from bot.pack import workbook
from bot.pack.workbook import SIGNS, Workbook
from tests.bot.cli.packed import packed, unpacked
from tests.bot.cli.test_evidence import pdf_text

FORMULA = "=cmd|' /C calc'!A0"
MARKUP = (
    "</td></table><script>alert(1)</script><img src=http://x.example/ onerror=alert(1)>"
    '" onload="x {{ 7*7 }} **b** <!--'
)
ODD = "é 日本 \u202e العربية _x0041_ \x01\x0b \ufffe"
WORDS = (FORMULA, MARKUP, ODD, "+1+1", "@SUM(A1)", "-2+3", "\t=1+1", "long " * 9000)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def out(steward: Any, tmp_path: Path) -> Path:
    rows = [
        {"id": f"X-{number}", "use_case_name": words, "purpose_and_benefits": words, "pii": "Yes"}
        for number, words in enumerate(WORDS)
    ]
    path = tmp_path / "some.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, _, errors = steward("import", path, "--map", "us-federal")
    assert code == 0, errors
    return unpacked(packed(steward, tmp_path / "pack"), tmp_path / "out")


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


OURS = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "main",
        "nav",
        "a",
        "h1",
        "h2",
        "p",
        "section",
        "div",
        "span",
    ),
    *("table", "thead", "tbody", "tr", "th", "td", "svg", "rect", "text", "path", "circle", "line"),
}


def test_markup_is_words_on_every_page(out: Path) -> None:
    said = ""
    for page in out.rglob("*.html"):
        seen = Seen()
        seen.feed(page.read_text("utf-8"))
        assert seen.tags <= OURS, page
        assert not {name for name in seen.names if name.startswith("on")} | (seen.names & {"src"}), page
        said += "".join(seen.words)
    assert "<script>alert(1)</script>" in said
    assert "{{ 7*7 }}" in said


def test_no_cell_of_a_table_is_run(out: Path) -> None:
    for path in (out / "tables").iterdir():
        with path.open(newline="", encoding="utf-8") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        assert not [cell for cell in cells if cell.startswith(RUN_BY_SPREADSHEETS)], path
    assert f"'{FORMULA}" in (out / "tables" / "uses.csv").read_text("utf-8")


def cells_of(book: Path) -> list[tuple[str, str | None, str]]:
    """Kind, style and text of each cell; any formula would fail it."""
    found = []
    with zipfile.ZipFile(book) as parts:
        for name in parts.namelist():
            tree = ElementTree.fromstring(parts.read(name))
            assert not list(tree.iter(f"{SHEET}f")), name
            assert "http://x.example" not in [value for each in tree.iter() for value in each.attrib.values()]
            for cell in tree.iter(f"{SHEET}c"):
                text = "".join(each.text or "" for each in cell.iter(f"{SHEET}t"))
                found.append((cell.get("t", ""), cell.get("s"), text))
    return found


def test_the_workbook_holds_text_and_nothing_that_runs(out: Path) -> None:
    cells = cells_of(out / "register.xlsx")
    assert {kind for kind, _, _ in cells} == {"inlineStr"}
    with zipfile.ZipFile(out / "register.xlsx") as parts:
        assert not [name for name in parts.namelist() if "vba" in name.lower() or "external" in name.lower()]
        styles = ElementTree.fromstring(parts.read("xl/styles.xml"))
    (kinds,) = styles.iter(f"{SHEET}cellXfs")
    quoted = {str(number) for number, style in enumerate(kinds) if style.get("quotePrefix") == "1"}
    assert {style for _, style, text in cells if text.startswith(RUN_BY_SPREADSHEETS)} == quoted
    assert any(text == FORMULA for _, _, text in cells)
    assert max(len(text) for _, _, text in cells) <= SIGNS
    assert any(text.endswith("whole in data/uses.jsonl)") for _, _, text in cells)
    assert any("é 日本" in text and "_x005F_x0041_" in text for _, _, text in cells)
    assert not any(sign in text for _, _, text in cells for sign in "\x01\x0b\ufffe")


def test_what_no_xml_may_hold_is_in_no_cell(tmp_path: Path) -> None:
    book = Workbook(tmp_path / "book")
    book.sheet("uses", ("ref",)).put({"ref": "a\ufffeb\uffffc\ud800d"})
    with zipfile.ZipFile(book.close()) as parts:
        body = parts.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert "a\ufffdb\ufffdc?d" in body


def test_a_full_sheet_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 3)
    book = Workbook(tmp_path / "book")
    sheet = book.sheet("uses", ("ref",))
    for number in range(5):
        sheet.put({"ref": f"R{number}"})
    with zipfile.ZipFile(book.close()) as parts:
        names = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        told = parts.read("xl/workbook.xml").decode()
        assert {info.compress_type for info in parts.infolist()} == {zipfile.ZIP_STORED}
    assert len(names) == 3
    assert all(f'name="{name}"' in told for name in ("uses", "uses 2", "uses 3"))


def test_paper_has_it_too(out: Path) -> None:
    text = pdf_text((out / "evidence.pdf").read_bytes())
    assert "<script>" in text.replace(" ", "")
    assert b"/URI" not in (out / "evidence.pdf").read_bytes()
    assert b"/JavaScript" not in (out / "evidence.pdf").read_bytes()
