"""The look at what was recorded by a pattern: which uses it falls on, and what somebody found who looked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from intake.source import Faults, read_file
from intake.value import Value
from triage.beforehand import DrawSample, FitsPattern, MisfitsPattern
from triage.case import Case
from triage.desk import Desk
from triage.outcome import Facts, Happened, Notice, Outcome, Refused, Say
from triage.pattern import Known, PatternStep, Sampling, state
from triage.reopening import opened, reopened
from triage.review import check_may_decide

FILE = Path(__file__).with_name("sampling.yaml")
FIELDS = ("every", "misfits", "months", "longest")


class Kept(Value):
    """What the file says: for each pattern, and how long they and their uses last."""

    every: int
    misfits: int
    months: int
    longest: int


@cache
def kept() -> Kept:
    """Raises Damaged with all its faults."""
    faults = Faults()
    entry = read_file(FILE, faults)
    fields = entry.fields(faults, FIELDS) if entry else {}
    faults.stop_if_any()
    found = {name: fields[name].whole(faults) for name in FIELDS}
    for name, number in found.items():
        if number < 1:
            faults.add(fields[name], f"`{number}` is too few", "Write 1 or more.")
    faults.stop_if_any()
    return Kept(**found)


def longest() -> int:
    """Months until a pattern's last day."""
    return kept().longest


def sealed(sampling: Sampling) -> str:
    """What binds whoever keeps the seed to it, and gives nothing of it away."""
    return sha256(sampling.seed.encode()).hexdigest()


def lot(sampling: Sampling, pattern: str, case: str) -> int:
    """A number that nobody chooses, and that is worked out by whoever reads the seed."""
    return int(sha256(f"{sampling.seed}|{pattern}|{case}".encode()).hexdigest(), 16)


def is_drawn(sampling: Sampling, pattern: str, case: str) -> bool:
    return lot(sampling, pattern, case) % sampling.every == 0


def least(sampling: Sampling, pattern: str, cases: Iterable[str]) -> str | None:
    """Where the lot fell on none of a month, the one of the smallest number."""
    return min(cases, key=lambda case: (lot(sampling, pattern, case), case), default=None)


def drawn_at(case: Case, pattern: str, key: str, desk: Desk) -> PatternStep:
    return PatternStep(id=f"{key}:drawn", pattern=pattern, kind="drawn", at=desk.now)


def waits(case: Case) -> PatternStep | None:
    """The draw at which nobody has looked yet; once people decided about the use, there is nothing to look at."""
    made = case.decision
    if made is None or made.under is None or not case.in_use:
        return None
    steps = [step for step in case.pattern_steps if step.pattern == made.under.pattern]
    looks = [step for step in steps if step.kind in ("drawn", "fits", "misfit")]
    return looks[-1] if looks and looks[-1].kind == "drawn" else None


def draw(case: Case, command: DrawSample, desk: Desk) -> Outcome:
    """By the clock; one that was drawn already is not drawn again."""
    made = case.decision
    if made is None or made.under is None or made.under.pattern != command.pattern or not case.in_use:
        return Outcome(case=case)
    if any(s.pattern == command.pattern and s.kind == "drawn" for s in case.pattern_steps):
        return Outcome(case=case)
    step = drawn_at(case, command.pattern, command.key, desk)
    detail: Facts = {"pattern": step.pattern, "step": step.id}
    return Outcome(
        case=case.model_copy(update={"pattern_steps": (*case.pattern_steps, step)}),
        happened=(Happened(what="pattern.drawn", detail=detail),),
        notices=(Notice(say=Say.card),),
    )


def check_looks(case: Case, step: str, actor: str, desk: Desk) -> PatternStep:
    """By somebody who decides, and neither asked for the use nor answers for it."""
    check_may_decide(case, actor, desk.in_own_right)
    waiting = waits(case)
    if waiting is None or waiting.id != step:
        known = any(each.id == step for each in case.pattern_steps)
        raise Refused("looked_already" if known else "nothing_drawn", case=case.id)
    return waiting


def fits(case: Case, command: FitsPattern, desk: Desk) -> Outcome:
    drawn = check_looks(case, command.step, command.actor, desk)
    return _looked(case, drawn, command.key, "fits", command.actor, "", desk)


def misfits(case: Case, command: MisfitsPattern, desk: Desk) -> Outcome:
    """The use waits for those who decide; so many of them, and the pattern records nothing more."""
    drawn = check_looks(case, command.step, command.actor, desk)
    if not command.reason.strip():
        raise Refused("pattern_reason", case=case.id)
    outcome = _looked(case, drawn, command.key, "misfit", command.actor, command.reason.strip(), desk)
    after = reopened(outcome.case, desk)
    known = next((each for each in desk.patterns if each.pattern.id == drawn.pattern), None)
    stopped = (_stopped(known),) if known is not None and _stops(known, desk) else ()
    return outcome.model_copy(update={"case": after, "happened": (*outcome.happened, opened(case), *stopped)})


def _stops(known: Known, desk: Desk) -> bool:
    """Whether one more is one too many."""
    more = known.model_copy(update={"misfits": known.misfits + 1})
    return state(known, desk.day) == "in_force" and state(more, desk.day) == "suspended"


def _stopped(known: Known) -> Happened:
    return Happened(what="pattern.suspended", detail={"pattern": known.pattern.id})


def _looked(
    case: Case, drawn: PatternStep, key: str, kind: str, actor: str, reason: str, desk: Desk
) -> Outcome:
    role = check_may_decide(case, actor, desk.in_own_right)
    given = {"id": key, "pattern": drawn.pattern, "kind": kind, "by": actor, "role": role, "at": desk.now}
    step = PatternStep.model_validate(given | {"reason": reason})
    detail: Facts = {"pattern": step.pattern, "step": step.id, "role": role}
    told = (Notice(say=Say.looked, facts={"step": step.id}),) if kind == "misfit" else ()
    return Outcome(
        case=case.model_copy(update={"pattern_steps": (*case.pattern_steps, step)}),
        happened=(
            Happened(what=f"pattern.{kind}", detail=detail, texts={"reason": reason} if reason else {}),
        ),
        notices=(
            Notice(say=Say.card),
            Notice(say=Say.card_note, facts={"about": f"pattern_{kind}", "step": step.id}),
            *told,
            Notice(say=Say.summary),
        ),
    )
