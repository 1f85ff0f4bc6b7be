"""The register as bars, by risk and state: as SVG for a page, as a picture for Slack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.digesting import Row
from bot.words import layout

WIDTH, LEFT, RIGHT, BAR, GAP, TOP = 600, 142, 78, 34, 14, 74
NARROWEST = 26
"""Pixels of a part in which its number still has room."""
FILLS = ("#0072b2", "#56b4e9", "#e69f00", "#999999", "#cc79a7")
INKS = ("#ffffff", "#000000", "#000000", "#000000", "#000000")
"""Colours that also those tell apart who see few; the numbers and the order say the same."""
LETTER, SWATCH = 7.9, 36
"""About the width of a letter of the legend, and of what stands before and behind a name."""
FONTS = Path(__file__).with_name("fonts")
FAMILY = "DejaVu Sans"
ENLARGED = 2
"""So that it is sharp on a phone."""


def svg(rows: Sequence[Row], legend: Sequence[str], alt: str, *, inline: bool) -> str:
    """`inline`: in the colours of the page it stands on; else on a ground of its own, which reads in light and dark."""
    most = max((sum(row.counts) for row in rows), default=1)
    room = WIDTH - LEFT - RIGHT
    bars = [_bar(row, number, room / most) for number, row in enumerate(rows)]
    return layout(
        "chart.svg",
        width=WIDTH,
        height=TOP + len(rows) * (BAR + GAP) + 10,
        left=LEFT,
        bar=BAR,
        family=FAMILY,
        inline=inline,
        alt=alt,
        bars=bars,
        legend=list(_legend(legend)),
    )


def _legend(names: Sequence[str]) -> Iterator[dict[str, Any]]:
    """One behind the other, in a second line where the first is full."""
    x, y = float(LETTER), 14
    for name, fill in zip(names, FILLS, strict=False):
        width = SWATCH + LETTER * len(name)
        if x + width > WIDTH and x > LETTER:
            x, y = LETTER, y + 24
        yield {"x": round(x + 12, 1), "y": y, "fill": fill, "name": name}
        x += width


def _bar(row: Row, number: int, scale: float) -> dict[str, Any]:
    x, parts = float(LEFT), []
    for count, fill, ink in zip(row.counts, FILLS, INKS, strict=False):
        if count:
            width = max(count * scale, 2.0)
            shown = str(count) if width >= NARROWEST + 9 * (len(str(count)) - 2) else ""
            parts.append(
                {"x": round(x, 1), "width": round(width, 1), "fill": fill, "ink": ink, "count": shown}
            )
            x += width
    name = row.tier[:1].upper() + row.tier[1:]
    return {
        "y": TOP + number * (BAR + GAP),
        "name": name,
        "parts": parts,
        "end": round(x, 1),
        "total": sum(row.counts),
    }


def picture(drawn: str) -> bytes:
    """As PNG, with the one font that comes with us, so that it looks alike on every machine."""
    import resvg_py  # late: most processes never draw

    found = resvg_py.svg_to_bytes(
        svg_string=drawn,
        zoom=ENLARGED,
        skip_system_fonts=True,
        font_files=[str(FONTS / "DejaVuSans.ttf")],
    )
    return bytes(found)
