"""The conditions of a form and a rule book as one flat list of steps, run over any number of answer sets at once.

Every condition is combined as Kleene did: what is not known is neither true nor false, and stays so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from intake.condition import Always, Asked, Condition, Every, Not, Some, Stated
from intake.form import Form
from triage.lanes import Lanes
from triage.rules import Level, Result, Rule, RuleBook

Node = int


class Truths(NamedTuple):
    """For each node: in which lanes it is surely true, in which it is possible."""

    sure: list[int]
    possible: list[int]


class Threshold(NamedTuple):
    """`node` holds where the result is at least at `level`."""

    level: Level
    node: Node


class Step(NamedTuple):
    kind: int
    name: str
    values: tuple[str, ...]
    parts: tuple[Node, ...]
    count: int


ALWAYS, STATED, ASKED, ALL, ANY, COUNT, NOT = range(7)


class Program:
    """Compiled once for a form and a rule book; equal conditions are worked out once."""

    def __init__(self, form: Form, book: RuleBook) -> None:
        self.form, self.book = form, book
        self.steps: list[Step] = []
        self._known: dict[Condition, Node] = {}
        self._below: dict[Node, Condition] = {}
        self.gates: dict[str, Node] = {}
        for question, gate in form.gates.items():
            self.gates[question] = self.node(gate)
        self.choices = {
            (question.id, choice.id): self.node(choice.when)
            for question in form.questions()
            for choice in question.choices
        }
        self.rules = {rule.id: self.node(rule.when) for rule in book.rules()}
        self.duties = {duty.id: self.node(duty.when) for duty in book.duties()}
        self.thresholds = {result.name: tuple(self._thresholds(result)) for result in book.results}
        self.strictest_first = tuple(self._strictest_first())

    def node(self, condition: Condition) -> Node:
        """The place of a condition among the steps; conditions below it come first."""
        if condition not in self._known:
            step = self._step(condition)
            self._known[condition] = len(self.steps)
            self._below[len(self.steps)] = condition
            self.steps.append(step)
        return self._known[condition]

    def condition(self, node: Node) -> Condition:
        return self._below[node]

    def _step(self, condition: Condition) -> Step:
        match condition:
            case Always():
                return Step(ALWAYS, "", (), (), 0)
            case Stated(setting=name, values=values):
                return Step(STATED, name, tuple(sorted(values)), (), 0)
            case Asked(question=name, picked=picked):
                return Step(ASKED, name, tuple(sorted(picked)), (self.gates[name],), 0)
            case Not(of=part):
                return Step(NOT, "", (), (self.node(part),), 0)
            case Every(of=parts):
                return Step(ALL, "", (), self._nodes(parts), 0)
            case Some(of=parts, count=1):
                return Step(ANY, "", (), self._nodes(parts), 0)
            case Some(of=parts, count=count):
                return Step(COUNT, "", (), self._nodes(parts), count)
        raise TypeError(f"no step for {type(condition).__name__}")

    def _nodes(self, parts: Sequence[Condition]) -> tuple[Node, ...]:
        return tuple(self.node(part) for part in parts)

    def _thresholds(self, result: Result) -> Iterator[Threshold]:
        """Strictest first; whatever lifts a result to a level lifts it to every milder one."""
        lifting: list[Condition] = []
        for level in reversed(result.levels[1:]):
            lifting += [rule.when for rule in self.book.rules() if (rule.result, rule.level) == (result.name, level)]
            lifting += [duty.when for duty in self.book.duties() if duty.id == result.name]
            yield Threshold(level, self.node(Some(of=tuple(lifting))))

    def _strictest_first(self) -> Iterator[Rule]:
        """The rules by result, and in each from the strictest level down."""
        by_level: dict[tuple[str, Level], list[Rule]] = {}
        for rule in self.book.rules():
            by_level.setdefault((rule.result, rule.level), []).append(rule)
        for result in self.book.results:
            for level in reversed(result.levels):
                yield from by_level.get((result.name, level), ())

    def run(self, lanes: Lanes) -> Truths:
        everywhere = lanes.everywhere
        sure: list[int] = []
        possible: list[int] = []
        for kind, name, values, parts, count in self.steps:
            if kind == ASKED:
                yes, maybe = asked(lanes, name, values)
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
            elif kind == NOT:
                yes = everywhere & ~possible[parts[0]]
                maybe = everywhere & ~sure[parts[0]]
            elif kind == STATED:
                yes, maybe = stated(lanes, name, values)
            elif kind == COUNT:
                yes = at_least(count, [sure[part] for part in parts])
                maybe = at_least(count, [possible[part] for part in parts])
            else:
                yes = maybe = everywhere
            sure.append(yes)
            possible.append(maybe)
        return Truths(sure, possible)


def asked(lanes: Lanes, question: str, choices: Sequence[str]) -> tuple[int, int]:
    """Where one of the choices was picked, and where it was or still may be."""
    yes = 0
    chosen = lanes.picked.get(question)
    if chosen is not None:
        for choice in choices:
            yes |= chosen.get(choice, 0)
    maybe = yes | lanes.open.get(question, lanes.everywhere)
    if free := lanes.free.get(question):
        return yes | free, maybe & ~free
    return yes, maybe


def stated(lanes: Lanes, setting: str, values: Sequence[str]) -> tuple[int, int]:
    yes = 0
    known = lanes.stated.get(setting)
    if known is not None:
        for value in values:
            yes |= known.get(value, 0)
    return yes, yes | lanes.unstated.get(setting, lanes.everywhere)


def at_least(count: int, parts: Sequence[int]) -> int:
    """The bits that are set in at least `count` of the parts."""
    reached = [0] * count
    for part in parts:
        for step in range(count - 1, 0, -1):
            reached[step] |= reached[step - 1] & part
        reached[0] |= part
    return reached[-1]


_compiled: dict[tuple[int, int], Program] = {}


def compiled(form: Form, book: RuleBook) -> Program:
    """The program of exactly these two values; each program holds them, so that their ids stay their own."""
    key = id(form), id(book)
    if key not in _compiled:
        while len(_compiled) >= 16:
            _compiled.pop(next(iter(_compiled)), None)
        _compiled[key] = Program(form, book)
    return _compiled[key]
