"""Draws pages of a pack: one file each, its style within it, nothing from anywhere else, no scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat

from markupsafe import Markup, escape

from bot.markup import clean
from bot.pack.sections import Cell, Section, Sheet, Table, table
from bot.words import Words, layout

ROWS = 500
"""Of the register on one page: what a browser shows at once."""
FIRST, PRINTED = 100, 500
"""Uses in the index, and on paper."""
LONGEST, MOMENT = 21, re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
"""What stays on one line: so many characters without a blank, and a moment."""
REFERENCE = re.compile(r"(\b[A-Z]{3}-\d{4}-\d{4,}\b)")
WIDE, WORD = 6, 24
"""Columns above which a table is a wide one, and signs of a word above which it may be broken there."""
Put = Callable[[str, bytes], None]


def drawn(sheet: Sheet, words: Words, stamp: str) -> bytes:
    """`stamp`: which pack it belongs to."""
    said = {"jump": words.label("pack.jump"), "swipe": words.label("pack.swipe"), "rows": rows}
    text = layout("pack.html", language=words.language, sheet=sheet, stamp=stamp, **said)
    return clean(text).encode("utf-8", "replace")


def rows(drawn: Table) -> Markup:
    """Not by a template: most of a pack is cells, and this takes a fifth of the time. What stands in them is data."""
    heads = [f' data-head="{escape(head)}"' for head in drawn.heads]
    cell = _wide if len(heads) > WIDE else _cell
    return Markup("\n".join(_row(row, heads, cell, anchor=drawn.anchors) for row in drawn.rows))


def _row(row: tuple[Cell, ...], heads: list[str], cell: Callable[[Cell, str], str], *, anchor: bool) -> str:
    cells = "".join(map(cell, row, heads or repeat("")))
    return f'<tr id="{escape(row[0].text)}">{cells}</tr>' if anchor else f"<tr>{cells}</tr>"


def _cell(cell: Cell, head: str) -> str:
    text, href = cell
    shown = f'<a href="{escape(href)}">{escape(text)}</a>' if href else escape(text)
    if len(text) <= LONGEST and (" " not in text or MOMENT.fullmatch(text)):
        return f'<td class="n"{head}>{shown}</td>'
    return f'<td class="u"{head}>{shown}</td>' if "://" in text else f"<td{head}>{shown}</td>"


def _wide(cell: Cell, head: str) -> str:
    """Where columns are many, references are kept whole, and words that are too long are not."""
    text, href = cell
    if href or len(text) <= LONGEST:
        return _cell(cell, head)
    shown = REFERENCE.sub(r'<span class="n">\1</span>', str(escape(text)))
    long = max(map(len, text.split()), default=0) > WORD
    return f'<td class="u"{head}>{shown}</td>' if long else f"<td{head}>{shown}</td>"


class Register:
    """The table of all uses, page by page as they go by; `first`: what the index and paper show of it."""

    def __init__(self, words: Words, stamp: str, put: Put, *, scoped: bool = False) -> None:
        """`scoped`: whether each row ends with its mark."""
        self._words, self._stamp, self._put = words, stamp, put
        self._heads = heads(words, scoped=scoped)
        self._rows: list[Sequence[str | Cell]] = []
        self._number = 1
        self.first: list[Sequence[str | Cell]] = []

    def add(self, row: Sequence[str | Cell]) -> None:
        if len(self.first) < PRINTED:
            self.first.append(row)
        if len(self._rows) == ROWS:
            self._draw(last=False)
            self._number, self._rows = self._number + 1, []
        self._rows.append(row)

    def end(self) -> None:
        self._draw(last=True)

    def _draw(self, *, last: bool) -> None:
        words = self._words
        part = Section(
            "uses",
            words.label("pack.register.all"),
            (),
            (table(self._heads, self._rows),),
        )
        top = (words.label("pack.register.page", page=self._number),)
        links = tuple(self._links(last=last))
        page = Sheet(name(self._number), words.label("pack.register.title"), top, (part,), links)
        self._put(page.name, drawn(page, words, self._stamp))

    def _links(self, *, last: bool) -> Iterator[Cell]:
        yield Cell(self._words.label("pack.index"), "index.html")
        if self._number > 1:
            yield Cell(self._words.label("pack.register.before"), name(self._number - 1))
        if not last:
            yield Cell(self._words.label("pack.register.after"), name(self._number + 1))


def heads(words: Words, *, scoped: bool) -> list[str]:
    more = [words.label("pack.register.scoped")] if scoped else []
    return [*words.label("pack.register.heads").split(" | "), *more]


def name(number: int) -> str:
    return "register.html" if number == 1 else f"register-{number:04}.html"
