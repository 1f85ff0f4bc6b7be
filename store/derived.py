"""Whether what figures are counted by follows from the latest result: the facts a use lacks, the days of its duties.

Who is asked (`ask`) is not worked out again: it hangs on who held which role when it was written.
"""

from __future__ import annotations

from collections.abc import Iterator

from store.duties import ahead
from store.kept import Kept
from store.legible import UNREADABLE, Cells
from triage.case import Status
from triage.verdict import Verdict


def differences(name: str, use: Cells, kept: Kept) -> Iterator[str]:
    try:
        lacks, duties = _wanted(use, kept)
    except UNREADABLE:
        return  # that the result is not the one that was sealed, is named by itself
    for fact in sorted(lacks ^ kept.lacks[use["id"]]):
        what = "is missing" if fact in lacks else "does not follow from its result"
        yield f"{name}: that it lacks {fact} {what}"
    for duty, day in sorted(duties ^ kept.duties[use["id"]]):
        what = "is missing" if (duty, day) in duties else "does not follow from its result"
        yield f"{name}: the day {day} of the duty {duty} {what}"


def _wanted(use: Cells, kept: Kept) -> tuple[set[str], set[tuple[str, str]]]:
    """As store/lacks.py and store/duties.py write them: nothing of a draft."""
    last = max(kept.results[use["id"]].values(), key=_when, default=None)
    if last is None or use["state"] == Status.draft.value:
        return set(), set()
    found = Verdict.model_validate(last["verdict"])
    days = ahead((*found.duties_today, *found.duties_coming), found.day)
    return {gap.question for gap in found.gaps}, {(duty, day.isoformat()) for day, duty in days}


def _when(result: Cells) -> tuple[int, str]:
    return int(result["version"]), str(result["judged_at"])
