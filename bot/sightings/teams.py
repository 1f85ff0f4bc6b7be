"""What was counted, by tool and team over all weeks, and how each stands to the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from bot.sightings.counting import Count, Key

OVER = frozenset({"declined", "blocked", "retired", "lapsed", "withdrawn"})
"""States of what is not in use, so that whoever sees it used should know."""
Stands = Literal["new", "asked", "known", "over", "unsure", "general"]
"""`known`: registered there; `asked`: its team is asked already; `over`: seen though it ended or may not be; `new`:
nobody said anything of it. `unsure` and `general` are told of and not asked about: the words may mean something else,
or say little of AI."""


class Use(Protocol):
    """Of the register."""

    @property
    def ref(self) -> str | None: ...

    @property
    def state(self) -> str: ...

    @property
    def asked(self) -> bool: ...


@dataclass
class Team:
    """One tool in one team. `people`: at least; `refs`: its uses there; `who`: only where that is wanted."""

    tool: str
    unit: str
    hits: int = 0
    people: int = 0
    sure: bool = False
    general: bool = True
    first: date | None = None
    last: date | None = None
    refs: tuple[str, ...] = ()
    who: frozenset[str] = frozenset()
    stands: Stands = "new"


def by_team(counts: Mapping[Key, Count], known: Mapping[tuple[str, str], Sequence[Use]]) -> list[Team]:
    """What is seen most first."""
    found: dict[tuple[str, str], Team] = {}
    people: dict[tuple[str, str], set[int]] = {}
    for key, count in counts.items():
        at = key.tool, key.unit
        _add(found.setdefault(at, Team(*at)), count)
        people.setdefault(at, set()).update(count.people)
    for at, team in found.items():
        team.people = max(len(people[at]), team.people)
    for (tool, unit), team in found.items():
        placed(team, known.get((tool, unit.casefold()), ()))
    return sorted(found.values(), key=lambda team: (-team.hits, team.tool, team.unit))


def placed(team: Team, uses: Sequence[Use]) -> None:
    """How it stands, by what the register holds of it."""
    team.refs, team.stands = tuple(use.ref for use in uses if use.ref), _stands(team, uses)


def _add(team: Team, count: Count) -> None:
    team.hits += count.hits
    team.people = max(team.people, count.claimed)
    team.who |= count.who
    team.sure, team.general = team.sure or count.sure, team.general and count.general
    team.first = min(filter(None, (team.first, count.first)), default=None)
    team.last = max(filter(None, (team.last, count.last)), default=None)


def _stands(team: Team, uses: Sequence[Use]) -> Stands:
    in_use = [use for use in uses if use.state not in OVER]
    if any(not use.asked for use in in_use):
        return "known"
    if in_use or uses:
        return "asked" if in_use else "over"
    if team.general:
        return "general"
    return "new" if team.sure else "unsure"
