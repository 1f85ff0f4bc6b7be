"""What was decided on a use, as `steward explain` tells it: by whom, in which role, on what, and the conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from store.extract import Bound
from triage.aims.published import Published
from triage.case import Case, Decision, Status
from triage.lifecycle import DECIDED, FINAL
from triage.pattern import Pattern, PatternStep, name_of
from triage.seats import seats
from triage.steps import ConditionStep
from triage.succeeding import next_after
from triage.verdict import Seated

STEPS = {
    "done": "handed in",
    "not_yet": "sent back",
    "verified": "looked at, and met, said",
    "unmet": "not met by its day",
}
FOLLOWS = {
    "narrows": "the use goes on without what it covers",
    "suspends": "the approval is suspended",
    "lapses": "the approval lapses",
}


Ours = Callable[[Decision], Iterable[Published]]
"""The organisation's own policies that counted at the moment of a decision."""


def told(
    case: Case, conditions: Iterable[Bound], names: Mapping[str, str], ours: Ours = lambda decision: ()
) -> Iterator[str]:
    """All decisions, the first one first; `names` by opaque id."""
    yield f"state: {case.status.value.replace('_', ' ')}"
    if case.decision is None and case.status not in DECIDED | FINAL:
        called = ", ".join(_seat(seat) for seat in seats(case))
        yield f"not decided yet; a yes is needed from: {called}"
    bound = list(conditions)
    for pattern in case.patterns:
        yield from _general(pattern, case, names)
    for decision in case.decisions:
        yield from _decision(decision, case, names)
        yield from (
            f"  in force: {each.title}, version {each.number} ({each.ref})" for each in ours(decision)
        )
        for each in bound:
            if each.decision == decision.id:
                owner = names.get(each.owner or "", each.owner or "nobody")
                yield f"  condition ({_stood(each)}, {owner}, due {each.due_on or 'open'}): {each.text}"
                if each.otherwise:
                    yield f"    if it is not met: {FOLLOWS.get(each.otherwise, each.otherwise)}"
                yield from (_said(step, role, names) for step, role in each.steps)


def _stood(bound: Bound) -> str:
    return bound.state.replace("_", " ")


def _said(step: ConditionStep, role: str, names: Mapping[str, str]) -> str:
    """All that became of it, in order."""
    who, as_what = names.get(step.by, step.by), f" as {role.replace('_', ' ')}" if role else ""
    by = f" by {who}{as_what}" if step.by else ""
    said = "; ".join(filter(None, (step.link, step.words)))
    return f"    {STEPS[step.kind]}{by}, {step.at:%Y-%m-%d %H:%M} UTC{f': {said}' if said else ''}"


def _general(pattern: Pattern, case: Case, names: Mapping[str, str]) -> Iterator[str]:
    """What two people made of it, for uses like it."""
    yield ""
    yield f"pattern: {name_of(case.ref, pattern)}, until {pattern.last_day} ({pattern.id})"
    yield f"  covers: {pattern.covers}"
    yield f"  from the decision {pattern.decision}; one in {pattern.sampling.every} is looked at"
    who = names.get(pattern.by, pattern.by)
    yield f"  proposed by {who} as {pattern.role.replace('_', ' ')}, {pattern.at:%Y-%m-%d %H:%M} UTC"
    yield from (_step(step, names) for step in case.pattern_steps if step.pattern == pattern.id)


def _step(step: PatternStep, names: Mapping[str, str]) -> str:
    by = f" by {names.get(step.by, step.by)} as {step.role.replace('_', ' ')}" if step.by else ""
    return f"  {step.kind}{by}, {step.at:%Y-%m-%d %H:%M} UTC{f': {step.reason}' if step.reason else ''}"


def _seat(seat: Seated) -> str:
    """In the order in which they are asked, each with the rules that call it."""
    by = f" by {', '.join(seat.by)}" if seat.by else ""
    return f"{seat.role.replace('_', ' ')} (step {seat.step}{by})"


def _decision(decision: Decision, case: Case, names: Mapping[str, str]) -> Iterator[str]:
    yield ""
    yield f"decision: {decision.kind.value.replace('_', ' ')}, {decision.at:%Y-%m-%d %H:%M} UTC ({decision.id})"
    for signature in decision.signatures:
        who = names.get(signature.person, signature.person)
        yield f"  signed by {who} as {signature.role.replace('_', ' ')}, {signature.at:%Y-%m-%d %H:%M} UTC"
    if decision.under:
        yield f"  recorded by the pattern {decision.under.name}, to which was said yes beforehand by"
        for each in decision.under.yes:
            who = names.get(each.person, each.person)
            yield f"    {who} as {each.role.replace('_', ' ')}, {each.at:%Y-%m-%d %H:%M} UTC"
        yield from (
            _step(step, names) for step in case.pattern_steps if step.pattern == decision.under.pattern
        )
    if decision.seat:
        yield f"  for the seat of {decision.seat.replace('_', ' ')}"
    if decision.rests_on:
        yield f"  resting on {', '.join(decision.rests_on)}"
    if decision.basis:
        yield f"  ground: {decision.basis.ground.replace('_', ' ')}"
    for name, words in (("reason", decision.reason), ("would change it", decision.would_change)):
        if words:
            yield f"  {name}: {words}"
    yield f"  on facts {decision.facts_digest}"
    judged = [f"{p.name} {p.version} {p.digest}" for p in case.verdict.policies] if case.verdict else []
    if list(decision.policies) == judged:
        yield "  under the rules above"
    else:
        yield from (f"  under {policy}" for policy in decision.policies)
    if decision.valid_until:
        yield f"  last day: {decision.valid_until}"
    if later := next_after(decision, case.decisions):
        yield f"  replaced by {later}"
    elif case.status is Status.lapsed and decision == case.decision:
        yield "  lapsed"
