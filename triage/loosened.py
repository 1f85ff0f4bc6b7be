"""Where one rule book lets pass what another one stopped. In doubt it does: only what is sure is called stricter."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from intake.condition import Asked, Condition, Every, Not, Some, Stated
from intake.value import Value
from triage.own import OWN
from triage.rules import Rule, RuleBook, Seat


class How(StrEnum):
    removed = "removed"
    lowered = "lowered"
    narrowed = "narrowed"


class Loosened(Value):
    """A rule that lifts less than it did, or a seat that asks less: it is gone, lower, or may hold less often."""

    rule: str
    how: How


def loosened(old: RuleBook, new: RuleBook) -> tuple[Loosened, ...]:
    """Nothing of it: by the new book no bound of any use is lower than by the old one, and nobody is asked less."""
    levels = {result.name: result.levels for result in old.results}
    after = {rule.id: rule for rule in new.rules()}
    found = []
    for rule in old.rules():
        if rule.level != levels[rule.result][0] and (how := _how(rule, after.get(rule.id), new)) is not None:
            found.append(Loosened(rule=rule.id, how=how))
    asked = {seat.id: seat for seat in new.seats()}
    # Ours ask by results, so they ask less only where a rule lifts less, which is said already.
    for seat in (seat for policy in old.policies if policy.name == OWN for seat in policy.seats):
        if (how := _seat(seat, asked.get(seat.id))) is not None:
            found.append(Loosened(rule=seat.id, how=how))
    return tuple(found)


def _seat(old: Seat, new: Seat | None) -> How | None:
    """Somebody's yes that is no longer needed, or that more people can give."""
    if new is None or new.role != old.role:
        return How.removed
    more = set(new.fallback) - set(old.fallback) or set(new.unless) - set(old.unless)
    eased = (old.apart and not new.apart) or (old.delegable is False and new.delegable is not False)
    if new.people < old.people or eased or more or (new.delegable and not old.delegable):
        return How.lowered
    return None if implies(old.when, new.when) else How.narrowed


def _how(old: Rule, new: Rule | None, book: RuleBook) -> How | None:
    if new is None or new.result != old.result:
        return How.removed
    levels = next(result.levels for result in book.results if result.name == new.result)
    if old.level not in levels or levels.index(new.level) < levels.index(old.level):
        return How.lowered
    return None if implies(old.when, new.when) else How.narrowed


def implies(one: Condition, other: Condition) -> bool:
    """Whether its shape alone shows that `other` holds wherever `one` does, and is possible wherever that is.

    A no is no proof of the opposite. It is Kleene's logic that makes each step right for what is not known, too.
    """
    return _Implying().of(one, other)


class _Implying:
    """Each pair is looked at once: deep conditions would else take longer than anybody waits."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bool] = {}

    def of(self, one: Condition, other: Condition) -> bool:
        pair = id(one), id(other)
        if pair not in self._known:
            self._known[pair] = one == other or any(self._steps(one, other))
        return self._known[pair]

    def _steps(self, one: Condition, other: Condition) -> Iterator[bool]:
        match one, other:
            case Asked(), Asked():
                yield one.question == other.question and one.picked <= other.picked
            case Stated(), Stated():
                yield one.setting == other.setting and one.values <= other.values
            case Not(), Not():
                yield self.of(other.of, one.of)
        if isinstance(one, Some) and one.of:
            yield self._some_in(one, other)
        if isinstance(other, Every):
            yield all(self.of(one, part) for part in other.of)
        if isinstance(one, Every):
            yield any(self.of(part, other) for part in one.of)
        if isinstance(other, Some) and other.count == 1:
            yield any(self.of(one, part) for part in other.of)

    def _some_in(self, one: Some, other: Condition) -> bool:
        """One of several: each of them has to be enough. Several: the same ones, among those of the other."""
        if one.count == 1:
            return all(self.of(part, other) for part in one.of)
        if not isinstance(other, Some) or other.count > one.count:
            return False
        left = list(other.of)
        for part in one.of:
            if part not in left:
                return False
            left.remove(part)
        return True
