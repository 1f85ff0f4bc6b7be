"""Every single answer to every question, tried at once, each in a lane of its own.

Lane 0 holds the answers as they are. Lane 1 takes whatever has not been asked as able to go either way (sure
and not possible at once): a condition is sure there if it can become true, and not possible if it can fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from intake.answers import NOT_ASKED, Answers, State
from intake.form import Kind, Question
from triage.lanes import Settings, Truth
from triage.program import Program

NOW, EITHER, _FIRST = 0, 1, 2
_EITHER_BIT = 1 << EITHER
_NEVER = Truth(0, 0)


class _Leaf(NamedTuple):
    at: int
    values: frozenset[str]
    unasked: Truth
    unsure: Truth


class Trials:
    """The layout of the lanes, and each leaf's truth in them; worked out once for a program."""

    def __init__(self, program: Program) -> None:
        self.answers = {question.id: tuple(single_answers(question)) for question in program.form.questions()}
        self.records = frozenset(question.id for question in program.form.questions() if question.record)
        self.lanes: dict[str, int] = {}
        self.first: dict[str, int] = {}
        lane = _FIRST
        for question, tried in self.answers.items():
            self.first[question] = lane
            self.lanes[question] = ((1 << len(tried)) - 1) << lane
            lane += len(tried)
        self.everywhere = (1 << lane) - 1
        self.offers = [
            (node, self.lanes_with(question, {choice})) for (question, choice), node in program.offers.items()
        ]
        self._always = Truth(self.everywhere, self.everywhere)
        self._open = Truth(0, self.everywhere)
        self._count = len(program.leaves.each)
        self._asked: dict[str, list[_Leaf]] = {question: [] for question in self.answers}
        self._stated: list[tuple[int, str, frozenset[str]]] = []
        for at, leaf in enumerate(program.leaves.each):
            if leaf.is_setting:
                self._stated.append((at, leaf.name, leaf.values))
            else:
                self._asked[leaf.name].append(self._tried(at, leaf.name, leaf.values))

    def _tried(self, at: int, question: str, values: frozenset[str]) -> _Leaf:
        sure = self.lanes_with(question, values)
        possible = sure | self.everywhere ^ self.lanes[question]
        return _Leaf(at, values, Truth(sure | _EITHER_BIT, possible & ~_EITHER_BIT), Truth(sure, possible))

    def only_said(self, question: str) -> bool:
        """In words that no rule and no question looks at."""
        return not self.answers.get(question, True) and not self._asked[question]

    def lanes_with(self, question: str, choices: Set[str]) -> int:
        """The lanes that try one of these choices."""
        lanes = 0
        for lane, tried in enumerate(self.answers[question], start=self.first[question]):
            if not choices.isdisjoint(tried):
                lanes |= 1 << lane
        return lanes

    def leaves(self, answers: Answers, settings: Settings, unasked: Callable[[str], bool]) -> list[Truth]:
        found = [self._open] * self._count
        for question, leaves in self._asked.items():
            answer = answers.get(question, NOT_ASKED)
            if answer.state in (State.answered, State.not_applicable):
                for at, values, _, _ in leaves:
                    found[at] = _NEVER if values.isdisjoint(answer.picked) else self._always
            elif unasked(question):
                for at, _, either, _ in leaves:
                    found[at] = either
            else:
                for at, values, _, still in leaves:
                    found[at] = still if values.isdisjoint(answer.picked) else self._always
        for at, name, values in self._stated:
            if (stated := settings.get(name)) is not None:
                found[at] = _NEVER if values.isdisjoint(stated) else self._always
        return found


def single_answers(question: Question) -> Iterator[tuple[str, ...]]:
    """Each choice, and for many also each two and all together: rules ask for a choice, or count to two."""
    for choice in question.choices:
        yield (choice.id,)
    if question.kind is Kind.many:
        together = [choice.id for choice in question.choices if not choice.alone]
        for at, first in enumerate(together):
            for second in together[at + 1 :]:
                yield first, second
        if len(together) > 2:
            yield tuple(together)


@lru_cache(maxsize=16)
def trials(program: Program) -> Trials:
    return Trials(program)
