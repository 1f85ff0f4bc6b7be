"""What a judgement says, as a value that can be stored, shown and compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import ConfigDict, Field

from intake.value import Value
from triage.rules import NOT_DECIDED, TIER_DECIDED, Level

Fact = str | tuple[str, ...]


class Bounds(Value):
    """At least `floor`, at most `ceiling`; settled where they meet."""

    floor: Level
    ceiling: Level

    @property
    def settled(self) -> bool:
        return self.floor == self.ceiling


class Reason(Value):
    """A rule that surely holds, the strictest or not. `facts`: what settled it, as it was answered."""

    rule: str
    because: str
    source: str
    facts: Mapping[str, Fact]
    result: str
    level: Level
    policy: str


class Gap(Value):
    """A question that can still move the results `bounds`. `who`: the requester, or the role to settle it."""

    question: str
    bounds: tuple[str, ...]
    who: str


class DutyOwed(Value):
    """`since` is written `from`: the day from which the law asks for it."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    duty: str
    since: date = Field(alias="from")
    what: str
    source: str


class PolicyUsed(Value):
    name: str
    version: str
    digest: str


class Seated(Value):
    """A role in which `people` have to say yes, as triage.rules.Seat has it. `by`: the seats of rules that call it."""

    role: str
    people: int = 1
    step: int = 1
    apart: bool = False
    fallback: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


class Verdict(Value):
    """`flags` are those that surely hold; those that still may stand in `flags_open`.

    `stated`: what organisation and request said of themselves; with answers and policies it makes this replayable.
    `seats`: who has to say yes, by step; what still may call somebody counts. Results older than seats have none.
    """

    results: Mapping[str, Bounds]
    flags: tuple[str, ...]
    flags_open: tuple[str, ...]
    reasons: tuple[Reason, ...]
    gaps: tuple[Gap, ...]
    ignored: tuple[str, ...]
    duties_today: tuple[DutyOwed, ...]
    duties_coming: tuple[DutyOwed, ...]
    policies: tuple[PolicyUsed, ...]
    day: date
    stated: Mapping[str, tuple[str, ...]] = {}
    seats: tuple[Seated, ...] = ()

    @property
    def tier(self) -> Bounds:
        """How carefully it is looked at: as two people set it, else as the rules found."""
        decided = self.stated.get(TIER_DECIDED, NOT_DECIDED)
        return (
            self.results["tier"] if decided == NOT_DECIDED else Bounds(floor=decided[0], ceiling=decided[0])
        )

    @property
    def settled(self) -> bool:
        """Whether floor and ceiling meet on every scale; flags may still be open."""
        return all(bounds.settled for bounds in self.results.values())
