"""What was counted becomes questions: a use for each tool in each team that the register does not know there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from bot.inventory.disclosure import ID_LENGTH, TITLE_LENGTH, shortened, with_key
from bot.inventory.taking import ROWS_AT_ONCE
from bot.office import Office
from bot.sightings.counting import Count, Counting, Key
from bot.words import Words
from intake.answers import answered
from intake.catalogue import Catalogue
from store.offers import look_through
from store.sightings import Known, Reading, Seen, registered, take
from triage.commands import Disclose

MAP = "sightings"
"""Where such uses come from, as inventories have their maps."""
OVER = frozenset({"declined", "blocked", "retired", "lapsed"})
"""What is seen though the register says that it ended or may not be."""


@dataclass
class Team:
    """One tool in one team, over all weeks."""

    tool: str
    unit: str
    hits: int = 0
    people: int = 0
    sure: bool = False
    general: bool = True
    first: date | None = None
    last: date | None = None
    known: list[Known] = field(default_factory=list)

    @property
    def stands(self) -> str:
        """`over`: seen though it ended or may not be; `known`: registered there; `new`: nobody said anything of it;
        `unsure` and `general` are told of and not asked about: the words mean something else, or have little of AI."""
        if any(use.state not in OVER for use in self.known):
            return "known"
        if self.known:
            return "over"
        if self.general:
            return "general"
        return "new" if self.sure else "unsure"


def to_seen(counts: Mapping[Key, Count], today: date) -> list[Seen]:
    """What is kept; what bears no date stands in the week of the taking in."""
    week = today - timedelta(days=today.weekday())
    found: dict[tuple[str, str, date], Seen] = {}
    for key, count in counts.items():
        row = Seen(
            tool_id=key.tool,
            unit=key.unit,
            week=key.week or week,
            hits=count.hits,
            people=count.number,
            sure=count.sure,
            general=count.general,
            first_on=count.first,
            last_on=count.last,
        )
        at = (row.tool_id, row.unit, row.week)
        found[at] = _with(found[at], row) if at in found else row
    return list(found.values())


def _with(one: Seen, other: Seen) -> Seen:
    """Dated and undated rows of the same week."""
    dated = one if one.first_on else other
    together = {"hits": one.hits + other.hits, "people": max(one.people, other.people)}
    together |= {"sure": one.sure or other.sure, "general": one.general and other.general}
    return dated.model_copy(update=together)


def by_team(counts: Mapping[Key, Count], known: Mapping[tuple[str, str], list[Known]]) -> list[Team]:
    """Over all weeks, what is seen most first."""
    found: dict[tuple[str, str], Team] = {}
    for key, count in counts.items():
        team = found.setdefault((key.tool, key.unit), Team(key.tool, key.unit))
        team.hits += count.hits
        team.people = max(team.people, count.number)
        team.sure, team.general = team.sure or count.sure, team.general and count.general
        team.first = min(filter(None, (team.first, count.first)), default=None)
        team.last = max(filter(None, (team.last, count.last)), default=None)
    for (tool, unit), team in found.items():
        team.known = known.get((tool, unit.casefold()), [])
    return sorted(found.values(), key=lambda team: (-team.hits, team.tool, team.unit))


def look_up(office: Office, counting: Counting) -> list[Team]:
    """With what the register knows of them."""
    with office.store.read() as session:
        known = registered(session, {key.tool for key in counting.counts})
    return by_team(counting.counts, known)


def keep(office: Office, reading: Reading, counting: Counting, teams: Iterable[Team]) -> None:
    """The counts first; then a question for each that is new, which goes on where it was stopped."""
    with office.store.write() as session:
        take(session, reading, to_seen(counting.counts, office.desk({}).day), office.now())
    wishes = [
        to_question(team, reading, office.library.catalogue, office.words)
        for team in teams
        if team.stands == "new"
    ]
    for start in range(0, len(wishes), ROWS_AT_ONCE):
        office.ledger.execute_many(wishes[start : start + ROWS_AT_ONCE], office.desk({}))
    if wishes:
        with office.store.write() as session:
            look_through(session, office.now())


def to_question(team: Team, reading: Reading, catalogue: Catalogue, words: Words) -> Disclose:
    """Is this yours? It says what was seen and where, and nobody by name."""
    tool = catalogue.get(team.tool)
    name = tool.name if tool else team.tool
    where = words.label(f"sightings.{reading.kind}")
    title = words.label("sightings.title", tool=name, where=where)
    said = words.label(
        "sightings.words",
        where=where,
        hits=f"{team.hits:,}",
        people=f"{team.people:,}",
        first=team.first.isoformat() if team.first else "",
        last=team.last.isoformat() if team.last else "",
    )
    id = source_id(team.tool, team.unit)
    wish = Disclose(
        actor="",
        key="",
        case=uuid5(NAMESPACE_URL, f"{MAP}\n{id}").hex,
        via="log",
        source_map=MAP,
        source_id=id,
        title=shortened(title, TITLE_LENGTH),
        unit=team.unit,
        tool_id=tool.id if tool else None,
        tool_name=name,
        words=said,
        answers={"tool": answered(tool.id if tool else name)},
    )
    return with_key(wish, 0)


def source_id(tool: str, unit: str) -> str:
    """The same tool in the same team is the same question for ever."""
    id = f"{tool}:{unit.casefold()}"
    return (
        id if len(id) <= ID_LENGTH else f"{tool}:{hashlib.sha256(unit.casefold().encode()).hexdigest()[:32]}"
    )
