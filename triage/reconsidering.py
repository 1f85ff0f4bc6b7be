"""What is wished of a review, each to the room where it is carried out."""

from __future__ import annotations

from typing import assert_never

from triage import opening, reviewing, secondreader
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Outcome
from triage.reviewwishes import ConfirmReview, OfReviews, OpenReview, ReadReview


def carried_out(case: Case, command: OfReviews, desk: Desk) -> Outcome:
    match command:
        case OpenReview():
            return opening.open_one(case, command, desk)
        case ConfirmReview():
            return reviewing.confirm(case, command, desk)
        case ReadReview():
            return secondreader.read(case, command, desk)
        case _:
            assert_never(command)
