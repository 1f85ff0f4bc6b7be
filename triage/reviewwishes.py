"""Wishes about reviews: one is opened, confirmed by whoever answers for the use, and read by somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from intake.answers import Answer
from triage.reviewed import Cause
from triage.wish import OnCase, OnShown


class OpenReview(OnCase):
    """By the clock (`trigger` is the day that was planned then), or by what happened, which `trigger` names.

    Where one is open already it joins that. `seed`: of the lot by which one is a step deeper; none without.
    """

    do: Literal["open_review"] = "open_review"
    cause: Cause
    trigger: str
    seed: str = ""


class ConfirmReview(OnShown):
    """`same`: what is as it was; `answers`: what is not, and what follows from it; `effect`: what was shown to follow.

    `kept` and `broken`: conditions that hold all the time, by their number. `seen`: of one press on a message, what it
    showed. `ends`: stop it for now, or it is not used any more. `sample`: what came of looking at some of its results.
    """

    do: Literal["confirm_review"] = "confirm_review"
    review: str
    same: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = {}
    kept: tuple[int, ...] = ()
    broken: tuple[int, ...] = ()
    effect: str = ""
    seen: str = ""
    ends: Literal["", "suspend", "retire"] = ""
    sample: Literal["", "right", "some_wrong", "nobody_looked"] = ""
    words: str = ""


class ReadReview(OnShown):
    """The second reader agrees, sends it back with a question, or stops the use; `step`: what was shown."""

    do: Literal["read_review"] = "read_review"
    step: str
    verdict: Literal["agree", "return", "suspend"]
    words: str = ""


OfReviews = OpenReview | ConfirmReview | ReadReview
