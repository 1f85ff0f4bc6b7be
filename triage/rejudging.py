"""Other rules are in force: what moves is judged anew, and an approval that they make stricter is looked at again."""

from __future__ import annotations

from triage.case import Case, Status
from triage.commands import Rejudge
from triage.desk import Desk
from triage.differing import differing
from triage.judge import judge
from triage.lifecycle import FINAL, WAITING
from triage.organisation import complete
from triage.outcome import Happened, Notice, Outcome, Say
from triage.phased import BY_PLAN, comes_up, may_come_up
from triage.rehearsing import directions
from triage.reopening import opened, reopened
from triage.rules import NOT_DECIDED, PRACTICE_EXCEPTED, SIGNATURES, TIER_DECIDED, RuleBook
from triage.standing import stands
from triage.verdict import Verdict

UNJUDGED = FINAL | {Status.draft}
"""A draft is judged whenever it is looked at, and what is over keeps the verdict that it was decided on."""


def rejudged(case: Case, command: Rejudge, desk: Desk) -> Outcome:
    """By the facts of its last verdict, those that the organisation stated included: only the rules are others.

    What two people settled beside the rules holds for the rules that they settled it by.
    """
    if command.rules == BY_PLAN:
        return comes_up(case, desk) if may_come_up(case, desk) else Outcome(case=case)
    before = case.verdict
    if before is None or case.status in UNJUDGED:
        return Outcome(case=case)
    now, stated = desk.settings(case), complete(before.stated)
    settled = {name: now[name] for name in (SIGNATURES, TIER_DECIDED, PRACTICE_EXCEPTED) if name in stated}
    verdict = judge(desk.form, desk.book, case.answers, stated | settled, desk.day)
    if _is_milder(verdict) and not _is_milder(before):
        settled[TIER_DECIDED] = (
            NOT_DECIDED  # the rules find more now than the tier that was set to be stricter
        )
        verdict = judge(desk.form, desk.book, case.answers, stated | settled, desk.day)
    if _says(verdict) == _says(before):
        return Outcome(case=case)
    after = case.model_copy(update={"verdict": verdict})
    detail = {"was": case.status.value, "rules": command.rules, **differing(before, verdict)}
    judged = Happened(what="case.rejudged", detail=detail)
    if case.status in WAITING:
        after, moved = stands(case, after, desk)
        return Outcome(case=after, happened=(judged, *moved), notices=_told(before, verdict))
    if case.in_use and is_stricter(desk.book, before, verdict):
        return Outcome(
            case=reopened(after, desk), happened=(judged, opened(case)), notices=_told(before, verdict)
        )
    return Outcome(case=after, happened=(judged,))


def is_stricter(book: RuleBook, before: Verdict, after: Verdict) -> bool:
    """Whether a bound of any result went up; then what was approved is not what is there."""
    pairs = [
        (name, before.results[name], after.results[name]) for name in after.results if name in before.results
    ]
    return any(directions(book, name, old, new)[0] for name, old, new in pairs if old != new)


def _is_milder(verdict: Verdict) -> bool:
    """Whether two people set it to less than what the rules found."""
    return int(verdict.tier.ceiling) < int(verdict.results["tier"].ceiling)


def _says(verdict: Verdict) -> tuple[object, ...]:
    return dict(verdict.results), set(verdict.flags), set(verdict.flags_open), verdict.seats


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
