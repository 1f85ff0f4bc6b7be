"""Campaigns as they are kept: begun and ended with a line of the trail, answered by people whom nothing here names.

Who answered is known by a hash whose salt is thrown away at the end. What an amnesty was told with lies in `held` until
it is followed up, and is read by nothing but that.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import exists
from sqlmodel import Session, col, select

from intake.value import Value
from store import audit, turnout
from store.erasing import overwrite
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
    """One line: the name of the tool, and the use that it became, or that was there already (then it is not `new`).

    `tool_id`: where the catalogue knows it. `on`: the day on which it was told.
    """

    id: str
    tool: str
    tool_id: str | None = None
    on: date | None = None
    unit: str = ""
    purpose: str = ""
    use: str | None = None
    new: bool = True


class Held(NamedTuple):
    """What was told of in an amnesty that is over. `name`: what a tool was called that the catalogue does not know."""

    id: str
    use: str
    person: str
    purpose: str
    unit: str
    name: str = ""


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
    """False where it is over already. From now on these rows tell nobody who answered, nor that two lines are one's."""
    row = session.get(CampaignRow, id)
    if row is None or row.ended_at is not None:
        return False
    overwrite(session)
    row.ended_at, row.ended_by, row.salt = now, by, None
    session.add(row)
    turnout.close(session, row, _campaign(session, row))
    session.flush()
    detail, names = sealed(turnout.figures(session, _campaign(session, row), now.date()))
    about: dict[str, Any] = {"actor": by, "subject_kind": CAMPAIGN, "subject_id": id}
    audit.append(session, ENDED, **about, detail=detail, texts=names, at=now)
    return True


def sealed(found: turnout.Figures) -> tuple[dict[str, audit.Machine], dict[str, str]]:
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
        held = _held(person, each) if campaign.amnesty and each.new else None
        tool = "" if campaign.amnesty and each.tool_id is None else each.tool
        about: dict[str, Any] = {"tool": tool, "unit": each.unit, "use_id": each.use, "held": held}
        session.add(CampaignToldRow(id=each.id, campaign_id=campaign.id, who=who, **about))
    session.flush()


def _held(person: str, told: Telling) -> dict[str, Any]:
    """What somebody calls a tool that nobody knows may be anything: it is theirs like the rest of what they say."""
    on = told.on.isoformat() if told.on else ""
    about = {"tool": told.tool_id} if told.tool_id else {"name": told.tool}
    return {"person": person, "purpose": told.purpose, "on": on, **about}


def told_before(session: Session, campaign: Campaign, told: Telling) -> list[CampaignToldRow]:
    """Where it was told already in the same campaign, of the same team, the first one first."""
    mine = (CampaignToldRow.campaign_id == campaign.id, CampaignToldRow.id != told.id)
    wanted = (told.tool.casefold(), told.unit.casefold())
    found = session.exec(select(CampaignToldRow).where(*mine).order_by(CampaignToldRow.id))
    return [
        row
        for row in found
        if (row.use_id or row.held)
        and ((row.tool or (row.held or {}).get("name", "")).casefold(), row.unit.casefold()) == wanted
    ]


def to_take_in(session: Session, today: date) -> list[str]:
    """What amnesties were told before today and the register does not know yet, mixed; what few told waits for more.

    Taken in as it comes, or one person's by itself, uses would show that they are of one person, and when it was.
    """
    held = (col(CampaignToldRow.held).is_not(None), col(CampaignToldRow.use_id).is_(None))
    of_each = defaultdict[str, list[CampaignToldRow]](list)
    for row in session.exec(select(CampaignToldRow).where(*held).order_by(CampaignToldRow.id)):
        if row.held is not None and row.held.get("on", "") < today.isoformat():
            of_each[row.campaign_id].append(row)
    found: list[str] = []
    for id, told in of_each.items():
        people = {row.held["person"] for row in told if row.held is not None}
        campaign = session.get_one(CampaignRow, id)
        if len(people) >= ENOUGH or (campaign.ended_at is not None and campaign.until < today):
            found += [row.id for row in told]
    return sorted(found)


def to_follow_up(session: Session, today: date) -> list[Held]:
    """What amnesties that are over were told, a part at a time; one ended early is over on the day it promised."""
    over = select(CampaignRow.id).where(col(CampaignRow.ended_at).is_not(None), CampaignRow.until < today)
    damaged = exists().where(*is_about(FOLLOWED, CampaignToldRow.id))
    wanted = select(CampaignToldRow).where(
        col(CampaignToldRow.campaign_id).in_(over),
        col(CampaignToldRow.held).is_not(None),
        col(CampaignToldRow.use_id).is_not(None),
        ~damaged,
    )
    found = session.exec(wanted.order_by(CampaignToldRow.id).limit(AT_ONCE)).all()
    return [
        Held(
            row.id,
            row.use_id or "",
            row.held["person"],
            row.held["purpose"],
            row.unit,
            row.held.get("name", ""),
        )
        for row in found
        if row.held is not None
    ]


def forget(session: Session, ids: Sequence[str]) -> None:
    """Their uses say whose they are from now on; here nothing does."""
    overwrite(session)
    for row in session.exec(select(CampaignToldRow).where(col(CampaignToldRow.id).in_(list(ids)))):
        row.held = None
        session.add(row)
    session.flush()


def to_close(session: Session) -> list[CampaignRow]:
    """Those that ended when their figures were not written down yet."""
    found = session.exec(select(CampaignRow).where(col(CampaignRow.ended_at).is_not(None)))
    return [row for row in found if not (row.figures or {}).get("final")]


def close(session: Session) -> None:
    for row in to_close(session):
        turnout.close(session, row, _campaign(session, row))


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
