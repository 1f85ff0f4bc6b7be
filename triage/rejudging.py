"""Other rules are in force: what moves is judged anew, and an approval that they make stricter is looked at again."""

from __future__ import annotations

from triage.case import Case, Status
from triage.commands import Rejudge
from triage.desk import Desk
from triage.differing import differing
from triage.judge import judge
from triage.lifecycle import FINAL, WAITING, check_move
from triage.outcome import Happened, Notice, Outcome, Say
from triage.rehearsing import directions
from triage.rules import SIGNATURES, RuleBook
from triage.standing import due_by, stands, status_by_verdict
from triage.verdict import Verdict

OPENED = "case.under_reassessment"
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
    detail = {"was": case.status.value, "rules": command.rules, **differing(before, verdict)}
    judged = Happened(what="case.rejudged", detail=detail)
    if case.status in WAITING:
        after, moved = stands(case, after, desk)
        return Outcome(case=after, happened=(judged, *moved), notices=_told(before, verdict))
    if case.in_use and is_stricter(desk.book, before, verdict):
        opened = (judged, _opened(case))
        return Outcome(case=_reopened(after, desk), happened=opened, notices=_told(before, verdict))
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
    """The approval that it opens again is `former`: the line tells of no decision."""
    former = case.decision.id if case.decision else ""
    return Happened(what=OPENED, detail={"was": case.status.value, "former": former})


def _told(before: Verdict, after: Verdict) -> tuple[Notice, ...]:
    """Whoever asked hears of it in a message of its own where something is for them to answer now."""
    known = {gap.question for gap in before.gaps}
    asked = [gap for gap in after.gaps if gap.who == "requester" and gap.question not in known]
    return (
        Notice(say=Say.card),
        Notice(say=Say.card_note, facts={"about": "rejudged"}),
        Notice(say=Say.summary),
        *((Notice(say=Say.standing),) if asked else ()),
    )
