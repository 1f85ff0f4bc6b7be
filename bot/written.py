"""One use as it goes into each of the files of an export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.extract import Plain
from store.extract import Worded


class Written(NamedTuple):
    """One use as it goes into each of the files; `worded`: by which form and texts it was judged, in order."""

    uses: list[Plain]
    decisions: list[Plain]
    conditions: list[Plain]
    inquiries: list[Plain]
    referrals: list[Plain]
    assignments: list[Plain]
    reports: list[Plain]
    plans: list[Plain]
    readings: list[Plain]
    deployments: list[Plain]
    underway: list[Plain]
    history: list[Plain]
    questions: list[Plain]
    worded: Sequence[Worded] = ()
