"""Campaigns as they are kept: begun and ended with a line of the trail, answered by people whom nothing here names.

Who answered is known by a hash whose salt is thrown away at the end. What an amnesty was told with lies in `held` until
it is followed up, and is read by nothing but that.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import exists
from sqlmodel import Session, col, select

from intake.value import Value
from store import audit
from store.legible import rows
from store.stuck import FOLLOWED, is_about
from store.tables import AuditTextRow, CampaignAnswerRow, CampaignRow, CampaignToldRow
from store.trail import Record, sha256
from triage.campaign import ENOUGH, Campaign
from triage.outcome import Refused

CAMPAIGN = "campaign"
STARTED, ENDED = "campaign.started", "campaign.ended"
AT_ONCE = 50


class Telling(Value):
    """One line: the name of the tool, and the use that it became, or that was there already (then it is not `new`)."""

    id: str
    tool: str
    unit: str = ""
    purpose: str = ""
    use: str | None = None
    new: bool = True


class Count(NamedTuple):
    name: str
    people: int


class Figures(Value):
    """How many people answered, and how many of them what; of an amnesty, what few told is only counted."""

    answered: int = 0
    none: int = 0
    tools: tuple[Count, ...] = ()
    units: tuple[Count, ...] = ()
    other_tools: int = 0
    other_units: int = 0


class Held(NamedTuple):
    """What was told of in an amnesty that is over."""

    id: str
    use: str
    person: str
    purpose: str
    unit: str


def start(session: Session, campaign: Campaign) -> None:
    detail: dict[str, audit.Machine] = {
        "since": campaign.since.isoformat(),
        "until": campaign.until.isoformat(),
        "places": list(campaign.places),
        "everyone": campaign.everyone,
        "amnesty": campaign.amnesty,
    }
    line = audit.append(
        session,
        STARTED,
        actor=campaign.started_by,
        subject_kind=CAMPAIGN,
        subject_id=campaign.id,
        detail=detail,
        texts={"words": campaign.words} if campaign.words else {},
        at=campaign.at,
    )
    given = campaign.model_dump(exclude={"words", "ended_at", "places"})
    session.add(CampaignRow(**given, places=list(campaign.places), line=line, salt=secrets.token_hex(16)))
    session.flush()


def end(session: Session, id: str, *, by: str | None, now: datetime) -> bool:
    """False where it is over already. From now on nobody can work out who answered."""
    row = session.get(CampaignRow, id)
    if row is None or row.ended_at is not None:
        return False
    row.ended_at, row.ended_by, row.salt = now, by, None
    session.add(row)
    session.flush()
    detail, names = sealed(figures(session, _campaign(session, row)))
    about: dict[str, Any] = {"actor": by, "subject_kind": CAMPAIGN, "subject_id": id}
    audit.append(session, ENDED, **about, detail=detail, texts=names, at=now)
    return True


def sealed(found: Figures) -> tuple[dict[str, audit.Machine], dict[str, str]]:
    """What came of it, as the line of its end keeps it: numbers, and beside them what people called tools and teams."""
    counted = {"answered": found.answered, "none": found.none}
    counted |= {"tools": len(found.tools), "other_tools": found.other_tools}
    counted |= {"units": len(found.units), "other_units": found.other_units}
    lists = {"tools": found.tools, "units": found.units}
    names = {name: "\n".join(f"{each.people} {each.name}" for each in them) for name, them in lists.items()}
    return dict(counted), {name: text for name, text in names.items() if text}


def load(session: Session, id: str) -> Campaign | None:
    row = session.get(CampaignRow, id)
    return _campaign(session, row) if row is not None else None


def unended(session: Session) -> list[Campaign]:
    found = session.exec(select(CampaignRow).where(col(CampaignRow.ended_at).is_(None)))
    return [_campaign(session, row) for row in found]


def _campaign(session: Session, row: CampaignRow) -> Campaign:
    text = session.get(AuditTextRow, (row.line, "words"))
    given: dict[str, Any] = {name: getattr(row, name) for name in Campaign.model_fields if name != "words"}
    return Campaign.model_validate(given | {"places": tuple(row.places), "words": text.text if text else ""})


def _who(session: Session, id: str, person: str) -> str:
    """Raises Refused where it is over."""
    row = session.get(CampaignRow, id)
    if row is None or row.salt is None:
        raise Refused("campaign_over")
    return sha256(f"{row.salt}\n{person}")


def has_answered(session: Session, id: str, person: str) -> bool:
    return session.get(CampaignAnswerRow, (id, _who(session, id, person))) is not None


def answer(session: Session, id: str, person: str, said: Literal["none", "told"]) -> None:
    """Who told of something and says later that they use none has told of something."""
    who = _who(session, id, person)
    row = session.get(CampaignAnswerRow, (id, who)) or CampaignAnswerRow(campaign_id=id, who=who, said=said)
    row.said = "told" if "told" in (row.said, said) else said
    session.add(row)
    session.flush()


def tell(session: Session, campaign: Campaign, person: str, told: Sequence[Telling]) -> None:
    """What somebody told, once for each line."""
    answer(session, campaign.id, person, "told")
    who = _who(session, campaign.id, person)
    for each in told:
        if session.get(CampaignToldRow, each.id) is not None:
            continue
        held = {"person": person, "purpose": each.purpose} if campaign.amnesty and each.new else None
        about: dict[str, Any] = {"tool": each.tool, "unit": each.unit, "use_id": each.use, "held": held}
        session.add(CampaignToldRow(id=each.id, campaign_id=campaign.id, who=who, **about))
    session.flush()


def figures(session: Session, campaign: Campaign) -> Figures:
    said = session.exec(
        select(CampaignAnswerRow.said).where(CampaignAnswerRow.campaign_id == campaign.id)
    ).all()
    told = session.exec(select(CampaignToldRow).where(CampaignToldRow.campaign_id == campaign.id)).all()
    tools, units = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in told:
        tools[row.tool].add(row.who)
        units[row.unit].add(row.who)
    least = ENOUGH if campaign.amnesty else 1
    named_tools, other_tools = _counted(tools, least)
    named_units, other_units = _counted(units, least)
    return Figures(
        answered=len(said),
        none=sum(each == "none" for each in said),
        tools=named_tools,
        units=named_units,
        other_tools=other_tools,
        other_units=other_units,
    )


def _counted(found: Mapping[str, set[str]], least: int) -> tuple[tuple[Count, ...], int]:
    """Those that enough people told of, the most first; and how many others there are."""
    counts = [Count(name, len(people)) for name, people in found.items() if len(people) >= least]
    return tuple(sorted(counts, key=lambda each: (-each.people, each.name))), len(found) - len(counts)


def to_follow_up(session: Session, today: date) -> list[Held]:
    """What amnesties that are over were told, a part at a time; one ended early is over on the day it promised."""
    over = select(CampaignRow.id).where(col(CampaignRow.ended_at).is_not(None), CampaignRow.until < today)
    damaged = exists().where(*is_about(FOLLOWED, CampaignToldRow.id))
    wanted = select(CampaignToldRow).where(
        col(CampaignToldRow.campaign_id).in_(over), col(CampaignToldRow.held).is_not(None), ~damaged
    )
    found = session.exec(wanted.order_by(CampaignToldRow.id).limit(AT_ONCE)).all()
    return [
        Held(row.id, row.use_id or "", row.held["person"], row.held["purpose"], row.unit)
        for row in found
        if row.held is not None
    ]


def forget(session: Session, ids: Sequence[str]) -> None:
    """Their uses say whose they are from now on; here nothing does."""
    for row in session.exec(select(CampaignToldRow).where(col(CampaignToldRow.id).in_(list(ids)))):
        row.held = None
        session.add(row)
    session.flush()


def differences(session: Session) -> Iterator[str]:
    """Whether each campaign is the one that its lines tell, and ended when they say so."""
    begun = {line.subject[1]: line for line in audit.records(session) if line.what == STARTED}
    ended = {line.subject[1]: line for line in audit.records(session) if line.what == ENDED}
    kept = {row["id"]: row for row in rows(session, "campaign")}
    yield from (f"the campaign {id} is missing" for id in sorted(begun.keys() - kept.keys()))
    for id, row in sorted(kept.items()):
        line, last = begun.get(id), ended.get(id)
        if line is None:
            yield f"the campaign {id} is not in the trail"
            continue
        said = {name: row[name] for name in ("since", "until", "places", "everyone", "amnesty")}
        told = {name: line.detail.get(name) for name in said}
        whole = (told, line.at, line.actor, line.seq, last.at if last else None, last.actor if last else None)
        if whole != (said, *(row[name] for name in ("at", "started_by", "line", "ended_at", "ended_by"))):
            yield f"the campaign {id} is not as line {line.seq} tells it"
        yield from _unlike(session, id, last)


def _unlike(session: Session, id: str, line: Record | None) -> Iterator[str]:
    """Where it is over, as many have answered as its end tells; lines of before tell no number."""
    if line is None or "answered" not in line.detail:
        return
    said = [row["said"] for row in rows(session, "campaign_answer") if row["campaign_id"] == id]
    if (len(said), said.count("none")) != (line.detail["answered"], line.detail.get("none")):
        yield f"the answers to the campaign {id} are not as many as line {line.seq} tells"
