"""The conditions of a form and a rule book as one flat list of steps, run over many answer sets at once.

Every condition is combined as Kleene did: what is not known is neither true nor false, and stays so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from intake.condition import Always, Asked, Condition, Every, Not, Some, Stated
from intake.form import Form
from triage.lanes import Leaf, Leaves, Truth, at_least
from triage.order import order_of
from triage.rules import Level, Result, Rule, RuleBook

Node = int
ALWAYS, STATED, ASKED, ALL, ANY, COUNT, NOT = range(7)


class Truths(NamedTuple):
    """For each node: in which lanes it is surely true, in which it is possible."""

    sure: list[int]
    possible: list[int]


class Threshold(NamedTuple):
    """`node` holds where the result is at least at `level`."""

    level: Level
    node: Node


class Step(NamedTuple):
    """`parts`: earlier nodes; for a question, whether it is asked. `at`: which leaf, or how many it takes."""

    kind: int
    name: str
    at: int
    parts: tuple[Node, ...]


class Steps:
    """The conditions of a form's questions, and those that a subclass adds; equal ones are worked out once."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.steps: list[Step] = []
        self.leaves = Leaves()
        self._known: dict[Condition, Node] = {}
        self.gates: dict[str, Node] = {}
        for question, gate in form.gates.items():
            self.gates[question] = self._node(gate)

    def _node(self, condition: Condition) -> Node:
        """The place of a condition among the steps; what it rests on stands before it."""
        if condition not in self._known:
            step = self._step(condition)
            self._known[condition] = len(self.steps)
            self.steps.append(step)
        return self._known[condition]

    def _step(self, condition: Condition) -> Step:
        match condition:
            case Always():
                return Step(ALWAYS, "", 0, ())
            case Stated(setting=name, values=values):
                return Step(STATED, name, self._leaf(name, values, True), ())
            case Asked(question=name, picked=picked):
                return Step(ASKED, name, self._leaf(name, picked, False), (self.gates[name],))
            case Not(of=part):
                return Step(NOT, "", 0, (self._node(part),))
            case Every(of=parts):
                return Step(ALL, "", 0, self._nodes(parts))
            case Some(of=parts, count=1):
                return Step(ANY, "", 0, self._nodes(parts))
            case Some(of=parts, count=count):
                return Step(COUNT, "", count, self._nodes(parts))
        raise TypeError(f"no step for {type(condition).__name__}")

    def _leaf(self, name: str, values: frozenset[str], is_setting: bool) -> int:
        return self.leaves.add(Leaf(name, values, is_setting))

    def _nodes(self, parts: Sequence[Condition]) -> tuple[Node, ...]:
        return tuple(self._node(part) for part in parts)

    def run(self, leaves: Sequence[Truth], everywhere: int = 1) -> Truths:
        """`everywhere` has the bit of every lane; the leaves come in the order of `self.leaves`."""
        sure: list[int] = []
        possible: list[int] = []
        for kind, _, at, parts in self.steps:
            if kind == ASKED:
                yes, maybe = leaves[at]
                gate = parts[0]
                yes &= sure[gate]
                maybe &= possible[gate]
            elif kind == ANY:
                yes = maybe = 0
                for part in parts:
                    yes |= sure[part]
                    maybe |= possible[part]
            elif kind == ALL:
                yes = maybe = everywhere
                for part in parts:
                    yes &= sure[part]
                    maybe &= possible[part]
                    if not maybe:
                        break  # no part that follows can change it
            elif kind == STATED:
                yes, maybe = leaves[at]
            elif kind == NOT:
                yes = everywhere & ~possible[parts[0]]
                maybe = everywhere & ~sure[parts[0]]
            elif kind == COUNT:
                yes = at_least(at, [sure[part] for part in parts])
                maybe = at_least(at, [possible[part] for part in parts])
            else:
                yes = maybe = everywhere
            sure.append(yes)
            possible.append(maybe)
        return Truths(sure, possible)


class Program(Steps):
    """Compiled once for a form and a rule book."""

    def __init__(self, form: Form, book: RuleBook) -> None:
        super().__init__(form)
        self.book = book
        self.order = order_of(form)
        self.offers = {
            (question.id, choice.id): self._node(choice.when)
            for question in form.questions()
            for choice in question.choices
            if not isinstance(choice.when, Always)
        }
        self.rules = {rule.id: self._node(rule.when) for rule in book.rules()}
        self.duties = {duty.id: self._node(duty.when) for duty in book.duties()}
        self.seats = {seat.id: self._node(seat.when) for seat in book.seats()}
        self.thresholds = {result.name: tuple(self._thresholds(result)) for result in book.results}
        self.strictest_first = tuple(self._strictest_first())

    def _thresholds(self, result: Result) -> Iterator[Threshold]:
        """Strictest first; whatever lifts a result to a level lifts it to every milder one."""
        lifting = [duty.when for duty in self.book.duties() if duty.id == result.name]
        for level in reversed(result.levels[1:]):
            lifting += [
                rule.when for rule in self.book.rules() if (rule.result, rule.level) == (result.name, level)
            ]
            yield Threshold(level, self._node(Some(of=tuple(lifting))))

    def _strictest_first(self) -> Iterator[tuple[Rule, Node]]:
        """The rules with their places, result by result, and in each from the strictest level down."""
        by_level: dict[tuple[str, Level], list[Rule]] = {}
        for rule in self.book.rules():
            by_level.setdefault((rule.result, rule.level), []).append(rule)
        for result in self.book.results:
            for level in reversed(result.levels):
                yield from ((rule, self.rules[rule.id]) for rule in by_level.get((result.name, level), ()))


class Calling(Steps):
    """What uses call for. It moves no result, so it stands apart and costs an interview nothing."""

    def __init__(self, form: Form, book: RuleBook) -> None:
        super().__init__(form)
        self.calls = {call.id: self._node(call.when) for call in book.calls()}
        self.tasks = {gate.id: self._node(gate.when) for gate in book.gates()}


class _Exactly:
    """Two values by identity: comparing a form by its content would take longer than judging."""

    def __init__(self, form: Form, book: RuleBook) -> None:
        self.form, self.book = form, book

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Exactly) and self.form is other.form and self.book is other.book

    def __hash__(self) -> int:
        return hash((id(self.form), id(self.book)))


@lru_cache(maxsize=16)
def _compile(what: _Exactly) -> Program:
    return Program(what.form, what.book)


@lru_cache(maxsize=16)
def _compile_calling(what: _Exactly) -> Calling:
    return Calling(what.form, what.book)


def compiled(form: Form, book: RuleBook) -> Program:
    return _compile(_Exactly(form, book))


def calling(form: Form, book: RuleBook) -> Calling:
    return _compile_calling(_Exactly(form, book))
