"""An answer that later words change: whoever wrote them is asked first, with one press, and then goes on."""

from __future__ import annotations

from collections.abc import Iterable

from intake.answers import Answer, State, answered
from intake.condition import View
from intake.form import Kind, Question
from intake.naming import Named, named
from intake.vocabulary import normal
from triage.case import Case
from triage.current import current
from triage.desk import Desk
from triage.interview import advance, put, settle, talk_of, with_talk
from triage.outcome import Happened, Notice, Outcome
from triage.talk import Asked, Proposal
from triage.talking import Type


def altered(
    case: Case, command: Type, desk: Desk, *, besides: Iterable[str] = (), in_rows: bool = False
) -> Outcome | None:
    """Asks whether the option that the words name is meant; `besides`: not of these, `in_rows`: by a row's name."""
    asked = _answered(case, desk, set(besides))
    rows = rows_of((question.id for question in asked), desk)
    told = named(command.words, rows, asked, desk.wording, in_rows=in_rows)
    if told is None:
        return None
    given = answered(*_with_those_before(told, case, desk))
    return None if given == case.answers[told.question] else changing(case, told.question, given, command)


def _answered(case: Case, desk: Desk, besides: set[str]) -> list[Question]:
    answers = current(desk.form, case.answers)
    view = View(desk.form.gates, answers, desk.settings(case))
    said = (State.answered, State.unsure)
    return [
        question
        for question in desk.form.questions()
        if question.id in answers and question.id not in besides and answers[question.id].state in said
        if view.shown(question.id) is not False
    ]


def _with_those_before(told: Named, case: Case, desk: Desk) -> tuple[str, ...]:
    """What was ticked before stays beside what is named, unless the words say that it is all."""
    question = desk.form.by_id[told.question]
    alone = {choice.id for choice in question.choices if choice.alone}
    if told.whole or question.kind is Kind.one or alone & set(told.choices):
        return told.choices
    before = case.answers[told.question].picked
    return tuple(dict.fromkeys((*(each for each in before if each not in alone), *told.choices)))


def changing(case: Case, question: str, given: Answer, command: Type) -> Outcome:
    """Nothing is changed by it: they are asked whether it is to be."""
    asked = talk_of(case).current
    then = (asked.then or asked.question) if asked is not None else ""
    case, settled = settle(proposing(case, question, given, command.words), "")
    case, notice = put(case, question, change=True, then=then)
    line = Happened(what="words.corrected", detail={"question": question}, texts={"words": command.words})
    return Outcome(case=case, happened=(line,), notices=(*settled, notice))


def kept(case: Case, heard: str, desk: Desk) -> Outcome:
    """The answer stays as it was; whatever stood open before is asked on."""
    asked = talk_of(case).current
    if asked is None or not asked.change:
        return Outcome(case=case)
    case, settled = settle(without_proposal(case, asked.question), heard)
    outcome = onward(case, asked, desk, *settled)
    line = Happened(what="answer.kept", detail={"question": asked.question})
    return outcome.model_copy(update={"happened": (line,)})


def onward(case: Case, asked: Asked | None, desk: Desk, *before: Notice) -> Outcome:
    """What stood open before `asked` asked for a change, where it was being answered anew; else what comes next."""
    then = asked.then if asked is not None else ""
    if then not in case.answers or then not in desk.form.by_id:
        return advance(case, desk, *before)
    view = View(desk.form.gates, current(desk.form, case.answers), desk.settings(case))
    if view.shown(then) is False:
        return advance(case, desk, *before)
    case, notice = put(case, then)
    return Outcome(case=case, notices=(*before, notice))


def rows_of(questions: Iterable[str], desk: Desk) -> dict[str, str]:
    """By what a row is called: the words beside it, or the question's own name."""
    known = [q for q in questions if q in desk.form.by_id]
    return {normal(name): q for q in known for name in (desk.wording.short(q), q)}


def proposing(case: Case, question: str, given: Answer, because: str) -> Case:
    case = without_proposal(case, question)
    read = Proposal(question=question, answer=given, because=because)
    return with_talk(case, proposals=(*talk_of(case).proposals, read))


def without_proposal(case: Case, question: str) -> Case:
    return with_talk(case, proposals=tuple(p for p in talk_of(case).proposals if p.question != question))
