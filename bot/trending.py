"""Small drawings of how numbers moved: a row for each, a bar for each month, by its own scale."""

from __future__ import annotations

from collections.abc import Sequence

from bot.charting import FAMILY, FILLS
from bot.words import Words, layout

WIDTH, LEFT, RIGHT, TOP, ROW, HIGH = 600, 190, 110, 8, 46, 34
LEAST = 1.0
"""So high is a bar of nothing, so that the month is seen."""


def svg(
    words: Words, spans: Sequence[str], rows: Sequence[tuple[str, Sequence[int], str]], alt: str = ""
) -> str:
    """In the colours of the page that it stands on; each bar says its month and number when it is touched."""
    wide = (WIDTH - LEFT - RIGHT) / max(len(spans), 1)
    drawn = [_row(number, *row, spans, wide) for number, row in enumerate(rows)]
    return layout(
        "trends.svg",
        width=WIDTH,
        height=TOP + len(rows) * ROW + 22,
        left=LEFT,
        right=WIDTH - RIGHT,
        foot=TOP + len(rows) * ROW + 14,
        family=FAMILY,
        fill=FILLS[0],
        alt=alt
        or words.label("management.drawn", first=spans[0] if spans else "", last=spans[-1] if spans else ""),
        first=spans[0] if spans else "",
        last=spans[-1] if len(spans) > 1 else "",
        rows=drawn,
    )


def said(words: Words, counts: Sequence[int]) -> str:
    """The last number, and the most there ever was where that is another."""
    if not counts:
        return ""
    most = max(counts)
    return (
        str(counts[-1]) if counts[-1] == most else words.label("management.most", last=counts[-1], most=most)
    )


def _row(
    number: int, name: str, counts: Sequence[int], last: str, spans: Sequence[str], wide: float
) -> dict[str, object]:
    most, base = max((*counts, 1)), TOP + number * ROW + HIGH
    bars = []
    for at, (span, count) in enumerate(zip(spans, counts, strict=True)):
        high = max(HIGH * count / most, LEAST)
        bars.append(
            {
                "x": round(LEFT + at * wide, 1),
                "y": round(base - high, 1),
                "width": round(wide * 0.8, 1),
                "height": round(high, 1),
                "said": f"{span}: {count}",
            }
        )
    return {"name": name, "y": base, "bars": bars, "last": last}
