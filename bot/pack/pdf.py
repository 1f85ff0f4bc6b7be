"""Sheets as a PDF: the same sections, the same words; what people wrote is text in it, and never markup."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from heapq import nlargest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.charting import FILLS, FONTS
from bot.pack.sections import Bars, Cell, Section, Sheet, Spread, Table

if TYPE_CHECKING:
    from fpdf import FPDF

FONT = "DejaVu"
MARGIN, SMALL, USUAL, LINE = 18, 8.5, 10, 5
"""Millimetres, and points of letters."""
FAINT, INK, RULE = (90, 88, 85), (28, 27, 26), (205, 203, 198)
LONGEST = 600
"""Signs of one cell; the tables have them all."""
WORD, WIDE, SHORT = 48, 120, 32
"""Millimetres of the widest word that is kept whole, of the most that a column wants, and of cells kept on one line."""
PADDING = 0.8
MEASURED = 12
LABELS, BAR, SMALL_HIGH = 62, 6.5, 9


def printed(sheet: Sheet, at: datetime, stamp: str, annexes: Sequence[Section] = ()) -> bytes:
    """The same sheet and moment give the same bytes. `annexes`: what follows it on pages laid across."""
    pdf = _opened(sheet.title, at, stamp)
    pdf.set_font(FONT, size=17)
    pdf.multi_cell(0, 8, _shown(pdf, sheet.title), align="L", new_x="LMARGIN", new_y="NEXT")
    for line in sheet.top:
        _say(pdf, line, SMALL, FAINT)
    for section in sheet.sections:
        _section(pdf, section)
    for section in annexes:
        pdf.add_page(orientation="landscape")
        _section(pdf, section)
    return bytes(pdf.output())


def _opened(title: str, at: datetime, stamp: str) -> FPDF:
    import fpdf  # late: only a pack needs it

    class Paper(fpdf.FPDF):
        def footer(self) -> None:
            self.set_y(-14)
            self.set_font(FONT, size=7.5)
            self.set_text_color(*FAINT)
            self.cell(0, 5, f"{stamp}   {self.page_no()} / {{nb}}", align="C")

    pdf = Paper(format="A4")
    pdf.set_creation_date(at.astimezone(UTC).replace(microsecond=0))
    pdf.set_title(title)
    pdf.set_lang("en")
    pdf.add_font(FONT, fname=str(Path(FONTS) / "DejaVuSans.ttf"))
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, margin=20)
    pdf.add_page()
    return pdf


def _say(pdf: FPDF, text: str, size: float, colour: tuple[int, int, int] = INK) -> None:
    pdf.set_font(FONT, size=size)
    pdf.set_text_color(*colour)
    pdf.multi_cell(0, size * 0.5, _shown(pdf, text), align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(1)


def _section(pdf: FPDF, section: Section) -> None:
    if pdf.will_page_break(26):
        pdf.add_page()
    pdf.ln(3)
    pdf.set_draw_color(*RULE)
    pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())
    pdf.ln(2)
    pdf.start_section(section.title)
    _say(pdf, section.title, 13)
    for line in section.says:
        _say(pdf, line, USUAL)
    for block in section.blocks:
        if isinstance(block, Bars):
            _bars(pdf, block)
        elif isinstance(block, Spread):
            _spread(pdf, block)
        elif block.rows:
            _table(pdf, block)


def _table(pdf: FPDF, block: Table) -> None:
    from fpdf.enums import TableBordersLayout, TableHeadingsDisplay
    from fpdf.fonts import FontFace

    pdf.set_font(FONT, size=SMALL)
    pdf.set_text_color(*INK)
    with pdf.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=_widths(pdf, block),
        first_row_as_headings=bool(block.heads),
        headings_style=FontFace(color=FAINT, emphasis=None),
        line_height=SMALL * 0.5,
        padding=PADDING,
        text_align="LEFT",
        v_align="TOP",
        repeat_headings=TableHeadingsDisplay.ON_TOP_OF_EVERY_PAGE
        if block.heads
        else TableHeadingsDisplay.NONE,
    ) as drawn:
        if block.heads:
            drawn.row([_shown(pdf, head) for head in block.heads])
        for row in block.rows:
            drawn.row([_shown(pdf, _said(cell)) for cell in row])
    pdf.ln(1.5)
    if block.more:
        _say(pdf, block.more, SMALL, FAINT)


def _said(cell: Cell) -> str:
    """Nobody follows a link on paper: where it leads stands beside it, unless it is what the cell says."""
    page = cell.href.partition("#")[0]
    return f"{cell.text} ({page})" if page and cell.text not in cell.href else cell.text


def _widths(pdf: FPDF, block: Table) -> tuple[float, ...]:
    """Each column as wide as its longest word, so that none is broken as long as all of them fit, or as its longest
    cell where that is short; what is left goes to those whose cells are longer.
    """
    texts = [tuple(map(_said, row)) for row in block.rows] + ([block.heads] if block.heads else [])
    columns = [[_shown(pdf, text) for text in column] for column in zip(*texts, strict=True)]
    edges = 2 * PADDING + 2 * pdf.c_margin + 0.5
    words = [min(WORD, _longest(pdf, _words(column))) + edges for column in columns]
    cells = [min(WIDE, _longest(pdf, column)) + edges for column in columns]
    least = [cell if cell <= SHORT else word for word, cell in zip(words, cells, strict=True)]
    least = least if sum(least) < pdf.epw else words
    left, more = pdf.epw - sum(least), sum(map(max, cells, least)) - sum(least)
    if left <= 0 or more <= 0:
        return tuple(least)
    return tuple(low + left * max(cell - low, 0) / more for low, cell in zip(least, cells, strict=True))


def _words(column: Iterable[str]) -> Iterator[str]:
    return (word for text in column for word in text.split())


def _longest(pdf: FPDF, texts: Iterable[str]) -> float:
    """Millimetres of the widest of those with the most signs: to measure each would take long."""
    return max((pdf.get_string_width(text) for text in nlargest(MEASURED, set(texts), key=_size)), default=0)


def _size(text: str) -> tuple[int, str]:
    return len(text), text


def _shown(pdf: FPDF, text: str) -> str:
    """What the font has no sign for stays a question mark here; pages and tables have it as it is."""
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    known = _signs(pdf)
    return "".join(sign if ord(sign) in known or sign == "\n" else "?" for sign in cut)


def _signs(pdf: FPDF) -> Container[int]:
    font: Any = pdf.current_font
    found: Container[int] = font.cmap
    return found


def _bars(pdf: FPDF, block: Bars) -> None:
    most = max((sum(counts) for _, counts in block.rows), default=1)
    scale = (pdf.w - 2 * MARGIN - LABELS - 14) / most
    _legend(pdf, block.legend)
    for name, counts in block.rows:
        if pdf.will_page_break(BAR + 2):
            pdf.add_page()
        y, x = pdf.get_y(), float(MARGIN + LABELS)
        pdf.set_text_color(*INK)
        pdf.set_font(FONT, size=SMALL)
        pdf.set_xy(MARGIN, y)
        pdf.cell(LABELS - 3, BAR, _shown(pdf, name), align="R")
        for count, fill in zip(counts, FILLS, strict=False):
            pdf.set_fill_color(fill)
            pdf.rect(x, y, count * scale, BAR, style="F")
            x += count * scale
        pdf.set_xy(x + 2, y)
        pdf.cell(12, BAR, str(sum(counts)))
        pdf.set_xy(MARGIN, y + BAR + 2)
    pdf.set_fill_color(255)  # else the cells of what follows have the colour of the last bar
    pdf.ln(1)


def _spread(pdf: FPDF, block: Spread) -> None:
    """Each row by its own scale: its last number stands beside it, and below all of them the first and last span."""
    each = (pdf.w - 2 * MARGIN - LABELS - 22) / max(len(block.spans), 1)
    for name, counts, said in block.rows:
        if pdf.will_page_break(SMALL_HIGH + 4):
            pdf.add_page()
        y, most = pdf.get_y(), max((*counts, 1))
        pdf.set_text_color(*INK)
        pdf.set_font(FONT, size=SMALL)
        pdf.set_xy(MARGIN, y + SMALL_HIGH - LINE)
        pdf.cell(LABELS - 3, LINE, _shown(pdf, name), align="R")
        pdf.set_fill_color(FILLS[0])
        for number, count in enumerate(counts):
            high = max(SMALL_HIGH * count / most, 0.3)
            pdf.rect(MARGIN + LABELS + number * each, y + SMALL_HIGH - high, each * 0.8, high, style="F")
        pdf.set_xy(pdf.w - MARGIN - 20, y + SMALL_HIGH - LINE)
        pdf.cell(20, LINE, said)
        pdf.set_xy(MARGIN, y + SMALL_HIGH + 3)
    pdf.set_fill_color(255)
    pdf.set_x(MARGIN + LABELS)
    _say(pdf, " – ".join(dict.fromkeys((block.spans[0], block.spans[-1]))) if block.spans else "", 7.5, FAINT)


def _legend(pdf: FPDF, names: Sequence[str]) -> None:
    pdf.set_font(FONT, size=7.5)
    pdf.set_text_color(*FAINT)
    for name, fill in zip(names, FILLS, strict=False):
        width = pdf.get_string_width(name) + 9
        if pdf.get_x() + width > pdf.w - MARGIN:
            pdf.ln(5)
        pdf.set_fill_color(fill)
        pdf.rect(pdf.get_x(), pdf.get_y() + 0.8, 3, 3, style="F")
        pdf.set_x(pdf.get_x() + 4)
        pdf.cell(width - 4, LINE, name)
    pdf.ln(7)
