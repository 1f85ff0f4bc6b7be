"""What came of a campaign, in numbers: counted anew each day while an amnesty runs, and written down at its end.

From the end on no row of what was told is tied to another, so that the use that came of one does not name the rest.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from intake.value import Value
from store.tables import CampaignAnswerRow, CampaignRow, CampaignToldRow
from triage.campaign import ENOUGH, ROUGHLY, Campaign


class Count(NamedTuple):
    """`name`: that of a tool or a team; empty where none was named, or none may be."""

    name: str
    people: int


class Figures(Value):
    """How many people answered, and how many of them what; of an amnesty, what few told is only counted.

    `rough`: of one that still runs, in fives, so that no single answer shows.
    """

    answered: int = 0
    none: int = 0
    tools: tuple[Count, ...] = ()
    units: tuple[Count, ...] = ()
    other_tools: int = 0
    other_units: int = 0
    rough: bool = False


def figures(session: Session, campaign: Campaign, today: date) -> Figures:
    """What whoever leads reads. Of an amnesty that runs, as it was at the first look of the day."""
    row = session.get_one(CampaignRow, campaign.id)
    kept = row.figures or {}
    if kept.get("final"):
        return Figures.model_validate(kept["found"])
    if not campaign.amnesty or campaign.ended_at is not None:
        return _counted(session, campaign)
    if kept.get("on") != today.isoformat():
        kept = _keep(session, row, _roughly(session, campaign), on=today.isoformat())
    return Figures.model_validate(kept["found"])


def close(session: Session, row: CampaignRow, campaign: Campaign) -> None:
    """Its figures are written down once, and each row of what was told stands for itself from now on."""
    if (row.figures or {}).get("final"):
        return
    _keep(session, row, _counted(session, campaign), final=True)
    for told in session.exec(select(CampaignToldRow).where(CampaignToldRow.campaign_id == row.id)):
        told.who = secrets.token_hex(8)
        session.add(told)
    session.flush()


def _keep(session: Session, row: CampaignRow, found: Figures, **about: Any) -> dict[str, Any]:
    row.figures = {**about, "found": found.model_dump(mode="json")}
    session.add(row)
    session.flush()
    return row.figures


def _counted(session: Session, campaign: Campaign) -> Figures:
    answered = CampaignAnswerRow.campaign_id == campaign.id
    said = session.exec(select(CampaignAnswerRow.said).where(answered)).all()
    tools, units = _told(session, campaign)
    least = ENOUGH if campaign.amnesty else 1
    named_tools, other_tools = _named(tools, least)
    named_units, other_units = _named(units, least)
    return Figures(
        answered=len(said),
        none=sum(each == "none" for each in said),
        tools=named_tools,
        units=named_units,
        other_tools=other_tools,
        other_units=other_units,
    )


def _roughly(session: Session, campaign: Campaign) -> Figures:
    """In fives, and nothing of who uses none: whoever leads may know who was asked that morning."""
    exact = _counted(session, campaign)
    tools, units = (
        tuple(Count(each.name, _fives(each.people)) for each in found if each.people >= ROUGHLY)
        for found in (exact.tools, exact.units)
    )
    return Figures(answered=_fives(exact.answered), tools=tools, units=units, rough=True)


def _fives(number: int) -> int:
    return number - number % ROUGHLY


def _told(session: Session, campaign: Campaign) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Who told of each tool, and in each team."""
    tools, units = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    mine = col(CampaignToldRow.campaign_id) == campaign.id
    for row in session.exec(select(CampaignToldRow).where(mine)):
        tools[row.tool].add(row.who)
        units[row.unit].add(row.who)
    return tools, units


def _named(found: Mapping[str, set[str]], least: int) -> tuple[tuple[Count, ...], int]:
    """Those that enough people told of, the most first; and how many others there are."""
    counts = [Count(name, len(people)) for name, people in found.items() if len(people) >= least]
    return tuple(sorted(counts, key=lambda each: (-each.people, each.name))), len(found) - len(counts)
