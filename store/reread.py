"""What verify says of reviews beside their rows: nobody reads what they said themselves, and none is answered twice."""

from __future__ import annotations

from collections.abc import Iterator

from store.kept import Kept
from store.legible import UNREADABLE, Cells
from store.reviews import ordered_cells


def differences(name: str, use: Cells, kept: Kept) -> Iterator[str]:
    try:
        yield from (f"{name}: {what}" for what in _wrong(use, kept))
    except UNREADABLE:
        yield f"{name}: its reviews cannot be read"


def _wrong(use: Cells, kept: Kept) -> Iterator[str]:
    said: dict[str, Cells] = {}
    opened: set[str] = set()
    for step in ordered_cells(kept.review_steps[use["id"]].values()):
        review, kind = step["review"], step["kind"]
        opened |= {review} if kind == "opened" else set()
        if review not in opened:
            yield f"the step of a review {step['id']}: nothing had opened that"
        if kind == "answered":
            said[review] = step
        elif kind == "agreed":
            answer = said.get(review)
            if answer is None or step["by"] in (answer["by"], use["requester_id"], None):
                yield f"the review {review} was read by nobody else than whoever said it"
