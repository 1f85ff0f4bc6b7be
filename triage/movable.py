"""What can be settled beside the rules now, what waits for a second person, and what two people settled."""

from __future__ import annotations

from datetime import timedelta

from triage.case import Basis, Case, Decision, DecisionKind
from triage.desk import Desk
from triage.judge import judge
from triage.lifecycle import WAITING
from triage.motions import Matter, PutMotion
from triage.moved import BY_THE_RULES, OUTCOMES, carried, matter_of
from triage.moved import waiting as waits_for_second
from triage.outcome import Refused
from triage.rules import CLASS, NOT_DECIDED, PRACTICE_EXCEPTED, TIER_DECIDED
from triage.standing import is_prohibited
from triage.verdict import Verdict

TIERS = ("1", "2", "3", "4")
FLAG = "red_flag"
LONGEST = timedelta(days=366)
"""For how long a risk that remains is accepted at most."""


def waiting(case: Case, desk: Desk, matter: Matter | None = None) -> tuple[Decision, ...]:
    """Motions that wait for a second person."""
    said = waits_for_second(case, desk.book, desk.settings(case), desk.holds, desk.same)
    return tuple(each for each in said if matter in (None, matter_of(each)[0]))


def accepted(case: Case, desk: Desk) -> tuple[Decision, ...]:
    """Risks that two people accepted, as long as they do."""
    made = carried(case, Matter.risk, desk.book, desk.settings(case), desk.holds, desk.same)
    return tuple(each for each in made if each.valid_until is None or each.valid_until >= desk.day)


def excepted(case: Case, desk: Desk) -> tuple[Decision, ...]:
    return carried(case, Matter.practice, desk.book, desk.settings(case), desk.holds, desk.same)


def overridden(case: Case, desk: Desk) -> Decision | None:
    """By whom another tier than that of the rules was set."""
    made = carried(case, Matter.tier, desk.book, desk.settings(case), desk.holds, desk.same)
    return made[-1] if made and matter_of(made[-1])[1] != BY_THE_RULES else None


def tiers(case: Case) -> tuple[str, ...]:
    """To which it can be set: any that it has not now, or back to that of the rules."""
    if case.verdict is None or is_prohibited(case):
        return ()
    decided = case.verdict.stated.get(TIER_DECIDED, NOT_DECIDED)
    back = () if decided == NOT_DECIDED else (BY_THE_RULES,)
    now = case.verdict.tier
    here = str(now.floor) if now.settled else ""
    return (*(tier for tier in TIERS if tier != here), *back)


def practices(case: Case, desk: Desk) -> tuple[str, ...]:
    """Those that were marked and that Article 5 leaves out somewhere, by the rules themselves."""
    if case.status not in WAITING or not is_prohibited(case) or FLAG not in case.facts:
        return ()
    stated = desk.settings(case)
    already = tuple(each for each in stated.get(PRACTICE_EXCEPTED, NOT_DECIDED) if (each,) != NOT_DECIDED)
    bans = _bans(judge(desk.form, desk.book, case.answers, stated, desk.day))
    return tuple(
        flag
        for flag in case.facts[FLAG].answer.picked
        if _bans(
            judge(
                desk.form,
                desk.book,
                case.answers,
                {**stated, PRACTICE_EXCEPTED: (*already, flag)},
                desk.day,
            )
        )
        < bans
    )


def _bans(verdict: Verdict) -> int:
    return sum(each.result == CLASS and each.level == "prohibited" for each in verdict.reasons)


def check_possible(case: Case, matter: Matter, desk: Desk) -> None:
    """One motion on a matter at a time; what is forbidden has no tier to set and no risk to accept."""
    if waits := waiting(case, desk, matter):
        raise Refused("motion_waits", case=case.id, whom=waits[-1].signatures[0].person)
    if matter is Matter.practice and not practices(case, desk):
        raise Refused("no_practice", case=case.id)
    if matter is not Matter.practice and is_prohibited(case):
        raise Refused("prohibited", case=case.id)


def check_value(case: Case, command: PutMotion, desk: Desk) -> None:
    if command.matter is Matter.tier and command.value not in tiers(case):
        raise Refused("no_tier", case=case.id)
    if command.matter is Matter.practice and command.value not in practices(case, desk):
        raise Refused("no_practice", case=case.id)
    if command.matter is not Matter.risk:
        return
    if command.until is None or command.until <= desk.day:
        raise Refused("ends_too_soon", case=case.id)
    if command.until > desk.day + LONGEST:
        raise Refused("ends_too_late", case=case.id)


def put_as(case: Case, motion: str) -> Decision:
    """What the first of two said, whatever became of it."""
    for decision in case.decisions:
        if decision.id == motion and decision.kind is DecisionKind.motion:
            return decision
    raise Refused("motion_over", case=case.id)


def check_waits(case: Case, motion: str, desk: Desk) -> tuple[Decision, Basis]:
    """The motion that waits, if it is still the one that was shown; whoever comes later hears who was first."""
    found = next((each for each in waiting(case, desk) if each.id == motion), None)
    if found is not None and found.basis is not None:
        return found, found.basis
    answer = next((d for d in reversed(case.decisions) if d.basis and d.basis.claim == motion), None)
    if answer is not None and answer.kind in OUTCOMES:
        raise Refused("motion_settled", case=case.id, whom=answer.signatures[-1].person)
    raise Refused("motion_over", case=case.id)
