"""Whether a request is within what was approved beforehand. In doubt it is not: then people decide, as ever."""

from __future__ import annotations

from collections.abc import Iterator

from intake.answers import NOT_ASKED, Answers, State
from intake.condition import View
from intake.form import Form, Kind, Question
from triage.case import Case
from triage.current import current
from triage.desk import Desk
from triage.pattern import Known, Limit, Pattern, state, yes_of
from triage.rehearsing import directions
from triage.rules import RuleBook
from triage.verdict import Bounds, Verdict

HIGHEST = 1
"""The tier up to which anything is approved beforehand."""
OF_EVERY_USE = frozenset({"literacy"})
"""Flags that hold whatever is asked for."""


def chosen(form: Form) -> Iterator[Question]:
    """What people choose from and what rules read; what is said for the register alone is no limit."""
    for question in form.questions():
        aside = question.record or question.defaulted or question.claim or question.after
        if not aside and question.kind in (Kind.one, Kind.many):
            yield question


def limits_of(form: Form, answers: Answers) -> tuple[Limit, ...]:
    """Those answers and no others."""
    known = current(form, answers)
    given = ((q.id, known.get(q.id, NOT_ASKED)) for q in chosen(form))
    return tuple(
        Limit(question=id, answers=tuple(sorted(answer.picked)))
        for id, answer in given
        if answer.state is State.answered
    )


def is_plain(verdict: Verdict | None) -> bool:
    """Low, settled, and nothing about it that asks for a second look."""
    if verdict is None or not verdict.settled or verdict.gaps or verdict.flags_open:
        return False
    return int(verdict.results["tier"].ceiling) <= HIGHEST and OF_EVERY_USE.issuperset(verdict.flags)


def outside(pattern: Pattern, case: Case, desk: Desk) -> str:
    """Why a judged case is not within it: the first thing that is another, by a short name; "" where it is."""
    return next(_outside(pattern, case, desk), "")


def _outside(pattern: Pattern, case: Case, desk: Desk) -> Iterator[str]:
    verdict = case.verdict
    if case.tool_id != pattern.tool:
        yield "tool"
    if not desk.assessed(case.tool_id):
        yield "unassessed"
    if case.handed_over or case.confidential:
        yield "by_people"
    if verdict is None or not is_plain(verdict):
        yield "not_plain"
        return
    if any(not _within(desk.book, name, bounds, pattern) for name, bounds in verdict.results.items()):
        yield "results"
    if not set(verdict.flags) <= set(pattern.flags):
        yield "flags"
    if not {reason.rule for reason in verdict.reasons} <= set(pattern.rules):
        yield "rules"
    yield from _other_answers(pattern, case, desk)


def _within(book: RuleBook, name: str, now: Bounds, pattern: Pattern) -> bool:
    """At most what was found then; a scale that there was not is none that anybody said yes to."""
    if name not in pattern.results:
        return False
    level = pattern.results[name]
    then = Bounds(floor=level, ceiling=level)
    levels = next(result.levels for result in book.results if result.name == name)
    return level in levels and not directions(book, name, then, now)[0]


def _other_answers(pattern: Pattern, case: Case, desk: Desk) -> Iterator[str]:
    limits = {limit.question: frozenset(limit.answers) for limit in pattern.limits}
    known = current(desk.form, case.answers)
    sight = View(desk.form.gates, case.answers, desk.settings(case))
    for question in chosen(desk.form):
        answer = known.get(question.id, NOT_ASKED)
        limit = limits.get(question.id)
        if answer.state is State.answered and limit is not None and limit.issuperset(answer.picked):
            continue
        asked = answer.state in (State.answered, State.unsure)
        if asked or (limit is not None and sight.shown(question.id) is not False):
            yield f"answers.{question.id}"


def matching(case: Case, desk: Desk) -> Known | None:
    """Of the patterns in force that it is within, the newest."""
    within = [
        known
        for known in desk.patterns
        if state(known, desk.day) == "in_force"
        and not is_of_own(known, case, desk)
        and not outside(known.pattern, case, desk)
    ]
    return max(within, key=lambda known: (known.pattern.at, known.pattern.id), default=None)


def is_of_own(known: Known, case: Case, desk: Desk) -> bool:
    """Whether whoever asks or answers for it is of the two: they said yes to uses of others."""
    theirs = [person for person in (case.requester, case.owner) if person]
    return any(desk.same(yes.person, person) for yes in yes_of(known) for person in theirs)
