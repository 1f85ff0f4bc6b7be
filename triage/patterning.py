"""Making a decision general, by two people: one proposes what is approved beforehand, a second confirms or refuses it.

Either of them, and whoever else may decide, ends it at any time. What was recorded by it stands until its own day.
"""

from __future__ import annotations

from datetime import date

from triage.beforehand import ConfirmPattern, ProposePattern, RefusePattern, WithdrawPattern
from triage.case import Case, Decision
from triage.desk import Desk
from triage.expiring import after
from triage.matching import is_plain, limits_of
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.pattern import Clause, Known, Pattern, PatternStep, Sampling, State, ends_soon, state
from triage.review import check_may_decide, check_seen
from triage.running import BY_PEOPLE
from triage.sampling import kept, longest, sealed
from triage.terms import pairs

OPEN: tuple[State, ...] = ("proposed", "in_force", "suspended")
"""What somebody may still end."""


def known_of(case: Case, pattern: Pattern) -> Known:
    """As the use itself tells it: how often others did not fit stands elsewhere."""
    steps = tuple(step for step in case.pattern_steps if step.pattern == pattern.id)
    now = case.decision
    holds = case.in_use and not case.confidential and now is not None and now.id == pattern.decision
    return Known(pattern=pattern, steps=steps, source=case.ref or "", holds=holds)


def live(case: Case, day: date) -> Known | None:
    """The pattern made from what holds now that waits for a second person, or counts."""
    known = (known_of(case, pattern) for pattern in reversed(case.patterns))
    return next((each for each in known if state(each, day) in OPEN), None)


def may_propose(case: Case, person: str, desk: Desk) -> bool:
    try:
        check_may_propose(case, person, desk)
    except Refused:
        return False
    return True


def check_may_propose(case: Case, actor: str, desk: Desk) -> Decision:
    """The decision that it is made from: a yes of people's own, to what is low, settled and of an assessed tool."""
    check_may_decide(case, actor, desk.in_own_right)
    return check_eligible(case, desk)


def check_eligible(case: Case, desk: Desk) -> Decision:
    """Whoever proposes it."""
    made = case.decision
    if not case.in_use or made is None or made.kind not in BY_PEOPLE or case.confidential:
        raise Refused("no_pattern_of_it", case=case.id)
    if not is_plain(case.verdict):
        raise Refused("pattern_not_plain", case=case.id)
    if not desk.assessed(case.tool_id):
        raise Refused("pattern_unassessed", case=case.id)
    known = live(case, desk.day)
    if known is not None and not may_be_renewed(known, desk):
        raise Refused("pattern_there", case=case.id, pattern=known.name)
    return made


def may_be_renewed(known: Known, desk: Desk) -> bool:
    """By another one of the same use, which ends it."""
    return state(known, desk.day) == "in_force" and ends_soon(known.pattern, desk.day)


def propose(case: Case, command: ProposePattern, desk: Desk) -> Outcome:
    """It counts for nothing until a second person has confirmed it."""
    made = check_may_propose(case, command.actor, desk)
    check_seen(case, command.version)
    if not desk.is_whole:
        raise Refused("rules_unreadable", case=case.id)
    if not command.covers.strip():
        raise Refused("covers_needed", case=case.id)
    if not desk.day < command.last_day <= after(desk.day, longest()):
        raise Refused("pattern_day", case=case.id)
    pattern = _made(case, command, made, desk)
    detail: Facts = {"pattern": pattern.id, "role": pattern.role, "last_day": pattern.last_day.isoformat()}
    return Outcome(
        case=case.model_copy(update={"patterns": (*case.patterns, pattern)}),
        happened=(Happened(what="pattern.proposed", detail=detail, texts={"covers": pattern.covers}),),
        notices=_told("pattern_proposed", pattern),
    )


def _made(case: Case, command: ProposePattern, made: Decision, desk: Desk) -> Pattern:
    verdict, sampling = case.verdict, kept()
    if verdict is None or case.tool_id is None:
        raise ValueError("only what was judged is made a pattern")
    return Pattern(
        id=command.key,
        number=len(case.patterns) + 1,
        tool=case.tool_id,
        covers=command.covers.strip(),
        limits=limits_of(desk.form, case.answers),
        results={name: bounds.ceiling for name, bounds in verdict.results.items()},
        flags=verdict.flags,
        rules=tuple(reason.rule for reason in verdict.reasons),
        clauses=clauses_of(made, desk),
        months=sampling.months,
        last_day=command.last_day,
        sampling=Sampling(every=sampling.every, seed=command.secret, misfits=sampling.misfits),
        decision=made.id,
        facts_digest=made.facts_digest,
        policies=made.policies,
        by=command.actor,
        role=check_may_decide(case, command.actor, desk.in_own_right),
        at=desk.now,
    )


def clauses_of(made: Decision, desk: Desk) -> tuple[Clause, ...]:
    """Its conditions; a day becomes as many days as there were, since each use begins on its own."""
    begun = desk.calendar().day_of(made.at)
    return tuple(
        Clause(
            text=text,
            days=max((term.due - begun).days, 1) if term.due else None,
            check=term.check,
            otherwise=term.otherwise,
        )
        for text, term in pairs(made)
    )


def check_waits(case: Case, pattern: str, actor: str, desk: Desk) -> Known:
    """The pattern that waits for a second person, if it is still the one that was shown, and they may be that."""
    known = _shown(case, pattern, actor, desk)
    if state(known, desk.day) != "proposed":
        raise Refused("pattern_over", case=case.id)
    return known


def check_second(known: Known, case: Case, actor: str, desk: Desk) -> None:
    if desk.same(actor, known.pattern.by):
        raise Refused("pattern_second", case=case.id)


def to_confirm(case: Case, person: str, desk: Desk) -> Known | None:
    """The pattern that waits for a second yes, if this person may give it."""
    known = live(case, desk.day)
    try:
        if known is None:
            return None
        check_waits(case, known.pattern.id, person, desk)
        check_second(known, case, person, desk)
    except Refused:
        return None
    return known


def confirm(case: Case, command: ConfirmPattern, desk: Desk) -> Outcome:
    known = check_waits(case, command.pattern, command.actor, desk)
    check_second(known, case, command.actor, desk)
    if not desk.is_whole:
        raise Refused("rules_unreadable", case=case.id)
    if not desk.assessed(known.pattern.tool):
        raise Refused("pattern_unassessed", case=case.id)
    if case.confidential:
        raise Refused("no_pattern_of_it", case=case.id)
    made = _stepped(
        case, known, command.key, "confirmed", command.actor, "", desk, seed=sealed(known.pattern.sampling)
    )
    return _renewed(made, known, command, desk)


def _renewed(made: Outcome, known: Known, command: ConfirmPattern, desk: Desk) -> Outcome:
    """What it follows is over from now on: never are two of one use in force."""
    for other in made.case.patterns:
        earlier = known_of(made.case, other)
        if other.id == known.pattern.id or state(earlier, desk.day) != "in_force":
            continue
        over = _stepped(
            made.case, earlier, f"{command.key}:{other.number}", "withdrawn", command.actor, "", desk
        )
        made = Outcome(case=over.case, happened=(*made.happened, *over.happened), notices=made.notices)
    return made


def refuse(case: Case, command: RefusePattern, desk: Desk) -> Outcome:
    """Of whoever proposed it, a proposal taken back."""
    known = check_waits(case, command.pattern, command.actor, desk)
    return _ended(case, known, command, "refused", desk)


def check_may_withdraw(case: Case, pattern: str, actor: str, desk: Desk) -> Known:
    known = _shown(case, pattern, actor, desk)
    if state(known, desk.day) not in ("in_force", "suspended"):
        raise Refused("pattern_over", case=case.id)
    return known


def withdraw(case: Case, command: WithdrawPattern, desk: Desk) -> Outcome:
    known = check_may_withdraw(case, command.pattern, command.actor, desk)
    return _ended(case, known, command, "withdrawn", desk)


def _shown(case: Case, pattern: str, actor: str, desk: Desk) -> Known:
    check_may_decide(case, actor, desk.in_own_right)
    found = next((each for each in case.patterns if each.id == pattern), None)
    if found is None:
        raise Refused("pattern_over", case=case.id)
    return known_of(case, found)


def _ended(
    case: Case, known: Known, command: RefusePattern | WithdrawPattern, kind: str, desk: Desk
) -> Outcome:
    if not command.reason.strip():
        raise Refused("pattern_reason", case=case.id)
    return _stepped(case, known, command.key, kind, command.actor, command.reason.strip(), desk)


def _stepped(
    case: Case, known: Known, key: str, kind: str, actor: str, reason: str, desk: Desk, **more: str
) -> Outcome:
    pattern, role = known.pattern, check_may_decide(case, actor, desk.in_own_right)
    given = {"id": key, "pattern": pattern.id, "kind": kind, "by": actor, "role": role, "at": desk.now}
    step = PatternStep.model_validate(given | {"reason": reason})
    detail: Facts = {"pattern": pattern.id, "step": step.id, "role": role, **more}
    return Outcome(
        case=case.model_copy(update={"pattern_steps": (*case.pattern_steps, step)}),
        happened=(
            Happened(what=f"pattern.{kind}", detail=detail, texts={"reason": reason} if reason else {}),
        ),
        notices=_told(f"pattern_{kind}", pattern),
    )


def _told(about: str, pattern: Pattern) -> tuple[Notice, ...]:
    """Nobody but those who decide: for whoever asked nothing changes."""
    return (
        Notice(say=Say.card),
        Notice(say=Say.card_note, facts={"about": about, "pattern": pattern.id}),
    )
