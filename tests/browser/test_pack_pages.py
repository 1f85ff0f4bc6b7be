"""Pages of a pack in a browser: tables that let one compare where there is room, and drawings that say they scroll."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.pack.pages import drawn
from bot.pack.sections import Bars, Section, Sheet, table
from bot.words import Words

pytestmark = pytest.mark.browser

HEADS = ("control", "what", "applies", "because", "how", "how far", "owner", "what shows it")
ROW = (
    "A.2.2",
    "Policy",
    "yes",
    "why " * 20,
    "how " * 20,
    "done",
    "P9bf7df3d1c445d0bbb9c",
    "AIU-2026-0001, " * 9,
)
DRAWING = (
    '<svg viewBox="0 0 900 80" width="900" height="80" class="chart"><rect width="900" height="80"/></svg>'
)
LOOKS = """() => {
  const shown = (name) => getComputedStyle(document.querySelector(name)).display;
  const drawing = document.querySelector('.drawing');
  return {
    cell: shown('.wide td'), hint: shown('.swipe'),
    scrolls: drawing.scrollWidth > drawing.clientWidth + 1,
    page: document.documentElement.scrollWidth > innerWidth,
    broken: [...document.querySelectorAll('.wide span.n')].some((each) => each.getClientRects().length > 1),
  };
}"""


@pytest.mark.parametrize(
    ("width", "looks"),
    [
        (1280, {"cell": "table-cell", "hint": "none", "scrolls": False, "page": False, "broken": False}),
        (390, {"cell": "block", "hint": "block", "scrolls": True, "page": False, "broken": False}),
    ],
)
def test_a_table_is_one_where_there_is_room(
    browser: Browser, tmp_path: Path, width: int, looks: dict[str, object]
) -> None:
    blocks = (table(HEADS, [ROW] * 3, anchors=True), Bars(DRAWING, (), ()))
    page = Sheet("a.html", "A", (), (Section("a", "A", (), blocks),))
    file = tmp_path / "a.html"
    file.write_bytes(drawn(page, Words("en", "UTC"), ""))
    with browser.new_page(viewport={"width": width, "height": 800}) as seen:
        seen.goto(file.as_uri())
        assert seen.evaluate(LOOKS) == looks
