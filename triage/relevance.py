"""Which questions can still move which results, and which one to ask next.

A question is asked while some answer to it alone would move a bound, then while several together could; so an
interview neither asks what can move nothing, nor stops while something can still be moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property, lru_cache

from intake.answers import NOT_ASKED, Answer, Answers, State, answered
from intake.condition import Truth
from intake.form import Form, Question
from triage.current import current
from triage.lanes import Settings
from triage.program import Node, Program, compiled
from triage.rules import RuleBook
from triage.trace import Trace
from triage.trials import EITHER, NOW, trials

NOBODY: frozenset[str] = frozenset()
WAYS = 3
SAID = answered("-")
"""Stands for words that are kept and weigh nothing."""
_LONGEST_WALK = 60


class Outlook:
    """What some answers settle, and what the rest can still do. `asked` adds those that were passed over."""

    def __init__(
        self, program: Program, answers: Answers, settings: Settings, asked: Set[str] = NOBODY
    ) -> None:
        self.program, self._answers, self._asked = program, current(program.form, answers), asked
        self._trials = trials(program)
        leaves = self._trials.leaves(self._answers, settings, self._unasked)
        self.truths = program.run(leaves, self._trials.everywhere)
        self.now = Trace(program, self.truths, NOW)
        self._either = Trace(program, self.truths, EITHER)

    def shown(self, question: str) -> Truth:
        """False also for a question that the form no longer has."""
        if question not in self.program.gates:
            return False
        gate = self.program.gates[question]
        return None if self.now.open(gate) else self.now.holds(gate)

    def _is_open(self, question: str) -> bool:
        return self._answers.get(question, NOT_ASKED).state in (State.not_asked, State.unsure)

    def _unasked(self, question: str) -> bool:
        return question not in self._asked and self._answers.get(question, NOT_ASKED).state is State.not_asked

    def may_ask(self, question: str) -> bool:
        """One whose own condition is open may be asked once nothing unasked can settle that condition."""
        gate = self.program.gates[question]
        if self.now.open(gate):
            return not any(map(self._unasked, self.now.open_questions(gate)))
        return self.now.holds(gate)

    @cached_property
    def moved_by_one(self) -> Mapping[str, tuple[str, ...]]:
        """Each open question that may be asked, with the results that some answer to it alone would move."""
        found = {}
        for question, lanes in self._trials.lanes.items():
            if self._moving & lanes and self._is_open(question) and self.may_ask(question):
                lanes &= self._moving
                found[question] = tuple(name for name, where in self._moved.items() if where & lanes)
        return found

    @cached_property
    def _moved(self) -> Mapping[str, int]:
        """For each result the lanes in which its floor or ceiling differs from what it is now."""
        sure, possible = self.truths
        everywhere = self._trials.everywhere
        found = {}
        for result, thresholds in self.program.thresholds.items():
            moved = 0
            for _, node in thresholds:
                now, maybe = sure[node], possible[node]
                moved |= (now ^ everywhere) if now & 1 else now
                moved |= (maybe ^ everywhere) if maybe & 1 else maybe
            if moved:
                found[result] = moved
        return found

    @cached_property
    def _moving(self) -> int:
        """The lanes that move anything by an answer that is offered."""
        lanes = 0
        for where in self._moved.values():
            lanes |= where
        for node, with_choice in self._trials.offers:
            if self.now.excluded(node):
                lanes &= ~with_choice
        return lanes

    @cached_property
    def gaps(self) -> Mapping[str, tuple[str, ...]]:
        """As `moved_by_one`; a result that no single answer moves names all that could move it together."""
        found = {question: list(names) for question, names in self.moved_by_one.items()}
        moved = {name for names in found.values() for name in names}
        for result, thresholds in self.program.thresholds.items():
            if result not in moved:
                stuck = {
                    q for _, node in thresholds if self.now.open(node) for q in self.now.open_questions(node)
                }
                for question in filter(self.may_ask, stuck):
                    found.setdefault(question, []).append(result)
        return {question: tuple(found[question]) for question in self._trials.lanes if question in found}

    @cached_property
    def moved_together(self) -> frozenset[str]:
        """The questions not asked yet whose answers, all of them together, could move a bound."""
        nodes = [node for result in self.program.thresholds for node in self._movable(result)]
        return frozenset(q for node in nodes for q in self.now.open_questions(node) if self._unasked(q))

    def _movable(self, result: str) -> Iterator[Node]:
        """What can still become true and lift the floor; the ceiling, if all that holds it up can fail."""
        ceiling = True
        for _, node in self.program.thresholds[result]:
            if self.now.open(node):
                if ceiling and self._either.excluded(node):
                    yield node
                yield from (part for part in self.program.steps[node].parts if self._either.holds(part))
                ceiling = False

    def worth_asking(self) -> tuple[str, ...]:
        """In the order of asking: what one answer could move; where there is no such, what several could."""
        alone = (
            question
            for question, lanes in self._trials.lanes.items()
            if self._moving & lanes or question in self._trials.records
        )
        found = {question for question in alone if self._unasked(question) and self.may_ask(question)}
        found = found or {question for question in self.moved_together if self.may_ask(question)}
        return tuple(question for question in self.program.order if question in found)

    def next_question(self) -> Question | None:
        return next((self.program.form.by_id[question] for question in self.worth_asking()), None)

    def likely_answers(self, question: str) -> tuple[Answer, ...]:
        """Of its single answers the most harmless, the one that leaves the least open, and the most."""
        tried = self._trials.answers[question]
        if not tried:
            return (SAID,) * WAYS
        possible = self._counts(self.truths.possible, question)
        left = [
            here - sure for here, sure in zip(possible, self._counts(self.truths.sure, question), strict=True)
        ]
        each = range(len(tried))
        picked = (
            min(each, key=possible.__getitem__),
            min(each, key=left.__getitem__),
            max(each, key=left.__getitem__),
        )
        return tuple(answered(*tried[i]) for i in picked)

    def _counts(self, where: list[int], question: str) -> list[int]:
        """For each answer to it the thresholds that hold then, but for those that hold whatever it is."""
        first, counts = self._trials.first[question], [0] * len(self._trials.answers[question])
        every = (1 << len(counts)) - 1
        for steps in self.program.thresholds.values():
            for _, node in steps:
                held = where[node] >> first & every
                if held and held != every:
                    for i in range(len(counts)):
                        counts[i] += held >> i & 1
        return counts


def next_question(
    form: Form, book: RuleBook, answers: Answers, settings: Settings, asked: Set[str] = NOBODY
) -> Question | None:
    """The question to ask now; None when nothing that was not asked can move anything."""
    return Outlook(compiled(form, book), answers, settings, asked).next_question()


def questions_left(
    form: Form, book: RuleBook, answers: Answers, settings: Settings, asked: Set[str] = NOBODY
) -> tuple[int, int]:
    """An estimate: by walking on with harmless answers, and with those that leave the least or most open."""
    program = compiled(form, book)
    tried = trials(program)
    known = {
        q: SAID if a.state is State.answered and tried.only_said(q) else a
        for q, a in current(form, answers).items()
    }
    return _estimate(program, frozenset(known.items()), frozenset(settings.items()), frozenset(asked))


@lru_cache(maxsize=1024)
def _estimate(
    program: Program,
    answers: frozenset[tuple[str, Answer]],
    settings: frozenset[tuple[str, tuple[str, ...]]],
    asked: frozenset[str],
) -> tuple[int, int]:
    """A message is drawn again whenever Slack wants it so, and colleagues often begin alike."""
    walks = list(_walks(program, dict(answers), dict(settings), asked, range(WAYS)))
    return min(walks), max(walks)


def _walks(
    program: Program,
    answers: Answers,
    settings: Settings,
    asked: Set[str],
    ways: Iterable[int],
    count: int = 0,
) -> Iterator[int]:
    """How many questions each of these ways takes; while they answer alike they are walked as one."""
    outlook = Outlook(program, answers, settings, asked)
    question = outlook.next_question() if count < _LONGEST_WALK else None
    if question is None:
        yield count
        return
    alike: dict[Answer, list[int]] = {}
    likely = outlook.likely_answers(question.id)
    for way in ways:
        alike.setdefault(likely[way], []).append(way)
    for answer, those in alike.items():
        yield from _walks(program, {**answers, question.id: answer}, settings, asked, those, count + 1)
