"""Who is asked for a yes, as far as the request itself says it; who holds a role, and decides in it, is looked at when
it is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from triage.case import Delegated
from triage.deputies import deputed, standing_in
from triage.desk import Desk


class Ask(NamedTuple):
    """One seat that is not filled: its role and those that come after it, and who may not fill it.

    `later`: its step has not begun. `delegable`: whoever is away may have it filled by a deputy; not so what is
    confidential, which stays among those who know of it.
    """

    seat: str
    roles: tuple[str, ...]
    out: tuple[str, ...]
    later: bool = False
    delegable: bool = False


def able_for(ask: Ask, desk: Desk) -> tuple[str, ...]:
    """Who is left in the first of its roles in which anybody is, and who stands in for them."""
    for role in ask.roles:
        if left := set(_left(role, ask, desk)):
            return tuple(sorted(left | deputies_for(ask, desk).keys()))
    return ()


def deputies_for(ask: Ask, desk: Desk) -> dict[str, Delegated]:
    """Who may fill it for somebody who could and is away; those who come after its own role pass it on to nobody."""
    if not ask.delegable:
        return {}
    named = standing_in(_left(ask.roles[0], ask, desk), ask.roles[0], desk)
    return {deputy: of for deputy, of in named.items() if not _is_out(deputy, ask, desk)}


def people_of(asks: Collection[Ask], desk: Desk) -> tuple[str, ...]:
    """Whoever can say yes now, else those of later steps."""
    for later in (False, True):
        if people := {each for ask in asks if ask.later is later for each in able_for(ask, desk)}:
            return tuple(sorted(people))
    return ()


def is_asked(asks: Collection[Ask], person: str, desk: Desk) -> bool:
    """The same for one person, without working out who else is asked where that does not matter."""
    now = [ask for ask in asks if not ask.later]
    if any(_is_left(ask, person, desk) for ask in now):
        return True
    mine = [ask for ask in asks if ask.later and _is_left(ask, person, desk)]
    return bool(mine) and not any(able_for(ask, desk) for ask in now)


class Turn:
    """Whether it is one person's turn, for many requests: what asks alike is worked out once.

    Most of those with a part in a request hold no role and stand in for nobody, so it is alike without them.
    """

    def __init__(self, person: str, desk: Desk) -> None:
        self.person, self.desk = person, desk
        holders = {one for held in desk.roles.values() for one in held}
        deputies = {told[0] for one in holders if (told := deputed(one, desk))}
        self._anybody = {person, *holders, *deputies}
        self._known: dict[tuple[Ask, ...], bool] = {}
        self._matters: dict[str, bool] = {}

    def is_asked(self, asks: Iterable[Ask]) -> bool:
        alike = tuple(map(self._alike, asks))
        found = self._known.get(alike)
        if found is None:
            found = self._known[alike] = is_asked(alike, self.person, self.desk)
        return found

    def _alike(self, ask: Ask) -> Ask:
        left = tuple(filter(self._may_matter, ask.out))
        return ask if left == ask.out else ask._replace(out=left)

    def _may_matter(self, one: str) -> bool:
        if one not in self._matters:
            self._matters[one] = one in self._anybody or any(
                self.desk.same(each, one) for each in self._anybody
            )
        return self._matters[one]


def may_be_asked(ask: Ask, person: str, desk: Desk) -> bool:
    """Now or in a later step."""
    return _is_left(ask, person, desk)


def _is_left(ask: Ask, person: str, desk: Desk) -> bool:
    if person in deputies_for(ask, desk):
        return True
    for role in ask.roles:
        if desk.decides(person, role) and not _is_out(person, ask, desk):
            return True
        if any(True for _ in _left(role, ask, desk)):
            return False
    return False


def _left(role: str, ask: Ask, desk: Desk) -> Iterator[str]:
    return (person for person in desk.deciders(role) if not _is_out(person, ask, desk))


def _is_out(person: str, ask: Ask, desk: Desk) -> bool:
    return any(desk.same(person, one) for one in ask.out)
