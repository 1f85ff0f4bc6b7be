"""The closed, three-valued grammar in which forms say when to ask and rules say when they hold.

A truth is True, False or None (not known yet), combined as Kleene did: nothing unknown ever counts as false.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from intake.answers import NOT_ASKED, Answer, State
from intake.value import Value

Truth = bool | None


class Sight(Protocol):
    """What a condition may look at."""

    def answer(self, question: str) -> Answer: ...

    def shown(self, question: str) -> Truth:
        """Whether the question applies; None while that is open."""

    def setting(self, name: str) -> tuple[str, ...] | None:
        """What the organisation or the request states by itself; None if it states nothing."""


class Condition(Value):
    """One node; `truth` never raises and never guesses."""

    def truth(self, sight: Sight) -> Truth:
        raise NotImplementedError

    def questions(self) -> frozenset[str]:
        """Every question it may look at."""
        return frozenset()

    def settings(self) -> frozenset[str]:
        """Every setting it may look at."""
        return frozenset()

    def support(self, sight: Sight) -> frozenset[str]:
        """The questions whose answers settled it; meant for a condition that is not open."""
        return frozenset()

    def open_questions(self, sight: Sight) -> frozenset[str]:
        """The questions that could still settle it; empty unless it is open."""
        return frozenset()


class Always(Condition):
    def truth(self, sight: Sight) -> Truth:
        return True


class Asked(Condition):
    """One question against some of its choices: true if any of them was picked."""

    question: str
    picked: frozenset[str]

    def truth(self, sight: Sight) -> Truth:
        shown = sight.shown(self.question)
        if shown is False:
            return False
        answer = sight.answer(self.question)
        if not self.picked.isdisjoint(answer.picked):
            found: Truth = True
        elif answer.state is State.answered or answer.state is State.not_applicable:
            return False
        else:
            return None
        return found if shown else None

    def questions(self) -> frozenset[str]:
        return frozenset((self.question,))

    def support(self, sight: Sight) -> frozenset[str]:
        return self.questions()

    def open_questions(self, sight: Sight) -> frozenset[str]:
        return self.questions() if self.truth(sight) is None else frozenset()


class Stated(Condition):
    """One setting of the organisation or the request against some values."""

    setting: str
    values: frozenset[str]

    def truth(self, sight: Sight) -> Truth:
        stated = sight.setting(self.setting)
        return None if stated is None else not self.values.isdisjoint(stated)

    def settings(self) -> frozenset[str]:
        return frozenset((self.setting,))


class Every(Condition):
    of: tuple[Condition, ...]

    def truth(self, sight: Sight) -> Truth:
        result: Truth = True
        for part in self.of:
            found = part.truth(sight)
            if found is False:
                return False
            if found is None:
                result = None
        return result

    def questions(self) -> frozenset[str]:
        return _union(part.questions() for part in self.of)

    def settings(self) -> frozenset[str]:
        return _union(part.settings() for part in self.of)

    def support(self, sight: Sight) -> frozenset[str]:
        if self.truth(sight) is False:
            return next((part.support(sight) for part in self.of if part.truth(sight) is False), frozenset())
        return _union(part.support(sight) for part in self.of)

    def open_questions(self, sight: Sight) -> frozenset[str]:
        if self.truth(sight) is not None:
            return frozenset()
        return _union(part.open_questions(sight) for part in self.of)


class Some(Condition):
    """True if at least `count` of its parts are."""

    of: tuple[Condition, ...]
    count: int = 1

    def truth(self, sight: Sight) -> Truth:
        sure = possible = 0
        for part in self.of:
            found = part.truth(sight)
            if found is True:
                sure += 1
                if sure >= self.count:
                    return True
            elif found is None:
                possible += 1
        return None if sure + possible >= self.count else False

    def questions(self) -> frozenset[str]:
        return _union(part.questions() for part in self.of)

    def settings(self) -> frozenset[str]:
        return _union(part.settings() for part in self.of)

    def support(self, sight: Sight) -> frozenset[str]:
        held = [part.support(sight) for part in self.of if part.truth(sight) is True]
        return _union(held) if held else self.questions()

    def open_questions(self, sight: Sight) -> frozenset[str]:
        if self.truth(sight) is not None:
            return frozenset()
        return _union(part.open_questions(sight) for part in self.of)


class Not(Condition):
    of: Condition

    def truth(self, sight: Sight) -> Truth:
        found = self.of.truth(sight)
        return None if found is None else not found

    def questions(self) -> frozenset[str]:
        return self.of.questions()

    def settings(self) -> frozenset[str]:
        return self.of.settings()

    def support(self, sight: Sight) -> frozenset[str]:
        return self.of.support(sight)

    def open_questions(self, sight: Sight) -> frozenset[str]:
        return self.of.open_questions(sight)


def _union(parts: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*parts)


class View:
    """A sight over given answers: works out, once, which questions apply.

    `gates` maps each question to its condition; a gate may only look at questions that stand before it.
    """

    def __init__(
        self,
        gates: Mapping[str, Condition],
        answers: Mapping[str, Answer],
        settings: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._answers = answers
        self._settings = settings or {}
        self._shown: dict[str, Truth] = {}
        for question, gate in gates.items():
            self._shown[question] = gate.truth(self)

    def answer(self, question: str) -> Answer:
        return self._answers.get(question, NOT_ASKED)

    def shown(self, question: str) -> Truth:
        return self._shown[question]

    def setting(self, name: str) -> tuple[str, ...] | None:
        return self._settings.get(name)
