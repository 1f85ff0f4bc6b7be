"""Other rules are in force: what moves is judged anew, and an approval that they make stricter is looked at again."""

from __future__ import annotations

from triage.case import Case, Status
from triage.commands import Rejudge
from triage.desk import Desk
from triage.judge import judge
from triage.lifecycle import FINAL, WAITING, check_move
from triage.outcome import Happened, Notice, Outcome, Say
from triage.rehearsing import directions
from triage.rules import SIGNATURES, RuleBook
from triage.standing import due_by, stands, status_by_verdict
from triage.verdict import Verdict

UNJUDGED = FINAL | {Status.draft}
"""A draft is judged whenever it is looked at, and what is over keeps the verdict that it was decided on."""


def rejudged(case: Case, command: Rejudge, desk: Desk) -> Outcome:
    """By the facts of its last verdict, those that the organisation stated included: only the rules are others.

    Signatures under an exception hold for the rules that they were given by.
    """
    before = case.verdict
    if before is None or case.status in UNJUDGED:
        return Outcome(case=case)
    signed = {SIGNATURES: desk.settings(case)[SIGNATURES]} if SIGNATURES in before.stated else {}
    verdict = judge(desk.form, desk.book, case.answers, {**before.stated, **signed}, desk.day)
    if _says(verdict) == _says(before):
        return Outcome(case=case)
    after = case.model_copy(update={"verdict": verdict})
    judged = Happened(what="case.rejudged", detail={"was": case.status.value, "rules": command.rules})
    if case.status in WAITING:
        after, moved = stands(case, after, desk)
        return Outcome(case=after, happened=(judged, *moved), notices=_told())
    if case.in_use and is_stricter(desk.book, before, verdict):
        return Outcome(case=_reopened(after, desk), happened=(judged, _opened(case)), notices=_told())
    return Outcome(case=after, happened=(judged,))


def is_stricter(book: RuleBook, before: Verdict, after: Verdict) -> bool:
    """Whether a bound of any result went up; then what was approved is not what is there."""
    pairs = [
        (name, before.results[name], after.results[name]) for name in after.results if name in before.results
    ]
    return any(directions(book, name, old, new)[0] for name, old, new in pairs if old != new)


def _says(verdict: Verdict) -> tuple[object, ...]:
    return dict(verdict.results), set(verdict.flags), set(verdict.flags_open)


def _reopened(case: Case, desk: Desk) -> Case:
    """Approved as it was, and waiting again for those who decide what it is now."""
    check_move(case, Status.under_reassessment)
    doubted = case.model_copy(update={"status": Status.under_reassessment, "due_at": due_by(case, desk)})
    check_move(doubted, Status.in_review)
    return doubted.model_copy(update={"status": status_by_verdict(doubted)})


def _opened(case: Case) -> Happened:
    decision = case.decision.id if case.decision else ""
    return Happened(what="case.under_reassessment", detail={"was": case.status.value, "decision": decision})


def _told() -> tuple[Notice, ...]:
    return (
        Notice(say=Say.card),
        Notice(say=Say.card_note, facts={"about": "rejudged"}),
        Notice(say=Say.summary),
    )
