"""What a log or list shows of AI: what is asked about, what stood on record, and what is left alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from bot.markup import cut, one_line
from bot.sightings.teams import Team
from bot.slack import blocks as b
from bot.slack.message import Message, message
from bot.slack.scene import Voice
from intake.catalogue import Catalogue

COLUMNS = 6
"""So many columns of a list that says nothing are named."""
MOST = 10
"""Lines in one message; the rest is counted, and the command line lists all."""
STATES = ("new", "asked", "over", "known", "unsure", "general")


class Sightings(NamedTuple):
    """What one list came to. `kind` of list; rows `read` and `refused`; `before`: it was taken in already.

    `units`: those with a channel of their own, so that they can be asked.
    """

    kind: str
    read: int
    refused: int
    teams: Sequence[Team]
    before: bool = False
    units: Collection[str] = ()


def sightings(voice: Voice, found: Sightings, catalogue: Catalogue) -> Message:
    words, teams = voice.words, found.teams
    tools = {team.tool for team in teams if not team.general}
    named = [team for team in teams if team.stands in ("new", "over")]
    page = words.page(
        "sighted",
        where=words.label(f"sightings.{found.kind}"),
        read=found.read,
        refused=found.refused,
        before=found.before,
        tools=len(tools),
        general=len({team.tool for team in teams} - tools),
        teams=len({team.unit for team in teams if team.unit}),
        unplaced=sum(team.stands == "new" and team.unit not in found.units for team in teams),
        counts={state: sum(team.stands == state for team in teams) for state in STATES},
        rows=[_row(team, catalogue) for team in named[:MOST]],
        more=max(0, len(named) - MOST),
        why="",
        problem="",
        there=(),
    )
    return message(
        words, page["head"], [*b.sections(page["head"]), *b.sections(page["rows"]), b.context(page["foot"])]
    )


def sightings_unread(voice: Voice, why: str, problem: str = "", there: Sequence[str] = ()) -> Message:
    """`why`: too_large, not_given, sheet, no_tool with the columns that are `there`, or unfit with the problem."""
    names = [cut(one_line(each), 40) for each in there[:COLUMNS]]
    text = voice.words.page("sighted", why=why, problem=problem, there=names)["unread"]
    return message(voice.words, text, b.sections(text))


def _row(team: Team, catalogue: Catalogue) -> dict[str, object]:
    tool = catalogue.get(team.tool)
    return {
        "tool": tool.name if tool else team.tool,
        "unit": team.unit,
        "hits": team.hits,
        "people": team.people,
        "over": team.stands == "over",
        "refs": list(team.refs),
    }
