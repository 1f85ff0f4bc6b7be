"""How long a pattern lasts: no longer than what it was made from, and to its last day. Whose yes it is hears of it,
among what waits for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from triage.beforehand import TellOfPattern
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Facts, Happened, Notice, Outcome, Say
from triage.pattern import Known, Pattern, PatternStep, state, yes_of
from triage.patterning import OPEN, known_of
from triage.telling import errand_of

HEARD_OF = timedelta(days=14)
"""So long after a pattern ended with its approval whose yes it was may still hear of it."""


def followed(before: Case | None, outcome: Outcome, desk: Desk) -> Outcome:
    """What was made from a decision that holds no more, or is kept among readers now, ends with it, by nobody."""
    if before is None or not before.patterns:
        return outcome
    for known in _unfounded(before, outcome.case, desk):
        outcome = _ended(outcome, known, desk)
    settled = tuple(_settled(before, outcome.case, desk))
    return outcome.model_copy(update={"notices": (*outcome.notices, *settled)}) if settled else outcome


def _settled(before: Case, after: Case, desk: Desk) -> Iterator[Notice]:
    """Whoever read that it ends reads that nothing is left to do, as it was renewed or is over."""
    still = {each.name for each in words_to(after, desk)}
    for word in words_to(before, desk):
        if word.kind == "pattern" and word.name not in still:
            person = person_of(word.about)
            facts: Facts = {"what": word.name, "because": "own", "holder": person, "over": True}
            yield Notice(say=Say.overdue, to=person, facts=facts | {"until": errand_of(word.name)})


def _unfounded(before: Case, after: Case, desk: Desk) -> Iterator[Known]:
    for pattern in before.patterns:
        now = known_of(after, pattern)
        if state(known_of(before, pattern), desk.day) in OPEN and state(now, desk.day) == "unfounded":
            yield now


def _ended(outcome: Outcome, known: Known, desk: Desk) -> Outcome:
    case, pattern = outcome.case, known.pattern.id
    step = PatternStep(id=_unfounded_step(pattern), pattern=pattern, kind="withdrawn", at=desk.now)
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
            *(_at_once(known) if case.confidential else ()),
        ),
    )


def _at_once(known: Known) -> Iterator[Notice]:
    """Whoever is no reader of it any more has nothing else of it among what waits for them."""
    for person in _both(known):
        yield Notice(
            say=Say.pattern_told, to=person, facts={"about": "confidential", "pattern": known.pattern.id}
        )


def _both(known: Known) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.person for each in yes_of(known)))


def _unfounded_step(pattern: str) -> str:
    return f"{pattern}:unfounded"


class Word(NamedTuple):
    """One of the two, and what they are to hear: that it ends by itself, or that it ended with its approval."""

    kind: Literal["pattern", "ended"]
    about: str
    due: date

    @property
    def name(self) -> str:
        return f"{self.kind}:{self.about}"


def words_to(case: Case, desk: Desk) -> Iterator[Word]:
    for pattern in case.patterns:
        known = known_of(case, pattern)
        if state(known, desk.day) == "in_force":
            yield from (Word("pattern", _name(pattern, each), pattern.last_day) for each in _both(known))
        elif (since := _ended_on(case, pattern, desk)) is not None and desk.day <= since + HEARD_OF:
            yield from (Word("ended", _name(pattern, each), since) for each in _both(known))


def _ended_on(case: Case, pattern: Pattern, desk: Desk) -> date | None:
    """With the approval that it was made from, before everybody's eyes; who became no reader of it heard at once."""
    name = _unfounded_step(pattern.id)
    step = next((step for step in case.pattern_steps if step.id == name), None)
    return desk.calendar().day_of(step.at) if step is not None and not case.confidential else None


def _name(pattern: Pattern, person: str) -> str:
    return f"{pattern.id}:{person}"


def person_of(about: str) -> str:
    return about.rpartition(":")[2]


def pattern_of(case: Case, about: str) -> Pattern | None:
    return next((each for each in case.patterns if each.id == about.rpartition(":")[0]), None)


def told(case: Case, about: str, kind: str) -> Happened:
    """One of the two read of it; nothing else changes by that."""
    pattern = pattern_of(case, about)
    assert pattern is not None
    what = "pattern.expiry_told" if kind == "pattern" else "pattern.end_told"
    return Happened(what=what, detail=_detail(known_of(case, pattern)))


def tell(case: Case, command: TellOfPattern, desk: Desk) -> Outcome:
    """By the clock, on its card: it is over. Nothing else changes by that."""
    found = next((each for each in case.patterns if each.id == command.pattern), None)
    if found is None or state(known_of(case, found), desk.day) != "over":
        return Outcome(case=case)
    return Outcome(
        case=case,
        happened=(Happened(what="pattern.over", detail=_detail(known_of(case, found))),),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": "pattern_over", "pattern": found.id}),
        ),
    )


def _detail(known: Known) -> Facts:
    return {"pattern": known.pattern.id, "last_day": known.pattern.last_day.isoformat()}
