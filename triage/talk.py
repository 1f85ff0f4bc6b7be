"""The interview about a case in one thread: what was put, what waits, and what was read but not confirmed."""

from __future__ import annotations

from enum import StrEnum

from intake.answers import Answer
from intake.value import Value


class Proposal(Value):
    """What was read out of somebody's words; counts as not asked until they confirm it."""

    question: str
    answer: Answer
    because: str


class Phase(StrEnum):
    """Where the conversation about a case stands."""

    offered = "offered"
    asking = "asking"
    paused = "paused"
    summary = "summary"
    closed = "closed"


class Asked(Value):
    """One question as it was put; `turn` grows by one with each and names its message.

    `heard` is the key of the press or message that answered it, so that a later edit of that message is noticed.
    `meant`: the choices that were offered last for words that were not clear, so that a yes can be about them.
    `offer`: whether a message stands beside the question in which such a meaning can be pressed.
    `also`: questions in the same message, so that one press says that nothing of all that applies.
    `change`: only whether its answer is to be another one; `then` stood open when that was offered.
    """

    turn: int
    question: str
    settled: bool = False
    heard: str = ""
    meant: tuple[str, ...] = ()
    offer: bool = False
    also: tuple[str, ...] = ()
    change: bool = False
    then: str = ""


class Talk(Value):
    """The interview in one thread. `place` and `root` say where; None for what came without one."""

    person: str
    place: str | None
    root: str | None
    phase: Phase = Phase.offered
    asked: tuple[Asked, ...] = ()
    skipped: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    candidates: tuple[str, ...] = ()
    form_digest: str = ""
    reminded: bool = False
    shelved: bool = False

    @property
    def current(self) -> Asked | None:
        last = self.asked[-1] if self.asked else None
        return last if last and not last.settled and self.phase in (Phase.asking, Phase.paused) else None

    def proposal(self, question: str) -> Proposal | None:
        return next((p for p in self.proposals if p.question == question), None)
