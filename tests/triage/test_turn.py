"""Whether many requests ask one person is what looking at each by itself says, whoever has a part in them."""

from __future__ import annotations

from datetime import date
from random import Random

from tests.builders import ANA, BEN, CLEO, DAN, EVE, NOW, a_desk
from triage.asks import Ask, Turn, is_asked
from triage.desk import Desk
from triage.staff import Away, Colleague

PEOPLE = (ANA, BEN, CLEO, DAN, EVE, "BEN-elsewhere", "somebody", "another")
ROLES = {"reviewer": frozenset({BEN, CLEO}), "legal": frozenset({DAN}), "privacy": frozenset[str]()}


def desk() -> Desk:
    """Cleo is away and named Eve; Ben is known by two ids."""
    away = Away(date(2026, 1, 1), date(2027, 1, 1), EVE)
    staff = {CLEO: Colleague(away=away)}

    def same(one: str, other: str) -> bool:
        return one.removesuffix("-elsewhere") == other.removesuffix("-elsewhere")

    return a_desk(now=NOW, roles=ROLES, same=same, staff=lambda person: staff.get(person, Colleague()))


def test_what_asks_alike_is_asked_alike() -> None:
    random, at = Random(7), desk()
    turns = {person: Turn(person, at) for person in PEOPLE}
    said = []
    for _ in range(600):
        asks = [
            Ask(
                seat=(roles := tuple(random.sample(sorted(ROLES), random.choice((1, 2)))))[0],
                roles=roles,
                out=tuple(random.sample(PEOPLE, random.randrange(4))),
                later=random.random() < 0.3,
                delegable=random.random() < 0.5,
            )
            for _ in range(random.choice((1, 1, 2)))
        ]
        for person, turn in turns.items():
            said.append(turn.is_asked(asks))
            assert said[-1] is is_asked(asks, person, at), (person, asks)
    assert 300 < sum(said) < len(said) - 300
