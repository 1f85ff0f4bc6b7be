"""Draws pages of a pack: one file each, its style within it, nothing from anywhere else, no scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bot.markup import clean
from bot.pack.sections import Cell, Section, Sheet, table
from bot.words import Words, layout

ROWS = 500
"""Of the register on one page: what a browser shows at once."""
FIRST, PRINTED = 100, 500
"""Uses in the index, and on paper."""
Put = Callable[[str, bytes], None]


def drawn(sheet: Sheet, words: Words, stamp: str) -> bytes:
    """`stamp`: which pack it belongs to."""
    said = {"jump": words.label("pack.jump"), "swipe": words.label("pack.swipe")}
    text = layout("pack.html", language=words.language, sheet=sheet, stamp=stamp, **said)
    return clean(text).encode("utf-8", "replace")


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
