"""How the reviews of a use stand, read off the steps that were recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from intake.value import Value
from triage.case import Case
from triage.reviewed import DEPTHS, Depth, Result, ReviewStep

State = Literal["open", "second", "done"]
"""Whoever answers for the use is asked; what they said is read by somebody else; it is over."""


class Review(Value):
    """`steps`: all of it, the one that opened it first."""

    steps: tuple[ReviewStep, ...]

    @property
    def opening(self) -> ReviewStep:
        return self.steps[0]

    @property
    def id(self) -> str:
        return self.opening.id

    @property
    def ref(self) -> str:
        return self.opening.ref

    @property
    def called(self) -> tuple[ReviewStep, ...]:
        """What opened it, and what came to it while it was open."""
        return tuple(step for step in self.steps if step.kind in ("opened", "joined"))

    @property
    def depth(self) -> Depth:
        return deepest(step.depth for step in self.called)

    @property
    def sampled(self) -> bool:
        return any(step.sampled for step in self.called)

    @property
    def opened_at(self) -> datetime:
        return self.opening.at

    @property
    def due(self) -> date:
        return min(step.due for step in self.called if step.due)

    @property
    def questions(self) -> tuple[str, ...]:
        """The only facts that it is about; none where it is about those of its depth."""
        if any(not step.questions for step in self.called):
            return ()
        return tuple(dict.fromkeys(question for step in self.called for question in step.questions))

    @property
    def answer(self) -> ReviewStep | None:
        """What whoever answers for it said last, if it was not sent back, and nothing has come up since."""
        said = [step for step in self.steps if step.kind in ("answered", "returned", "joined")]
        return said[-1] if said and said[-1].kind == "answered" else None

    @property
    def returned(self) -> ReviewStep | None:
        """The question with which it was sent back, while it waits for its answer."""
        return self.steps[-1] if self.steps[-1].kind == "returned" else None

    @property
    def end(self) -> ReviewStep | None:
        """The step with which it was over."""
        last = self.steps[-1]
        over = last.kind in ("agreed", "closed") or (last.kind == "answered" and not last.second)
        return last if over else None

    @property
    def state(self) -> State:
        if self.end is not None:
            return "done"
        return "second" if self.answer is not None else "open"

    @property
    def outcome(self) -> Result:
        if self.end is None:
            return ""
        return self.end.outcome or (self.answer.outcome if self.answer else "")


def reviews_of(case: Case) -> tuple[Review, ...]:
    """In the order in which they were opened."""
    found: dict[str, list[ReviewStep]] = {}
    for step in case.review_steps:
        found.setdefault(step.review, []).append(step)
    return tuple(Review(steps=tuple(steps)) for steps in found.values())


def open_review(case: Case) -> Review | None:
    """The one that is not over; there is no second one beside it."""
    return next((each for each in reversed(reviews_of(case)) if each.end is None), None)


def review_named(case: Case, id: str) -> Review | None:
    return next((each for each in reviews_of(case) if each.id == id), None)


def last_review(case: Case) -> Review | None:
    """The last that came to an end."""
    return next((each for each in reversed(reviews_of(case)) if each.end is not None), None)


def deepest(depths: Iterable[str]) -> Depth:
    known = set(depths)
    return next((each for each in reversed(DEPTHS) if each in known), DEPTHS[0])


def deeper(depth: Depth) -> Depth:
    return DEPTHS[min(DEPTHS.index(depth) + 1, len(DEPTHS) - 1)]
