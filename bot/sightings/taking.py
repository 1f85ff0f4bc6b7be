"""What was counted becomes questions: a use for each tool in each team that the register does not know there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from bot.inventory.disclosure import ID_LENGTH, TITLE_LENGTH, shortened, with_key
from bot.inventory.taking import ROWS_AT_ONCE
from bot.office import Office
from bot.sightings.counting import Count, Counting, Key
from bot.sightings.teams import Team, by_team
from bot.words import Words
from intake.answers import answered
from intake.catalogue import Catalogue
from store.offers import look_through
from store.sightings import Reading, Seen, registered, take, taken_before
from triage.commands import Disclose

MAP = "sightings"
"""Where such uses come from, as inventories have their maps."""


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


def look_up(office: Office, counting: Counting) -> list[Team]:
    """With what the register knows of them."""
    with office.store.read() as session:
        known = registered(session, {key.tool for key in counting.counts})
    return by_team(counting.counts, known)


def keep(office: Office, reading: Reading, counting: Counting, teams: Iterable[Team]) -> bool:
    """A question for each that is new, then the counts; False where the same file was taken in meanwhile.

    In this order, so that the same file once more goes on where a first try was stopped.
    """
    asked = [team for team in teams if team.stands == "new"]
    wishes = [to_question(team, reading, office.library.catalogue, office.words) for team in asked]
    for start in range(0, len(wishes), ROWS_AT_ONCE):
        office.ledger.execute_many(wishes[start : start + ROWS_AT_ONCE], office.desk({}))
    with office.store.write() as session:
        if wishes:
            look_through(session, office.now())
        if taken_before(session, reading.digest) is not None:
            return False
        take(session, reading, to_seen(counting.counts, office.desk({}).day), office.now())
    return True


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
