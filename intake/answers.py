"""What was asked and answered: one answer has a state, and a many-answer may be known only in part."""

from collections.abc import Mapping
from enum import StrEnum

from intake.value import Value


class State(StrEnum):
    answered = "answered"
    unsure = "unsure"
    not_asked = "not_asked"
    not_applicable = "not_applicable"


class Answer(Value):
    """`picked` holds choice ids (or the one text, number, day, tool or person) in the order given.

    An unsure many-answer may still carry ticks: those are certain, the rest is open.
    """

    state: State
    picked: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.picked[0] if self.picked else ""


NOT_ASKED = Answer(state=State.not_asked)
UNSURE = Answer(state=State.unsure)

Answers = Mapping[str, Answer]


def answered(*picked: str) -> Answer:
    return Answer(state=State.answered, picked=picked)


def unsure(*certain: str) -> Answer:
    return Answer(state=State.unsure, picked=certain)
