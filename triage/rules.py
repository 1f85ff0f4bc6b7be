"""Rules as values: what follows from answers, on which scale, by which source. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from intake.condition import Condition
from intake.value import Value

Level = str | int

SIGNATURES = "signatures"
"""The setting that says how many people have signed for an exception."""
CLASS = "eu"
"""The result that an exception lowers."""
TIER_DECIDED = "tier_decided"
"""The setting that says which tier two people set instead of that of the rules."""
PRACTICE_EXCEPTED = "practice_excepted"
"""The setting that names the practices of which two people said that the ban leaves them out."""
NOT_DECIDED = ("none",)


class ResultKind(StrEnum):
    scale = "scale"
    flag = "flag"
    duty = "duty"


class Result(Value):
    """One thing a judgement says; `levels` run from the mildest, which holds where no rule says more."""

    name: str
    kind: ResultKind
    levels: tuple[Level, ...] = ("no", "yes")

    @property
    def mildest(self) -> Level:
        return self.levels[0]


class Item(Value):
    """What a policy is made of; ids are unique over all policies and never used again."""

    id: str
    when: Condition
    source: str


class Rule(Item):
    """Lifts one result to a level when its condition holds; the strictest rule counts, never the last one.

    A rule at the mildest level moves nothing: it is there to say why nothing more holds.
    """

    result: str
    level: Level


class Duty(Item):
    """What has to be done once `when` holds; `since` is the day from which the law asks for it."""

    since: date


class Call(Item):
    """What a use calls for while `when` holds: `things` by kind (action, approver, control, ...), `review_months`
    the longest time between two reviews. It lifts no result, so nothing is asked for its sake."""

    things: Mapping[str, tuple[str, ...]] = {}
    review_months: int | None = None


class Seat(Item):
    """Somebody in `role` has to say yes once `when` holds, `people` of them; seats of one `step` decide side by side.

    `unless`: where one of these roles is called, this one is not. `apart`: whoever fills it fills no other.
    `fallback`: roles whose holders decide in its place, the first in which anybody is left.
    `delegable`: whether a holder who is away may have it filled by a deputy; None says nothing about it.
    """

    role: str
    people: int = 1
    step: int = 1
    unless: tuple[str, ...] = ()
    apart: bool = False
    fallback: tuple[str, ...] = ()
    delegable: bool | None = None


class Gate(Item):
    """While `when` holds, each of `tasks` has to be done `before` a use moves there.

    `days`: so many working days after the yes (or after it began to be retired) it should be there.
    """

    before: str
    tasks: tuple[str, ...]
    days: int


class Usual(Item):
    """A condition that is given often, offered where `when` holds.

    `days`: so many working days after it was given it is to be met, and `otherwise` follows if not; 0: it holds all the
    time. `text` and `check`, what is agreed to and the question that checks it, stand in it only if it is an
    organisation's own; those of ours are in prompts/texts.
    """

    days: int = 0
    otherwise: Literal["", "narrows", "suspends", "lapses"] = ""
    text: str = ""
    check: str = ""


class Change(Value):
    """A rule of ours that the organisation moved from the level `was` to `level`, and why."""

    rule: str
    was: Level
    level: Level
    because: str
    source: str


class Policy(Value):
    """`digest` names exactly this content. `texts` holds each sentence by language and id of a rule, duty, call,
    seat, gate or thing (`action.dpia`); `things` by kind what its calls, and those of other policies, may call for.
    `changes`: what the organisation's own policy moved in rules of another, where they stand with the level that
    counts."""

    name: str
    version: str
    digest: str
    title: str
    effective: date
    source: str
    results: tuple[Result, ...]
    rules: tuple[Rule, ...]
    duties: tuple[Duty, ...]
    texts: Mapping[str, Mapping[str, str]]
    things: Mapping[str, tuple[str, ...]] = {}
    calls: tuple[Call, ...] = ()
    changes: tuple[Change, ...] = ()
    seats: tuple[Seat, ...] = ()
    gates: tuple[Gate, ...] = ()

    def items(self) -> tuple[Item, ...]:
        return (*self.rules, *self.duties, *self.calls, *self.seats, *self.gates)


class RuleBook(Value):
    """The policies that are switched on, in order; ids are unique over all of them.

    `usual`: the library of conditions, the organisation's own first. It judges nothing, so no policy has it.
    """

    policies: tuple[Policy, ...]
    usual: tuple[Usual, ...] = ()

    def rules(self) -> Iterator[Rule]:
        for policy in self.policies:
            yield from policy.rules

    def duties(self) -> Iterator[Duty]:
        for policy in self.policies:
            yield from policy.duties

    def calls(self) -> Iterator[Call]:
        for policy in self.policies:
            yield from policy.calls

    def seats(self) -> Iterator[Seat]:
        for policy in self.policies:
            yield from policy.seats

    def gates(self) -> Iterator[Gate]:
        for policy in self.policies:
            yield from policy.gates

    @cached_property
    def delegable(self) -> frozenset[str]:
        """Roles that deputies may fill: some seat says so, and none the opposite."""
        said = {(seat.role, seat.delegable) for seat in self.seats()}
        return frozenset(role for role, yes in said if yes and (role, False) not in said)

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """Scales, then flags, then duties, each in the order of the policies."""
        declared = [result for policy in self.policies for result in policy.results]
        scales = [result for result in declared if result.kind is ResultKind.scale]
        flags = [result for result in declared if result.kind is ResultKind.flag]
        duties = [Result(name=duty.id, kind=ResultKind.duty) for duty in self.duties()]
        return (*scales, *flags, *duties)

    @cached_property
    def flags(self) -> tuple[str, ...]:
        return tuple(sorted(result.name for result in self.results if result.kind is ResultKind.flag))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """As a decision names the rules that it was made by: name, version and digest each."""
        return tuple(f"{policy.name} {policy.version} {policy.digest}" for policy in self.policies)

    @cached_property
    def signed_for(self) -> frozenset[str]:
        """The policies by which signatures move the class, as a decision names them."""
        return frozenset(
            f"{policy.name} {policy.version} {policy.digest}"
            for policy in self.policies
            if any(rule.result == CLASS and SIGNATURES in rule.when.settings() for rule in policy.rules)
        )

    @cached_property
    def policy_of(self) -> Mapping[str, str]:
        """The policy by which each rule, duty, call, seat and gate counts; what was moved counts by who moved it."""
        standing = {item.id: policy.name for policy in self.policies for item in policy.items()}
        return standing | {change.rule: policy.name for policy in self.policies for change in policy.changes}

    @cached_property
    def changes(self) -> Mapping[str, Change]:
        """By rule, what the organisation moved."""
        return {change.rule: change for policy in self.policies for change in policy.changes}

    def sentence(self, id_: str, language: str = "en") -> str:
        """The sentence of a rule, duty, call, seat, gate or thing; English where the language has none.

        For a rule that was moved, why it was moved stands behind its own.
        """
        for tongue in (language, "en"):
            for policy in self.policies:
                if found := policy.texts.get(tongue, {}).get(id_):
                    return f"{found} {self.changes[id_].because}" if id_ in self.changes else found
        raise KeyError(id_)
