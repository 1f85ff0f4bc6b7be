"""Which questions can still move which results, and which one to ask next.

Every single answer to every question is tried at once, each in a lane of its own beside the answers as they are.
One more lane takes whatever has not been asked as able to go either way: what stays open there stays open however
the rest is answered. So an interview neither asks what can move nothing nor stops while something can be moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cached_property, lru_cache

from intake.answers import NOT_ASKED, Answer, Answers, State, answered
from intake.condition import Truth
from intake.form import Form, Kind, Question
from triage.lanes import Lanes, Settings
from triage.program import Node, Program, compiled
from triage.rules import RuleBook
from triage.trace import Trace

_BASE, _EITHER, _FIRST = 0, 1, 2
NONE: frozenset[str] = frozenset()
_LONGEST_WALK = 60


class Trials:
    """The single answers that are tried, laid out in lanes once for a form."""

    def __init__(self, form: Form) -> None:
        self.answers: dict[str, tuple[tuple[str, ...], ...]] = {}
        self.lanes: dict[str, int] = {}
        self.picked: dict[str, dict[str, int]] = {}
        self.first: dict[str, int] = {}
        lane = _FIRST
        for question in form.questions():
            tried = tuple(single_answers(question))
            picked: dict[str, int] = {}
            for offset, choices in enumerate(tried):
                for choice in choices:
                    picked[choice] = picked.get(choice, 0) | 1 << (lane + offset)
            self.answers[question.id], self.picked[question.id] = tried, picked
            self.lanes[question.id] = ((1 << len(tried)) - 1) << lane
            self.first[question.id] = lane
            lane += len(tried)
        self.width = lane


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


class Outlook:
    """What some answers settle, and what the rest can still do. `asked` adds those that were passed over."""

    def __init__(self, program: Program, answers: Answers, settings: Settings, asked: Set[str] = NONE) -> None:
        self.program, self._answers, self._asked = program, answers, asked
        self._trials = trials(program)
        self.truths = program.run(self._lanes(settings))
        self.now = Trace(program, self.truths, _BASE)
        self._either = Trace(program, self.truths, _EITHER)

    def _lanes(self, settings: Settings) -> Lanes:
        everywhere = (1 << self._trials.width) - 1
        picked: dict[str, Mapping[str, int]] = {}
        still_open: dict[str, int] = {}
        free: dict[str, int] = {}
        for question, tried in self._trials.picked.items():
            answer = self._answers.get(question, NOT_ASKED)
            if not _is_open(answer):
                picked[question] = dict.fromkeys(answer.picked, everywhere)
                still_open[question] = 0
                continue
            certain = dict.fromkeys(answer.picked, everywhere)
            picked[question] = {**tried, **certain} if certain else tried
            still_open[question] = everywhere ^ self._trials.lanes[question]
            if self._unasked(question):
                free[question] = 1 << _EITHER
        return Lanes(
            width=self._trials.width,
            picked=picked,
            open=still_open,
            stated={name: dict.fromkeys(values, everywhere) for name, values in settings.items()},
            unstated=dict.fromkeys(settings, 0),
            free=free,
        )

    def shown(self, question: str) -> Truth:
        gate = self.program.gates[question]
        return None if self.now.open(gate) else self.now.holds(gate)

    def _unasked(self, question: str) -> bool:
        return question not in self._asked and self._answers.get(question, NOT_ASKED).state is State.not_asked

    def may_ask(self, question: str) -> bool:
        """A question whose own condition is open may be asked once nothing that was not asked can settle that."""
        gate = self.program.gates[question]
        if self.now.open(gate):
            return not any(map(self._unasked, self.now.open_questions(gate)))
        return self.now.holds(gate)

    @cached_property
    def moved_by_one(self) -> Mapping[str, tuple[str, ...]]:
        """Each open question that may be asked, with the results that some answer to it alone would move."""
        moved = {result.name: self._moved_lanes(result.name) for result in self.program.book.results}
        found = {}
        for question, lanes in self._trials.lanes.items():
            lanes &= ~self._unavailable
            if _is_open(self._answers.get(question, NOT_ASKED)):
                names = tuple(name for name, where in moved.items() if where & lanes)
                if names and self.may_ask(question):
                    found[question] = names
        return found

    def _moved_lanes(self, result: str) -> int:
        """The lanes in which its floor or ceiling differs from what it is now."""
        sure, possible = self.truths
        everywhere = (1 << self._trials.width) - 1
        moved = 0
        for _, node in self.program.thresholds[result]:
            moved |= sure[node] ^ (everywhere if sure[node] & 1 else 0)
            moved |= possible[node] ^ (everywhere if possible[node] & 1 else 0)
        return moved

    @cached_property
    def _unavailable(self) -> int:
        """The lanes that try a choice which is not offered."""
        lanes = 0
        for (question, choice), node in self.program.choices.items():
            if self.now.excluded(node):
                lanes |= self._trials.picked[question][choice]
        return lanes

    @cached_property
    def gaps(self) -> Mapping[str, tuple[str, ...]]:
        """As `moved_by_one`; a result that no single answer moves names all that could move it together."""
        found: dict[str, list[str]] = {name: list(results) for name, results in self.moved_by_one.items()}
        reached = {name for results in found.values() for name in results}
        for result in self.program.book.results:
            if result.name in reached:
                continue
            for _, node in self.program.thresholds[result.name]:
                for question in self.now.open_questions(node):
                    if self.may_ask(question):
                        names = found.setdefault(question, [])
                        names += [result.name] if result.name not in names else []
        return {question: tuple(found[question]) for question in self._trials.lanes if question in found}

    @cached_property
    def moved_together(self) -> frozenset[str]:
        """The questions not asked yet whose answers, all of them together, could move a bound."""
        found: frozenset[str] = NONE
        for result in self.program.book.results:
            for node in self._movable(result.name):
                found |= self.now.open_questions(node)
        return frozenset(filter(self._unasked, found))

    def _movable(self, result: str) -> Iterator[Node]:
        ceiling = True
        for _, node in self.program.thresholds[result]:
            if self.now.open(node):
                if ceiling and self._either.excluded(node):
                    yield node
                yield from (part for part in self.program.steps[node].parts if self._either.holds(part))
                ceiling = False

    def next_question(self) -> Question | None:
        """In the order of the form: what one answer could move, and only then what several could."""
        return self._first(self.moved_by_one.keys() | self._records) or self._first(self.moved_together)

    @cached_property
    def _records(self) -> frozenset[str]:
        return frozenset(q.id for q in self.program.form.questions() if q.record)

    def _first(self, wanted: Set[str]) -> Question | None:
        for question in self.program.form.questions():
            if question.id in wanted and self._unasked(question.id) and self.may_ask(question.id):
                return question
        return None

    def likely_answers(self, question: str) -> tuple[Answer, Answer]:
        """Of its single answers the most harmless, and the one that leaves most open."""
        tried = self._trials.answers[question]
        if not tried:
            return answered("-"), answered("-")
        nodes = [node for steps in self.program.thresholds.values() for _, node in steps]
        sure, possible = self.truths
        counts = []
        for offset, picked in enumerate(tried):
            lane = self._trials.first[question] + offset
            reached = sum(sure[node] >> lane & 1 for node in nodes)
            reachable = sum(possible[node] >> lane & 1 for node in nodes)
            if not self._unavailable >> lane & 1:
                counts.append((reachable, reached, offset, picked))
        if not counts:
            return answered(*tried[0]), answered(*tried[0])
        harmless = min(counts)
        widest = max(counts, key=lambda count: (count[0] - count[1], -count[2]))
        return answered(*harmless[-1]), answered(*widest[-1])


def _is_open(answer: Answer) -> bool:
    return answer.state in (State.not_asked, State.unsure)


@lru_cache(maxsize=8)
def trials(program: Program) -> Trials:
    return Trials(program.form)


def next_question(
    form: Form, book: RuleBook, answers: Answers, settings: Settings, asked: Set[str] = NONE
) -> Question | None:
    """The question to ask now; None when nothing that was not asked can move anything."""
    return Outlook(compiled(form, book), answers, settings, asked).next_question()


def questions_left(
    form: Form, book: RuleBook, answers: Answers, settings: Settings, asked: Set[str] = NONE
) -> tuple[int, int]:
    """How many questions are left if all goes harmlessly, and if every answer leaves the most open: an estimate."""
    program = compiled(form, book)
    few, many = (_walk(program, answers, settings, asked, end) for end in (0, 1))
    return min(few, many), max(few, many)


def _walk(program: Program, answers: Answers, settings: Settings, asked: Set[str], end: int) -> int:
    given = dict(answers)
    for count in range(_LONGEST_WALK):
        outlook = Outlook(program, given, settings, asked)
        question = outlook.next_question()
        if question is None:
            return count
        given[question.id] = outlook.likely_answers(question.id)[end]
    return _LONGEST_WALK
