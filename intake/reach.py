"""Whether a condition can ever hold: a gate that cannot is a mistake in the file, not a rule."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from intake.answers import Answer, answered
from intake.condition import Always, Asked, Condition, Every, Not, Some, View
from intake.form import Kind, Question

_STEPS = 2_000
_GROUPS = 7


def can_hold(condition: Condition, questions: Mapping[str, Question], gates: Mapping[str, Condition]) -> bool:
    """False only if no answers at all make it hold; settings count as open, a search too long as a yes."""
    return isinstance(condition, Always) or _Search(condition, questions, gates).holds({}, 0)


class _Search:
    def __init__(
        self, condition: Condition, questions: Mapping[str, Question], gates: Mapping[str, Condition]
    ) -> None:
        self._condition = condition
        needed = _needed(condition, questions, gates)
        self._gates = {name: gates.get(name, Always()) for name in questions if name in needed}
        self._leaves = [leaf for part in (condition, *self._gates.values()) for leaf in _leaves(part)]
        self._order = [questions[name] for name in self._gates]
        self._left = _STEPS

    def holds(self, given: dict[str, Answer], depth: int) -> bool:
        truth = self._condition.truth(View(self._gates, given))
        if truth is not None:
            return truth
        self._left -= 1
        if depth == len(self._order) or self._left < 0:
            return True
        question = self._order[depth]
        return any(
            self.holds({**given, question.id: option}, depth + 1)
            for option in _options(question, self._leaves)
        )


def _options(question: Question, leaves: list[Asked]) -> Iterator[Answer]:
    """Every answer that could differ: choices that all conditions treat alike stand for each other."""
    groups: dict[tuple[bool, tuple[bool, ...]], str] = {}
    own = tuple(dict.fromkeys(leaf.picked for leaf in leaves if leaf.question == question.id))
    for choice in question.choices:
        groups.setdefault((choice.alone, tuple(choice.id in picked for picked in own)), choice.id)
    yield from (answered(choice) for choice in groups.values())
    if question.kind is Kind.many:
        together = [choice for (alone, _), choice in groups.items() if not alone][:_GROUPS]
        for size in range(2, len(together) + 1):
            yield from (answered(*picked) for picked in combinations(together, size))


def _needed(
    condition: Condition, questions: Mapping[str, Question], gates: Mapping[str, Condition]
) -> set[str]:
    found: set[str] = set()
    waiting = set(condition.questions())
    while waiting:
        name = waiting.pop()
        if name in questions and name not in found:
            found.add(name)
            waiting |= gates.get(name, Always()).questions()
    return found


def _leaves(condition: Condition) -> Iterator[Asked]:
    match condition:
        case Asked():
            yield condition
        case Every() | Some():
            for part in condition.of:
                yield from _leaves(part)
        case Not():
            yield from _leaves(condition.of)
