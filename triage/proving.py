"""Whether the examples beside the rules come out as they say, and what no example tries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from intake.form import Form
from intake.value import Value
from triage.examples import Example, Given
from triage.judge import judge
from triage.lanes import side_by_side
from triage.program import Node, Steps, calling, compiled
from triage.rules import Duty, RuleBook
from triage.trace import Trace
from triage.unmet import unmet


class Failure(Value):
    """An example that does not come out as it says; `told`: its words, `came`: what happens instead, and `why`."""

    rule: str
    policy: str
    told: str
    came: str
    why: str = ""
    line: int = 1

    def __str__(self) -> str:
        return f"{self.policy}: {self.rule}: “{self.told}”: {self.reason}."

    @property
    def reason(self) -> str:
        return f"{self.came}: {self.why}" if self.why else self.came


class Proof(Value):
    """What became of all examples. `never_fired`, `never_missed`: what none shows on that side."""

    examples: int
    rules: int
    duties: int
    calls: int
    seats: int
    gates: int
    failures: tuple[Failure, ...]
    never_fired: tuple[str, ...]
    never_missed: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not (self.failures or self.never_fired or self.never_missed)


def prove(form: Form, book: RuleBook, examples: Iterable[Example]) -> Proof:
    """Each example fires its rule and just misses it; each duty is owed from its day on, and not the day before."""
    examples = tuple(examples)
    program, calls = compiled(form, book), calling(form, book)
    tried = [
        _Tried(program, {**program.rules, **program.duties, **program.seats}, examples),
        _Tried(calls, {**calls.calls, **calls.tasks}, examples),
    ]
    failures = [_with_reason(form, book, *failure) for each in tried for failure in each.failures(examples)]
    failures += [failure for duty in book.duties() for failure in _of_dates(form, book, duty, examples)]
    return Proof(
        examples=len(examples),
        rules=len(program.rules),
        duties=len(program.duties),
        calls=len(calls.calls),
        seats=len(program.seats),
        gates=len(calls.tasks),
        failures=tuple(failures),
        never_fired=tuple(id_ for each in tried for id_ in each.never(Trace.holds)),
        never_missed=tuple(id_ for each in tried for id_ in each.never(Trace.excluded)),
    )


class _Tried:
    """All examples at once in one program: both sides of each, in lanes beside each other."""

    def __init__(self, program: Steps, nodes: Mapping[str, Node], examples: Iterable[Example]) -> None:
        self._nodes = nodes
        sides = [given for example in examples for given in (example.firing, example.missing)]
        cases = [(given.answers, given.settings) for given in sides]
        truths = program.run(side_by_side(program.leaves, cases), (1 << len(cases)) - 1)
        self._traces = [Trace(program, truths, lane) for lane in range(len(cases))]

    def failures(self, examples: Iterable[Example]) -> Iterator[tuple[Example, bool, str]]:
        """Which example, whether it should fire, and what comes of it."""
        for example, firing, missing in zip(examples, self._traces[::2], self._traces[1::2], strict=True):
            if example.rule in self._nodes:
                node = self._nodes[example.rule]
                yield from _of_side(example, True, firing.holds(node), firing.open(node))
                yield from _of_side(example, False, missing.excluded(node), missing.open(node))

    def never(self, comes_out: Callable[[Trace, Node], bool]) -> Iterator[str]:
        for id_, node in self._nodes.items():
            if not any(comes_out(trace, node) for trace in self._traces):
                yield id_


def _of_side(example: Example, fires: bool, good: bool, is_open: bool) -> Iterator[tuple[Example, bool, str]]:
    if not good:
        came = "it stays open" if is_open else "it misses" if fires else "it fires"
        yield example, fires, f"it should {'fire' if fires else 'miss'}, and {came}"


def _with_reason(form: Form, book: RuleBook, example: Example, fires: bool, came: str) -> Failure:
    """With what the example would need, in the words of the file."""
    when = next(item.when for each in book.policies for item in each.items() if item.id == example.rule)
    given = example.firing if fires else example.missing
    return Failure(
        rule=example.rule,
        policy=example.policy,
        told=example.fires if fires else example.misses,
        came=came,
        why=unmet(form, when, given, holds=fires),
        line=example.lines[0 if fires else 1],
    )


def _of_dates(form: Form, book: RuleBook, duty: Duty, examples: Iterable[Example]) -> Iterator[Failure]:
    for example in (each for each in examples if each.rule == duty.id):
        for day, wanted in ((duty.since - timedelta(days=1), False), (duty.since, True)):
            if _is_owed(form, book, duty, example.firing, day) is not wanted:
                came = f"it should {'' if wanted else 'not '}be owed on {day}"
                yield Failure(rule=duty.id, policy=example.policy, told=example.fires, came=came)


def _is_owed(form: Form, book: RuleBook, duty: Duty, given: Given, day: date) -> bool:
    verdict = judge(form, book, given.answers, given.settings, day)
    return duty.id in [each.duty for each in verdict.duties_today]
