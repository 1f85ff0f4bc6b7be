"""What was counted becomes questions: a use for each tool in each team that the register does not know there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from bot.inventory.disclosure import ID_LENGTH, TITLE_LENGTH, shortened, with_key
from bot.inventory.taking import ROWS_AT_ONCE
from bot.office import Office
from bot.sightings.counting import MOST, Count, Counting, Key
from bot.sightings.teams import Team, by_team, placed
from bot.words import Words
from intake.answers import answered
from intake.catalogue import Catalogue
from store.offers import look_through
from store.sightings import SIGHTINGS, Reading, Seen, asked_before, registered, take, taken_before
from triage.commands import Disclose

MOST_ASKED = 500
"""New questions of one list, those that are seen most first; a longer list is one of something else than teams."""


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
    together = {"hits": min(one.hits + other.hits, MOST), "people": max(one.people, other.people)}
    together |= {"sure": one.sure or other.sure, "general": one.general and other.general}
    return dated.model_copy(update=together)


def look_up(office: Office, counting: Counting) -> list[Team]:
    """With what the register knows of them, also where a question that was asked once stands elsewhere by now."""
    with office.store.read() as session:
        teams = by_team(counting.counts, registered(session, {key.tool for key in counting.counts}))
        rest = {source_id(team.tool, team.unit): team for team in teams if not team.refs}
        for id, use in asked_before(session, rest).items():
            placed(rest[id], [use])
    return teams


def keep(office: Office, reading: Reading, counting: Counting, teams: Iterable[Team], *, run: str) -> None:
    """A question for each that is new, then the counts as `run`, unless the same file was taken in meanwhile.

    In this order, so that the same file once more goes on where a first try was stopped.
    """
    asked = [team for team in teams if team.stands == "new"][:MOST_ASKED]
    wishes = [to_question(team, reading, office.library.catalogue, office.words) for team in asked]
    for start in range(0, len(wishes), ROWS_AT_ONCE):
        office.ledger.execute_many(wishes[start : start + ROWS_AT_ONCE], office.desk({}))
    with office.store.write() as session:
        if wishes:
            look_through(session, office.now())
        if taken_before(session, reading.digest) is None:
            seen = to_seen(counting.counts, office.desk({}).day)
            take(session, reading, seen, office.now(), run=run)


def to_question(team: Team, reading: Reading, catalogue: Catalogue, words: Words) -> Disclose:
    """Is this yours? It says what was seen and where, and nobody by name."""
    tool = catalogue.get(team.tool)
    name = tool.name if tool else team.tool
    where = words.label(f"sightings.{reading.kind}")
    id = source_id(team.tool, team.unit)
    wish = Disclose(
        actor="",
        key="",
        case=uuid5(NAMESPACE_URL, f"{SIGHTINGS}\n{id}").hex,
        via="log",
        source_map=SIGHTINGS,
        source_id=id,
        title=shortened(name, TITLE_LENGTH),
        unit=team.unit,
        tool_id=tool.id if tool else None,
        tool_name=name,
        words=_said(team, where, words),
        answers={"tool": answered(tool.id if tool else name)},
    )
    return with_key(wish, 0)


def _said(team: Team, where: str, words: Words) -> str:
    """Only what the list says: nothing of people or days where it names none."""
    people = words.label("sightings.people", count=team.people) if team.people else ""
    days = ""
    if team.first and team.last:
        first, last = words.day(team.first), words.day(team.last)
        key = "sightings.day" if first == last else "sightings.days"
        days = words.label(key, first=first, last=last)
    times = words.label("sightings.times", count=team.hits)
    return words.label("sightings.words", where=where, times=times, people=people, days=days)


def source_id(tool: str, unit: str) -> str:
    """The same tool in the same team is the same question for ever."""
    id = f"{tool}:{unit.casefold()}"
    return (
        id if len(id) <= ID_LENGTH else f"{tool}:{hashlib.sha256(unit.casefold().encode()).hexdigest()[:32]}"
    )
