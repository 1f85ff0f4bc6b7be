"""What was written below the card of a use, as `steward explain` tells it; each with its line, for `steward erase`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from store.discussion import Kept

GONE = "(erased)"


def told(kept: Sequence[Kept], names: Mapping[str, str]) -> Iterator[str]:
    """In the order in which it was written; `names` by opaque id."""
    if not kept:
        return
    yield ""
    yield f"below its card, {len({each.row['ts'] for each in kept})} messages kept:"
    for each in kept:
        row = each.row
        by = names.get(row["by"], row["by"])
        yield f"  {_moment(row['stamp'])} {by} {row['kind']}{_words(each)} (line {row['line']})"


def _moment(stamp: str) -> str:
    """As Slack has it: seconds since 1970; anything else stays what it is."""
    try:
        return f"{datetime.fromtimestamp(float(stamp), UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return stamp


def _words(kept: Kept) -> str:
    if kept.row["kind"] == "deleted":
        return f" what was written {_moment(kept.row['ts'])}"
    said = [kept.words, *(kept.files or "").splitlines()]
    return f": {' | '.join(text for text in said if text) or GONE}"
