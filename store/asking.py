"""When a campaign asks: in its channels at its beginning, midway and on its last working day; everybody twice at most.

Each step is a row, once for each campaign and person; whether it is still wanted is looked at when it falls due.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, exists, insert, literal
from sqlmodel import Session, col, select

from store import campaigns, outbox, people
from store.addresses import stands
from store.campaigns import CAMPAIGN
from store.reachable import Quiet, later, today
from store.tables import DoneRow, DueRow, EmployeeRow, OutboxRow, PersonRow, metadata
from triage.campaign import LEAD, STEPS, Campaign, Step, moments
from triage.desk import Desk

ASK = "campaign_ask"
"""A row that asks one person; its subject names campaign and person."""
TO_READ = "to_read"
"""A row that asks one person to read a policy (store/acknowledging.py)."""
EVERYBODY = "everybody"
"""A row that makes those rows, a part of the organisation at a look; it waits until none is left."""
PART = 200
SUMMARY, ASKED = "summary", "ask"
PRIORITY = 2
A_MINUTE = 20
"""So many people are asked at a look, behind whatever else fell due: no deadline waits for an organisation."""
BEHIND = timedelta(hours=1)
"""So long after a morning begins, when whatever somebody is reminded of by then has been written: that goes first."""
UNMET = timedelta(minutes=30)
"""Until it is looked again who somebody is of whom only the id is known."""
REMINDED: tuple[Step, ...] = ("midway", "last")


def plan(session: Session, campaign: Campaign, desk: Desk) -> None:
    """Its steps, as soon as it is started."""
    for step, at in moments(campaign, desk.calendar(), desk.now).items():
        _add(session, CAMPAIGN, campaign.id, step=STEPS.index(step), at=at)


def look(session: Session, row: DueRow, desk: Desk, quiet: Quiet, *, told: Collection[str] = ()) -> None:
    """A row that fell due; `told`: who has their message of the day from the same look."""
    session.add(row)
    campaign = campaigns.load(session, row.subject_id.partition("|")[0])
    if campaign is None or campaign.ended_at is not None:
        row.state = "dropped"
        return
    if row.subject_kind == ASK:
        _ask(session, row, campaign, desk, quiet, told)
        return
    step = STEPS[row.step]
    if row.kind == EVERYBODY:
        more = campaign.runs_on(desk.day) and _ask_part(session, campaign, step, desk)
        row.state = "waiting" if more else "done"
        return
    row.state = "done"
    if step == "end":
        end(session, campaign, desk, by=None)
    elif campaign.runs_on(desk.day):
        _say(session, campaign, step, desk)


def _say(session: Session, campaign: Campaign, step: Step, desk: Desk) -> None:
    """A message in each of its channels; those of before tell how long it still goes on."""
    if step in REMINDED:
        _redraw(session, campaign, desk)
    for place in campaign.places:
        _put(session, campaign, step, desk, place=place)
    if campaign.everyone and step != "midway":
        _add(session, CAMPAIGN, campaign.id, kind=EVERYBODY, step=STEPS.index(step), at=desk.now)


def _ask_part(session: Session, campaign: Campaign, step: Step, desk: Desk) -> bool:
    """Whether there may be more of them. Whoever answered is left out when it is their turn."""
    team, number = session.get_one(PersonRow, campaign.started_by).team, int(step == "last")
    named = _unmet(session, team)
    people.meet(session, team=team, slack_users=named, now=desk.now)
    part = _unasked(session, campaign, team, number)
    about: dict[str, Any] = {"subject_kind": ASK, "kind": CAMPAIGN, "step": number}
    about |= {"due_at": desk.now + BEHIND}
    rows = [DueRow(id=uuid4().hex, subject_id=f"{campaign.id}|{each}", **about) for each in part]
    if rows:
        session.connection().execute(insert(metadata.tables["due"]), [row.model_dump() for row in rows])
    return PART in (len(named), len(part))


def _unmet(session: Session, team: str) -> Sequence[str]:
    """Whom the people file names by an id of Slack that nobody has here yet."""
    known = exists().where(col(PersonRow.team) == team, col(PersonRow.slack_user) == EmployeeRow.slack_user)
    wanted = select(EmployeeRow.slack_user).where(EmployeeRow.slack_user != "", ~known).distinct()
    return session.exec(wanted.order_by(EmployeeRow.slack_user).limit(PART)).all()


def _unasked(session: Session, campaign: Campaign, team: str, number: int) -> Sequence[str]:
    """Of whom is known who they are in Slack, and who have no row of this step."""
    mine = col(DueRow.subject_id) == literal(f"{campaign.id}|") + col(PersonRow.id)
    step = col(DueRow.kind) == CAMPAIGN, col(DueRow.step) == number
    has = exists().where(col(DueRow.subject_kind) == ASK, mine, *step)
    here = select(PersonRow.id).where(PersonRow.team == team, col(PersonRow.gone_at).is_(None), ~has)
    return session.exec(here.order_by(PersonRow.id).limit(PART)).all()


def _ask(
    session: Session, row: DueRow, campaign: Campaign, desk: Desk, quiet: Quiet, told: Collection[str]
) -> None:
    """In the place of their message of the day; neither who answered is asked, nor who is no colleague."""
    person = row.subject_id.partition("|")[2]
    known = session.get(PersonRow, person)
    over = known is None or people.is_no_colleague(known) or not campaign.runs_on(desk.day)
    if over or campaigns.has_answered(session, campaign.id, person):
        row.state = "dropped"
    elif known is not None and not known.name:
        row.due_at = desk.now + UNMET
    elif (then := later(session, [person], desk, quiet)) is not None:
        row.due_at = then + BEHIND
    elif person in told:
        row.due_at = desk.calendar(person).next_morning(desk.now) + BEHIND
    else:
        row.state = "done"
        session.add(DoneRow(key=today(person, desk), at=desk.now))
        _put(session, campaign, ASKED, desk, person=person)


def end(session: Session, campaign: Campaign, desk: Desk, *, by: str | None) -> None:
    """No button is left, and whoever leads reads what came of it, in numbers."""
    if not campaigns.end(session, campaign.id, by=by, now=desk.now):
        return
    _redraw(session, campaign, desk)
    if (reader := reader_of(campaign, desk)) is not None:
        _put(session, campaign, SUMMARY, desk, person=reader)


def reader_of(campaign: Campaign, desk: Desk) -> str | None:
    """Who hears what comes of it: whoever started it, while they lead; else whoever does."""
    leads = [each for each in sorted(desk.roles.get(LEAD, ())) if not desk.staff(each).gone]
    return campaign.started_by if campaign.started_by in leads else next(iter(leads), None)


def is_spent(session: Session) -> bool:
    """Whether rows tell whom a campaign asked that is over: whoever was not asked a second time had answered."""
    asked = select(DueRow.id).where(DueRow.subject_kind == ASK).limit(1)
    return session.exec(asked).first() is not None and not campaigns.unended(session)


def forget_asked(session: Session) -> None:
    if is_spent(session):
        session.connection().execute(delete(DueRow).where(col(DueRow.subject_kind) == ASK))


def _redraw(session: Session, campaign: Campaign, desk: Desk) -> None:
    for place in campaign.places:
        for step in STEPS:
            name, purpose = _name(campaign, step, place), _purpose(step)
            waits = select(OutboxRow.id).where(OutboxRow.coalesce == name, OutboxRow.kind == "post")
            waiting = session.exec(waits.where(col(OutboxRow.state).in_(outbox.OPEN)).limit(1)).first()
            if waiting or stands(session, campaign.id, purpose, place, kind=CAMPAIGN):
                _put(session, campaign, step, desk, place=place, kind="update")


def _put(
    session: Session,
    campaign: Campaign,
    step: str,
    desk: Desk,
    *,
    place: str | None = None,
    person: str | None = None,
    kind: str = "post",
) -> None:
    outbox.put(
        session,
        kind=kind,
        place_id=place,
        person_id=person,
        subject_kind=CAMPAIGN,
        subject_id=campaign.id,
        purpose=_purpose(step) if place else None,
        payload={"say": CAMPAIGN, "campaign": campaign.id, "step": step},
        priority=PRIORITY,
        coalesce=_name(campaign, step, place) if place else None,
        now=desk.now,
    )


def _purpose(step: str) -> str:
    return f"{CAMPAIGN}:{step}"


def _name(campaign: Campaign, step: str, place: str | None) -> str:
    return f"{CAMPAIGN}:{campaign.id}:{step}:{place}"


def _add(
    session: Session, subject: str, about: str, *, step: int, at: datetime, kind: str = CAMPAIGN
) -> None:
    """Once: a row of before, done or not, is left as it is."""
    known: dict[str, Any] = {"subject_kind": subject, "subject_id": about, "kind": kind, "step": step}
    mine = [getattr(DueRow, name) == value for name, value in known.items()]
    if session.exec(select(DueRow.id).where(*mine)).first() is None:
        session.add(DueRow(id=uuid4().hex, **known, due_at=at))
