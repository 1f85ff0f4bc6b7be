"""Answers to a questionnaire about a use: who may give them, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intake.answers import NOT_ASKED, Answer
from triage.aims.access import check_no_visitor
from triage.case import Case, Fact, Source, Status
from triage.desk import Desk
from triage.guide import given
from triage.lifecycle import FINAL
from triage.outcome import Refused
from triage.questionnaire import Questionnaire, Sheet, found_of, worked_out
from triage.review import has_recused
from triage.wish import OnCase

ROLES = ("risk_owner", "governance_lead", "reviewer", "privacy", "security", "legal", "committee")
"""Who may contribute beside those whose use it is."""


class Contribute(OnCase):
    """One page handed in: every field that was drawn, as not asked where it came back empty.

    `left`: fields that nobody touched; somebody else may have answered them meanwhile.
    """

    form: str
    page: str
    answers: Mapping[str, Answer]
    left: tuple[str, ...] = ()


def check_may_contribute(case: Case, actor: str, desk: Desk) -> None:
    """Owner, requester and the roles that look at a use; what is over is assessed no more."""
    check_no_visitor(actor, desk)
    theirs = actor in (case.requester, case.owner)
    looks = any(desk.holds(actor, role) for role in ROLES) and not has_recused(case, actor, desk)
    if not (theirs or looks):
        raise Refused("not_yours_to_assess", case=case.id)
    if case.status is Status.draft or case.status in FINAL:
        raise Refused("not_to_assess_now", case=case.id)


def may_contribute(case: Case, actor: str, desk: Desk) -> bool:
    try:
        check_may_contribute(case, actor, desk)
    except Refused:
        return False
    return True


def contribute(
    sheet: Sheet, command: Contribute, questionnaire: Questionnaire, desk: Desk, case: Case | None = None
) -> Sheet:
    """What differs from what is known becomes a fact of whoever said it, and the result follows.

    What the rules say of `case` is noted with it, so that the result can be worked out again from the facts alone.
    """
    known = sheet.answers
    told = {
        question: answer
        for question, answer in command.answers.items()
        if question in questionnaire.form.by_id
        and not questionnaire.form.by_id[question].given
        and question not in command.left
        and answer != known.get(question, NOT_ASKED)
    }
    if not told:
        return sheet
    facts = {
        question: Fact(question=question, answer=answer, by=command.actor, at=desk.now, source=Source.person)
        for question, answer in told.items()
    }
    if case is not None:
        facts |= {fact.question: fact for fact in by_rules(sheet, questionnaire, case, desk)}
    facts |= {fact.question: fact for fact in by_figures(sheet, facts, questionnaire, desk)}
    written = sheet.model_copy(update={"facts": {**sheet.facts, **facts}, "version": sheet.version + 1})
    return written.model_copy(update={"finding": found_of(questionnaire, written.answers)})


def by_rules(sheet: Sheet, questionnaire: Questionnaire, case: Case, desk: Desk) -> Iterator[Fact]:
    """What the rules say now and the sheet does not know yet."""
    for question, answer in given(questionnaire.form, case.verdict).items():
        if sheet.answers.get(question) != answer:
            yield Fact(question=question, answer=answer, by=None, at=desk.now, source=Source.organisation)


def by_figures(
    sheet: Sheet, facts: Mapping[str, Fact], questionnaire: Questionnaire, desk: Desk
) -> Iterator[Fact]:
    """Whether what was measured is within its limits, beside the figures, so that everybody reads the same."""
    answers = {**sheet.answers, **{question: fact.answer for question, fact in facts.items()}}
    for question, answer in worked_out(questionnaire.form, answers).items():
        if sheet.answers.get(question) != answer:
            yield Fact(question=question, answer=answer, by=None, at=desk.now, source=Source.organisation)
