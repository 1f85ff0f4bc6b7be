"""What a log or list shows of AI: what is asked about, what stood on record, and what is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.sightings.teams import Team
from bot.slack import blocks as b
from bot.slack.message import Message, message
from bot.slack.scene import Voice
from intake.catalogue import Catalogue

MOST = 10
"""Lines in one message; the rest is counted, and the command line lists all."""
STATES = ("new", "asked", "over", "known", "unsure", "general")


class Sightings(NamedTuple):
    """What one list came to. `kind` of list; rows `read` and `refused`; `before`: it was taken in already."""

    kind: str
    read: int
    refused: int
    teams: Sequence[Team]
    before: bool = False


def sightings(voice: Voice, found: Sightings, catalogue: Catalogue) -> Message:
    words, teams = voice.words, found.teams
    named = [team for team in teams if team.stands in ("new", "over")]
    page = words.page(
        "sighted",
        where=words.label(f"sightings.{found.kind}"),
        read=found.read,
        refused=found.refused,
        before=found.before,
        tools=len({team.tool for team in teams}),
        teams=len({team.unit for team in teams}),
        counts={state: sum(team.stands == state for team in teams) for state in STATES},
        rows=[_row(team, catalogue) for team in named[:MOST]],
        more=max(0, len(named) - MOST),
        why="",
        problem="",
    )
    return message(
        words, page["head"], [*b.sections(page["head"]), *b.sections(page["rows"]), b.context(page["foot"])]
    )


def sightings_unread(voice: Voice, why: str, problem: str = "") -> Message:
    """`why`: too_large, not_given, or unfit with the problem in words."""
    text = voice.words.page("sighted", why=why, problem=problem)["unread"]
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
