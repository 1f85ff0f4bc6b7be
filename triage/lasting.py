"""How long a pattern lasts: no longer than what it was made from, and to its last day. Whose yes it is hears of it."""

from __future__ import annotations

from collections.abc import Iterator

from triage.beforehand import TellOfPattern
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Facts, Happened, Notice, Outcome, Say
from triage.pattern import Known, PatternStep, ends_soon, state, yes_of
from triage.patterning import OPEN, known_of


def followed(before: Case | None, outcome: Outcome, desk: Desk) -> Outcome:
    """What was made from a decision that holds no more, or is kept among readers now, ends with it, by nobody."""
    if before is None or not before.patterns:
        return outcome
    for known in _unfounded(before, outcome.case, desk):
        outcome = _ended(outcome, known, desk)
    return outcome


def _unfounded(before: Case, after: Case, desk: Desk) -> Iterator[Known]:
    for pattern in before.patterns:
        now = known_of(after, pattern)
        if state(known_of(before, pattern), desk.day) in OPEN and state(now, desk.day) == "unfounded":
            yield now


def _ended(outcome: Outcome, known: Known, desk: Desk) -> Outcome:
    case, pattern = outcome.case, known.pattern.id
    step = PatternStep(id=f"{pattern}:unfounded", pattern=pattern, kind="withdrawn", at=desk.now)
    because = "confidential" if case.confidential else "over"
    happened = Happened(
        what="pattern.unfounded", detail={"pattern": pattern, "step": step.id, "because": because}
    )
    told = {notice.say for notice in outcome.notices}
    return Outcome(
        case=case.model_copy(update={"pattern_steps": (*case.pattern_steps, step)}),
        happened=(*outcome.happened, happened),
        notices=(
            *outcome.notices,
            *(() if Say.card in told else (Notice(say=Say.card),)),
            Notice(say=Say.card_note, facts={"about": "pattern_unfounded", "pattern": pattern}),
            *_to_both(known, because),
        ),
    )


def _to_both(known: Known, about: str) -> Iterator[Notice]:
    for person in dict.fromkeys(each.person for each in yes_of(known)):
        yield Notice(say=Say.pattern_told, to=person, facts={"about": about, "pattern": known.pattern.id})


def tell(case: Case, command: TellOfPattern, desk: Desk) -> Outcome:
    """By the clock; the trail says that it was told, and nothing else changes."""
    found = next((each for each in case.patterns if each.id == command.pattern), None)
    if found is None:
        return Outcome(case=case)
    known = known_of(case, found)
    now, detail = state(known, desk.day), _detail(known)
    if command.about == "soon" and now == "in_force" and ends_soon(found, desk.day):
        return Outcome(
            case=case,
            happened=(Happened(what="pattern.expiry_told", detail=detail),),
            notices=(Notice(say=Say.card), *_to_both(known, "soon")),
        )
    if command.about == "over" and now == "over":
        return Outcome(
            case=case,
            happened=(Happened(what="pattern.over", detail=detail),),
            notices=(
                Notice(say=Say.card),
                Notice(say=Say.card_note, facts={"about": "pattern_over", "pattern": found.id}),
            ),
        )
    return Outcome(case=case)


def _detail(known: Known) -> Facts:
    return {"pattern": known.pattern.id, "last_day": known.pattern.last_day.isoformat()}
