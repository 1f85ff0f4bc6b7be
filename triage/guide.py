"""How the answers to a questionnaire of ours are weighed: by rules as data, three-valued, the strictest that may hold.

What is open or unsure never lowers anything: an outcome that may still hold counts, and an open size is the worst one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intake.answers import NOT_ASKED, UNSURE, Answer, Answers, State, answered
from intake.condition import Condition, View
from intake.form import Form
from intake.value import Value
from triage.case import Case
from triage.verdict import PolicyUsed, Verdict

WORST = 5
TOUCHED = (State.answered, State.not_applicable, State.unsure)
"""Somebody looked at it, and said so where they did not know."""


class Point(Value):
    """An outcome, or something that stays to be done, where its condition holds or still may."""

    id: str
    when: Condition


class Gauge(Value):
    """Two questions that say how likely and how bad one thing is, each by one of five numbers."""

    likelihood: str
    impact: str


class Known(Value):
    """What the intake may know already: the same choices, or `choice` where one of `picks` was picked there."""

    question: str
    choice: str = ""
    picks: tuple[str, ...] = ()


class Due(Value):
    """Where a result may be of one of these levels, a yes needs it, looked at by somebody else."""

    result: str
    levels: tuple[str, ...]


class Says(Value):
    """Whose word it needs that all of it stands, where that holds or still may: the first role in which anybody can."""

    roles: tuple[str, ...]
    when: Condition


class Reminder(Value):
    """Something to mind on a page, where that holds for sure; no legal advice, so it names its `source`."""

    id: str
    page: str
    when: Condition
    source: str


class Guide(Value):
    """`outcomes`: the strictest first, the last one where no other may hold. `matrix`: a level for each pair.

    `due`: where a yes needs it; `task`: what is done by it, once all of it is answered and nothing is left to do.
    """

    name: str
    version: str
    digest: str
    title: str
    source: str
    due: Due | None = None
    task: str = ""
    known: Mapping[str, Known] = {}
    gauges: tuple[Gauge, ...] = ()
    remains: Gauge | None = None
    matrix: tuple[tuple[str, ...], ...] = ()
    levels: tuple[str, ...] = ()
    outcomes: tuple[Point, ...]
    says: Says | None = None
    left: tuple[Point, ...] = ()
    minds: tuple[Reminder, ...] = ()

    @property
    def used(self) -> PolicyUsed:
        return PolicyUsed(name=self.name, version=self.version, digest=self.digest)


class Weighed(Value):
    """What the answers come to; `settled` where nothing that is open can change the outcome.

    `level` and `remains`, once all is looked at: at most so bad. `left`: what is to be done, or may be.
    """

    outcome: str
    settled: bool
    level: str = ""
    remains: str = ""
    left: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    complete: bool
    answered: int
    asked: int


def weighed(
    form: Form,
    guide: Guide,
    answers: Answers,
    asked: tuple[str, ...],
    wanted: frozenset[str],
    touched: frozenset[str],
) -> Weighed:
    """`asked`: the questions that apply; `wanted`: those of them without which it is not whole; `touched`: those of
    them whose answer counts."""
    view = View(form.gates, answers)
    outcome = next(point for point in guide.outcomes if point.when.truth(view) is not False)
    complete = wanted <= touched
    sizes = [_level(guide, gauge, answers) for gauge in guide.gauges if view.shown(gauge.impact) is not False]
    remains = guide.remains
    return Weighed(
        outcome=outcome.id,
        settled=outcome.when.truth(view) is True,
        level=max(sizes, key=guide.levels.index, default="") if complete else "",
        remains=_level(guide, remains, answers)
        if complete and remains and view.shown(remains.impact) is not False
        else "",
        left=tuple(point.id for point in guide.left if complete and point.when.truth(view) is not False),
        unsure=tuple(id for id in asked if answers.get(id, NOT_ASKED).state is State.unsure),
        complete=complete,
        answered=len(touched),
        asked=len(asked),
    )


def minded(form: Form, guide: Guide, answers: Answers, page: str) -> Iterator[Reminder]:
    view = View(form.gates, answers)
    return (each for each in guide.minds if each.page == page and each.when.truth(view) is True)


def _level(guide: Guide, gauge: Gauge, answers: Answers) -> str:
    likelihood, impact = (_number(answers.get(id, NOT_ASKED)) for id in (gauge.likelihood, gauge.impact))
    return guide.matrix[likelihood - 1][impact - 1]


def _number(answer: Answer) -> int:
    return int(answer.text) if answer.state is State.answered else WORST


def given(form: Form, verdict: Verdict | None) -> dict[str, Answer]:
    """What the rules say of the use, for the questions that nobody is asked; what is open counts by its strictest."""
    return {
        question.id: _said(question.id, verdict)
        for question in form.questions()
        if question.given and not question.worked_out
    }


def _said(name: str, verdict: Verdict | None) -> Answer:
    if verdict is None:
        return UNSURE
    if name in verdict.results:
        return answered(str(verdict.results[name].ceiling))
    if name in verdict.flags:
        return answered("yes")
    return UNSURE if name in verdict.flags_open else answered("no")


def known(form: Form, guide: Guide, case: Case) -> dict[str, Answer]:
    """What stands in the fields beforehand, as the intake knows it; it counts once somebody hands it in."""
    return dict(_known(form, guide, case))


def _known(form: Form, guide: Guide, case: Case) -> Iterator[tuple[str, Answer]]:
    for id, source in guide.known.items():
        fact, question = case.facts.get(source.question), form.by_id[id]
        if fact is None or fact.answer.state is not State.answered or not fact.answer.picked:
            continue
        picked = fact.answer.picked
        if source.choice:
            if not set(picked).isdisjoint(source.picks):
                yield id, answered(source.choice)
        elif not question.choices:
            yield id, answered(picked[0][: question.longest])
        elif set(picked) <= question.choice_ids:
            yield id, answered(*picked)


def is_due(guide: Guide, verdict: Verdict | None) -> bool:
    """Whether a yes needs it; what may still be counts."""
    if guide.due is None:
        return False
    said = _said(guide.due.result, verdict)
    return said.state is not State.answered or said.text in guide.due.levels


def who_says(form: Form, guide: Guide, answers: Answers) -> tuple[str, ...]:
    """The roles without whose word it does not stand; none where anybody who may look at it can say so."""
    says = guide.says
    return says.roles if says is not None and says.when.truth(View(form.gates, answers)) is not False else ()


def is_whole(finding: object) -> bool:
    """Whether what it is there to do is done: all of it is answered, nobody is unsure, and nothing is left."""
    return isinstance(finding, Weighed) and finding.complete and not finding.left and not finding.unsure
