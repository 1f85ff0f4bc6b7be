"""Drafts as this process last wrote them: an answer mostly comes to the case that the answer before it has left.

Nothing here is believed unasked: in the transaction that uses it, the row must still bear the version and the moment
with which it was written. Every change of a case, by whichever process, moves both (store/saving.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from triage.case import Case, Status

MOST = 500
"""Interviews under way at once; each takes some ten kilobytes."""


@dataclass(frozen=True)
class Draft:
    """`answer_set` is where its facts go, as long as the form has the digest `form`."""

    case: Case
    answer_set: str
    form: str
    written_at: datetime

    def is_as_written(self, version: int | None, written_at: datetime | None) -> bool:
        return (self.case.version, self.written_at) == (version, written_at)


class Drafts:
    """Safe between threads: each step is a single one of a dictionary's."""

    def __init__(self) -> None:
        self._known: dict[str, Draft] = {}

    def get(self, case: str) -> Draft | None:
        return self._known.get(case)

    def keep(self, written: Iterable[Draft]) -> None:
        """After the commit, never before: the version of what is rolled back goes to something else."""
        for draft in written:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[draft.case.id] = draft


def to_draft(case: Case, *, answer_set: str, form: str, written_at: datetime) -> Draft | None:
    """As store/records.py reads it back; None for a case with decisions and results, or without a conversation kept."""
    talk = case.talk
    if case.status is not Status.draft or talk is None or talk.place is None or talk.root is None:
        return None
    return Draft(case.model_copy(update={"verdict": None}), answer_set, form, written_at)
