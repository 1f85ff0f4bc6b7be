"""What is counted while the register goes by, so that nothing of it has to be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.pack.gaps import KINDS, Gap
from triage.case import Case, DecisionKind
from triage.conditions import Condition, conditions_of, stands
from triage.figures import Count
from triage.lifecycle import NOT_IN_USE
from triage.reviews import reviews_of
from triage.sorts import DOES, KIND, TOOL, sort_of

SHOWN = 75
"""Of each kind of gap so many stand in the index, so that all clauses and controls do; the tables have all."""
TIERS = (1, 4)
MET_ALONE, MET_SEEN = "met_alone", "met_seen"


@dataclass
class Tally:
    """`put`: where each gap goes; `embedded`: tools that have AI beside what they are for.

    `gaps`: the first few of each kind; `found`: how many there are.
    """

    put: Callable[[Gap], object]
    embedded: frozenset[str] = frozenset()
    origins: Counter[str] = field(default_factory=Counter)
    parts: Counter[str] = field(default_factory=Counter)
    uses: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    conditions: Counter[str] = field(default_factory=Counter)
    reviews: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    gaps: dict[str, list[Gap]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    confidential: int = 0

    def take(self, gaps: Iterable[Gap]) -> None:
        for gap in gaps:
            self.found[gap.kind] += 1
            if len(self.gaps[gap.kind]) < SHOWN:
                self.gaps[gap.kind].append(gap)
            self.put(gap)

    def count(self, case: Case) -> None:
        tier = case.verdict.tier if case.verdict else None
        bounds = (int(tier.floor), int(tier.ceiling)) if tier else (0, 0)
        self.uses[case.status.value, *bounds] += 1
        if case.status not in NOT_IN_USE:
            kind, tool, does = (_picked(case, each) for each in (KIND, TOOL, DOES))
            sort = sort_of(kind, tool, does, self.embedded)
            self.origins[sort.origin] += 1
            self.parts[sort.part] += 1

    def look(self, case: Case) -> None:
        """What a confidential use does not tell."""
        self.decisions.update(decision.kind.value for decision in case.decisions)
        self.conditions.update(_said(case, one) for one in conditions_of(case))
        self.reviews.update(review.state for review in reviews_of(case))

    def counts(self) -> list[Count]:
        """As the picture of a register wants them."""
        return [
            Count(state=state, tier=ceiling, uses=uses, open=uses if (floor, ceiling) == TIERS else 0)
            for (state, floor, ceiling), uses in sorted(self.uses.items())
        ]

    @property
    def approvals(self) -> int:
        yes = (DecisionKind.approve, DecisionKind.approve_with_conditions, DecisionKind.by_pattern)
        return sum(self.decisions[kind.value] for kind in yes)


def _picked(case: Case, question: str) -> tuple[str, ...]:
    fact = case.facts.get(question)
    return fact.answer.picked if fact else ()


def _said(case: Case, one: Condition) -> str:
    """What its owner alone said is told apart from what somebody else looked at, where that was not needed."""
    found = stands(case, one)
    return MET_SEEN if found == "met" and one.yeses else MET_ALONE if found == "met" else found
