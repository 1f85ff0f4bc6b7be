"""What two people settled beside the rules, as long as it rests on what they settled it on."""

from __future__ import annotations

from collections.abc import Callable

from triage.case import Case, Decision, DecisionKind
from triage.fingerprint import facts_digest, stated_digest
from triage.lanes import Settings
from triage.motions import Matter
from triage.rules import NOT_DECIDED, PRACTICE_EXCEPTED, SIGNATURES, TIER_DECIDED, RuleBook

CARRIED = {
    Matter.tier: DecisionKind.override_tier,
    Matter.risk: DecisionKind.accept_residual_risk,
    Matter.practice: DecisionKind.except_practice,
}
OUTCOMES = {
    DecisionKind.motion: "motion.put",
    DecisionKind.override_tier: "tier.overridden",
    DecisionKind.accept_residual_risk: "risk.accepted",
    DecisionKind.except_practice: "practice.excepted",
    DecisionKind.motion_objection: "motion.opposed",
}
"""What became of a motion, in the words of the trail."""

BY_THE_RULES = "rules"
BESIDE = {
    Matter.tier: frozenset({TIER_DECIDED}),
    Matter.risk: frozenset({TIER_DECIDED}),
    Matter.practice: frozenset({TIER_DECIDED, PRACTICE_EXCEPTED, SIGNATURES}),
}
"""What is stated of a case and a motion does not rest on: what it moves itself, and what comes after it."""

Holds = Callable[[str, str], bool]
"""Whether a person holds a role now."""


def matter_of(said: Decision) -> tuple[Matter, str]:
    """What it is about, and what it sets; a decision about a motion always has a ground."""
    matter, _, value = (said.basis.ground if said.basis else "").partition(":")
    return Matter(matter), value


def ground_of(matter: Matter, value: str) -> str:
    return f"{matter.value}:{value}"


def rests_on(matter: Matter, stated: Settings) -> str:
    """Digest of what organisation and request say of themselves, as far as it bears on such a motion."""
    return stated_digest({name: said for name, said in stated.items() if name not in BESIDE[matter]})


def gone(case: Case, said: Decision, book: RuleBook, stated: Settings, holds: Holds) -> str:
    """Why it counts no more: `facts`, `rules`, `recused` or `role`; empty while it counts.

    What two signed stays when one of them leaves; whoever has signed alone has to be there for the second.
    """
    matter, _ = matter_of(said)
    if said.facts_digest != facts_digest(case):
        return "facts"
    if said.policies != book.names or said.basis is None or said.basis.digest != rests_on(matter, stated):
        return "rules"
    if any(signature.person in case.recused for signature in said.signatures):
        return "recused"
    waits = said.kind is DecisionKind.motion
    return "role" if waits and not all(holds(s.person, s.role) for s in said.signatures) else ""


def waiting(case: Case, book: RuleBook, stated: Settings, holds: Holds) -> tuple[Decision, ...]:
    """Motions that wait for a second person."""
    answered = {d.basis.claim for d in case.decisions if d.kind in OUTCOMES and d.basis}
    return tuple(
        d
        for d in case.decisions
        if d.kind is DecisionKind.motion and d.id not in answered and not gone(case, d, book, stated, holds)
    )


def carried(
    case: Case, matter: Matter, book: RuleBook, stated: Settings, holds: Holds
) -> tuple[Decision, ...]:
    """What two people settled and still counts, in order."""
    made = (d for d in case.decisions if d.kind is CARRIED[matter])
    return tuple(d for d in made if not gone(case, d, book, stated, holds))


def with_motions(case: Case, book: RuleBook, stated: Settings, holds: Holds) -> Settings:
    """What is stated of the case, and what two people settled about it in the words that rules use."""
    if not any(decision.kind in OUTCOMES for decision in case.decisions):
        return stated
    left_out = carried(case, Matter.practice, book, stated, holds)
    practices = tuple(sorted({matter_of(each)[1] for each in left_out}))
    stated = {**stated, PRACTICE_EXCEPTED: practices or NOT_DECIDED}
    tiers = [matter_of(each)[1] for each in carried(case, Matter.tier, book, stated, holds)]
    last = tiers[-1] if tiers else BY_THE_RULES
    return {**stated, TIER_DECIDED: NOT_DECIDED if last == BY_THE_RULES else (last,)}
