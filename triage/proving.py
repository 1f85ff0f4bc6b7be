"""Whether the examples beside the rules come out as they say, and what no example tries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from intake.form import Form
from intake.value import Value
from triage.examples import Example, Given
from triage.judge import judge
from triage.lanes import side_by_side
from triage.program import compiled
from triage.rules import Duty, RuleBook
from triage.trace import Trace


class Failure(Value):
    """An example that does not come out as it says; `told`: its words, `came`: what happens instead."""

    rule: str
    policy: str
    told: str
    came: str

    def __str__(self) -> str:
        return f"{self.policy}: {self.rule}: “{self.told}”: {self.came}."


class Proof(Value):
    """What became of all examples. `never_fired`, `never_missed`: rules and duties of which none shows that side."""

    examples: int
    rules: int
    duties: int
    failures: tuple[Failure, ...]
    never_fired: tuple[str, ...]
    never_missed: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not (self.failures or self.never_fired or self.never_missed)


def prove(form: Form, book: RuleBook, examples: Iterable[Example]) -> Proof:
    """Each example fires its rule and just misses it; each duty is owed from its day on, and not the day before."""
    examples = tuple(examples)
    program = compiled(form, book)
    nodes = {**program.rules, **program.duties}
    sides = [given for example in examples for given in (example.firing, example.missing)]
    cases = [(given.answers, given.settings) for given in sides]
    truths = program.run(side_by_side(program.leaves, cases), (1 << len(cases)) - 1)
    traces = [Trace(program, truths, lane) for lane in range(len(cases))]
    failures: list[Failure] = []
    for example, firing, missing in zip(examples, traces[::2], traces[1::2], strict=True):
        node = nodes[example.rule]
        failures += _of_side(example, example.fires, "fire", firing.holds(node), firing.open(node))
        failures += _of_side(example, example.misses, "miss", missing.excluded(node), missing.open(node))
    failures += [failure for duty in book.duties() for failure in _of_dates(form, book, duty, examples)]
    return Proof(
        examples=len(examples),
        rules=len(program.rules),
        duties=len(program.duties),
        failures=tuple(failures),
        never_fired=tuple(id_ for id_, node in nodes.items() if not any(t.holds(node) for t in traces)),
        never_missed=tuple(id_ for id_, node in nodes.items() if not any(t.excluded(node) for t in traces)),
    )


def _of_side(example: Example, told: str, wanted: str, good: bool, is_open: bool) -> Iterator[Failure]:
    if not good:
        came = "it stays open" if is_open else "it misses" if wanted == "fire" else "it fires"
        yield Failure(
            rule=example.rule, policy=example.policy, told=told, came=f"it should {wanted}, and {came}"
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
