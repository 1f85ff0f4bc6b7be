"""How well a model reads: what would let a risky use through, what would stop a harmless one, on known answers.

The two are counted apart, since nobody should trade one for the other without knowing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.model.answers import NotUsable, read
from bot.model.door import Door, Unanswered
from bot.model.facts import facts_for
from bot.model.prompts import prompt
from intake.answers import Answer, answered
from intake.value import Value
from triage.case import Case
from triage.consulting import About, Suggest, Suggestion
from triage.desk import Desk
from triage.judge import judge
from triage.quoted import fitting
from triage.talk import Talk
from triage.verdict import Verdict

CASES = Path(__file__).parent / "data" / "cases.yaml"
NOBODY = "trial"


class Says(Value):
    choices: tuple[str, ...]
    because: str


class Known(Value):
    """A first message, and the answers that stand in it."""

    id: str
    words: str
    says: Mapping[str, Says] = {}

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return tuple(Suggestion(question=q, **each.model_dump()) for q, each in self.says.items())


class Cases(Value):
    usual: Mapping[str, tuple[str, ...]]
    cases: tuple[Known, ...]


class Weighed(NamedTuple):
    """What became of one case. `lost`: why there was no answer, "" where there was one."""

    id: str
    right: int = 0
    through: tuple[str, ...] = ()
    stopped: tuple[str, ...] = ()
    other: int = 0
    missed: int = 0
    tokens: int = 0
    lost: str = ""


def load(path: Path = CASES) -> Cases:
    return Cases.model_validate(yaml.safe_load(path.read_text("utf-8")))


def tried(cases: Cases, door: Door, desk: Desk) -> Iterator[Weighed]:
    """Each case on the way that a real message goes, but for the store."""
    for known in cases.cases:
        case = a_case(known, desk)
        made = prompt(About.reading, known.words, facts_for(About.reading, case, desk))
        try:
            said = door.ask(made.messages)
            wish = read(About.reading, said.text)
        except (Unanswered, NotUsable) as nothing:
            yield Weighed(known.id, missed=len(known.says), lost=str(nothing))
            continue
        found = fitting(wish, made.text, case, desk.form) if isinstance(wish, Suggest) else ()
        yield weighed(known, found, cases.usual, desk)._replace(tokens=said.tokens)


def a_case(known: Known, desk: Desk) -> Case:
    talk = Talk(person=NOBODY, place=None, root=None)
    return Case(id=known.id, words=known.words, requester=NOBODY, talk=talk, created_at=desk.now)


def weighed(
    known: Known, found: Iterable[Suggestion], usual: Mapping[str, tuple[str, ...]], desk: Desk
) -> Weighed:
    """Each suggestion by itself, as if it were pressed and everything else were answered rightly."""
    truth = {q: answered(*choices) for q, choices in usual.items()}
    truth |= {q: answered(*each.choices) for q, each in known.says.items()}
    level = _levels(truth, desk)
    right, other, through, stopped = 0, 0, [], []
    for each in found:
        said = known.says.get(each.question)
        if said is not None and set(said.choices) == set(each.choices):
            right += 1
            continue
        now = _levels({**truth, each.question: each.answer}, desk)
        lower, higher = (any(map(test, now, level)) for test in (_less, _more))
        through += [each.question] if lower else []
        stopped += [each.question] if higher else []
        other += not (lower or higher)
    missed = len(known.says.keys() - {each.question for each in found})
    return Weighed(known.id, right, tuple(through), tuple(stopped), other, missed)


def _less(one: int, other: int) -> bool:
    return one < other


def _more(one: int, other: int) -> bool:
    return one > other


def _levels(answers: Mapping[str, Answer], desk: Desk) -> list[int]:
    """How high each scale stands at least."""
    verdict: Verdict = judge(desk.form, desk.book, answers, _stated(desk), desk.day)
    scales = {result.name: list(map(str, result.levels)) for result in desk.book.results}
    return [scales[name].index(str(bounds.floor)) for name, bounds in sorted(verdict.results.items())]


def _stated(desk: Desk) -> Any:
    return desk.settings(Case(id=NOBODY, requester=NOBODY, created_at=desk.now))
