"""What two people settled beside the rules, as long as it rests on what they settled it on."""

from __future__ import annotations

from collections.abc import Callable
from operator import eq

from triage.case import Case, Decision, DecisionKind
from triage.fingerprint import stated_digest
from triage.lanes import Settings
from triage.motions import Matter
from triage.own import OWN
from triage.rules import NOT_DECIDED, PRACTICE_EXCEPTED, SIGNATURES, TIER_DECIDED, RuleBook
from triage.signed import answers_of, digest_of

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

OF_THE_REGISTER = frozenset({"title", "owner", "unit", "stage"})
"""Answers that no rule looks at, and whoever answers for the use may change."""

Same = Callable[[str, str], bool]
"""Whether two ids name one human being."""
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


def facts_of(case: Case) -> str:
    """Digest of the answers that bear on it; how a use stands in the register does not."""
    answers = answers_of(case)
    return digest_of(answers, answers.keys() - OF_THE_REGISTER)


def gone(case: Case, said: Decision, book: RuleBook, stated: Settings, holds: Holds, same: Same = eq) -> str:
    """Why it counts no more: `facts`, `rules`, `recused` or `role`; empty while it counts.

    What two signed stays when one of them leaves; whoever has signed alone has to be there for the second.
    """
    matter, _ = matter_of(said)
    if said.result != facts_of(case):
        return "facts"
    if not _by_the_same_rules(case, said, book):
        return "rules"
    if said.basis is None or said.basis.digest != rests_on(matter, stated):
        return "rules"
    if any(same(signature.person, one) for signature in said.signatures for one in case.recused):
        return "recused"
    waits, own = said.kind is DecisionKind.motion, [one for one in (case.requester, case.owner) if one]
    if waits and any(same(signature.person, one) for signature in said.signatures for one in own):
        return "role"  # made owner since: nobody signs for a use of their own
    return "role" if waits and not all(holds(s.person, s.role) for s in said.signatures) else ""


def _by_the_same_rules(case: Case, said: Decision, book: RuleBook) -> bool:
    """A tier that is stricter than that of the rules outlives other rules of one's own, which one person may add."""
    then, now = set(said.policies), set(book.names)
    matter, value = matter_of(said)
    found = int(case.verdict.results["tier"].ceiling) if case.verdict else 0
    if matter is Matter.tier and value.isdecimal() and int(value) >= found:
        then, now = ({name for name in names if not name.startswith(f"{OWN} ")} for names in (then, now))
    return then == now


def waiting(
    case: Case, book: RuleBook, stated: Settings, holds: Holds, same: Same = eq
) -> tuple[Decision, ...]:
    """Motions that wait for a second person."""
    answered = {d.basis.claim for d in case.decisions if d.kind in OUTCOMES and d.basis}
    return tuple(
        d
        for d in case.decisions
        if d.kind is DecisionKind.motion
        and d.id not in answered
        and not gone(case, d, book, stated, holds, same)
    )


def carried(
    case: Case, matter: Matter, book: RuleBook, stated: Settings, holds: Holds, same: Same = eq
) -> tuple[Decision, ...]:
    """What two people settled and still counts, in order."""
    made = (d for d in case.decisions if d.kind is CARRIED[matter])
    return tuple(d for d in made if not gone(case, d, book, stated, holds, same))


def with_motions(case: Case, book: RuleBook, stated: Settings, holds: Holds, same: Same = eq) -> Settings:
    """What is stated of the case, and what two people settled about it in the words that rules use."""
    if not any(decision.kind in OUTCOMES for decision in case.decisions):
        return stated
    left_out = carried(case, Matter.practice, book, stated, holds, same)
    practices = tuple(sorted({matter_of(each)[1] for each in left_out}))
    stated = {**stated, PRACTICE_EXCEPTED: practices or NOT_DECIDED}
    tiers = [matter_of(each)[1] for each in carried(case, Matter.tier, book, stated, holds, same)]
    last = tiers[-1] if tiers else BY_THE_RULES
    return {**stated, TIER_DECIDED: NOT_DECIDED if last == BY_THE_RULES else (last,)}


def settled(case: Case) -> tuple[tuple[str, ...], ...]:
    """What two people settled that its last result counts."""
    stated = case.verdict.stated if case.verdict else {}
    return tuple(stated.get(name, NOT_DECIDED) for name in (TIER_DECIDED, PRACTICE_EXCEPTED))
