"""What somebody tells a campaign becomes uses of the register: at once, and in an amnesty together with others'."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from uuid import uuid4

from sqlmodel import Session, col, select

from store import audit, campaigns
from store.campaigns import Held, Telling
from store.employees import of_person
from store.engine import Store
from store.ledger import Ledger, carry_out
from store.queries import may_see
from store.records import load
from store.sightings import registered
from store.stuck import FOLLOWED, go_through
from store.tables import CampaignToldRow, UseRow
from triage.campaign import Campaign
from triage.case import Case
from triage.desk import Desk
from triage.disclosures import AMNESTY, FollowUp, TellUse
from triage.lifecycle import FINAL, NOT_IN_USE
from triage.orphans import is_unnamed
from triage.outcome import Refused
from triage.register import Reader

TOLD = "campaign:told"


def covers_anybody(session: Session, tool: str) -> bool:
    """Whether a use of that tool is on record that somebody could join, or that is on its way to it.

    A confidential one counts as none: whoever hears nothing would else know that there is one.
    """
    mine = (UseRow.tool_id == tool, col(UseRow.state).not_in(NOT_IN_USE), ~col(UseRow.confidential))
    return session.exec(select(UseRow.id).where(*mine).limit(1)).first() is not None


def tell(
    store: Store, ledger: Ledger, campaign: Campaign, told: Sequence[Telling], reader: Reader, desk: Desk
) -> list[Case | None]:
    """All of it or nothing; the same window once more changes nothing. For each line the use that covers it already.

    `reader` is who tells. Whatever they may not hear of is no reason to say anything else to them, nor to keep less.
    """
    with store.write() as session:
        session.execute(audit.HEAD)  # two who tell at once come one after the other
        campaigns.answer(session, campaign.id, reader.person, "told")
        return [_tell(session, ledger, campaign, each, reader, desk) for each in told]


def _tell(
    session: Session, ledger: Ledger, campaign: Campaign, told: Telling, reader: Reader, desk: Desk
) -> Case | None:
    """In an amnesty its use is made later, together with those of others."""
    before = campaigns.told_before(session, campaign, told)
    covers = _covering(session, told, before, reader)
    if covers is not None:
        told = told.model_copy(update={"use": covers.id, "new": False})
    elif campaign.amnesty and (first := next((row for row in before if row.held), None)) is not None:
        told = told.model_copy(update={"use": first.use_id, "new": False})
    elif not campaign.amnesty:
        told = told.model_copy(update={"use": told.id})
    campaigns.tell(session, campaign, reader.person, [told.model_copy(update={"on": desk.day})])
    if told.new and not campaign.amnesty:
        wish = TellUse(
            actor=reader.person,
            key=f"{TOLD}:{told.id}",
            case=told.id,
            campaign=campaign.id,
            tool_id=told.tool_id,
            tool_name=told.tool,
            purpose=told.purpose,
            unit=told.unit,
        )
        carry_out(session, wish, desk, ledger.drafts)
    return covers


def _covering(
    session: Session, told: Telling, before: Sequence[CampaignToldRow], reader: Reader
) -> Case | None:
    """On record for that team, where they may hear so: they may see it, or it is their own team by the people file."""
    known = registered(session, [told.tool_id]) if told.tool_id else {}
    ids = [each.id for each in known.get((told.tool_id or "", told.unit.casefold()), [])]
    theirs = of_person(session, reader.person)
    own = theirs is not None and bool(told.unit) and theirs.unit.casefold() == told.unit.casefold()
    for id in (*ids, *(row.use_id for row in before if row.use_id)):
        case = load(session, id)
        if case is None or id == told.id or not _is_open_to_tell(case):
            continue
        if own or may_see(session, reader, id):
            return case
    return None


def _is_open_to_tell(case: Case) -> bool:
    """What is over, confidential, or told of in an amnesty, is nobody's to hear of here."""
    return case.status not in FINAL and not case.confidential and not is_unnamed(case)


def take_in(store: Store, ledger: Ledger, desk: Desk, titled: Callable[[str], tuple[str, str]]) -> int:
    """What amnesties were told becomes uses without a name. `titled`: by the name of a tool, its name and the title."""
    with store.read() as session:
        due = campaigns.to_take_in(session, desk.day)
    for id in due:
        with store.write() as session:
            session.execute(audit.HEAD)  # two who look at once come one after the other
            row = session.get_one(CampaignToldRow, id)
            if row.use_id is not None or row.held is None:
                continue
            row.use_id = uuid4().hex
            session.add(row)
            session.flush()
            tool, title = titled(row.tool)
            wish = TellUse(
                actor="",
                key=f"{TOLD}:{row.use_id}",
                case=row.use_id,
                campaign=row.campaign_id,
                via=AMNESTY,
                tool_id=row.held.get("tool"),
                tool_name=tool,
                title=title,
            )
            carry_out(session, wish, desk, ledger.drafts)
    return len(due)


def follow_up(store: Store, ledger: Ledger, held: Sequence[Held], desk: Desk) -> None:
    """Of amnesties that are over: whoever told of a use answers for it; whoever left since is not named."""
    waits = {each.id: each for each in held}
    for id in waits:
        with store.write() as session:
            follow = partial(_follow_up, session, ledger, waits, desk)
            go_through(session, FOLLOWED, [id], follow, desk.now, private=True)


def _follow_up(session: Session, ledger: Ledger, waits: Mapping[str, Held], desk: Desk, id: str) -> None:
    held = waits[id]
    wish = FollowUp(
        actor="",
        key=f"campaign:followed:{held.id}",
        case=held.use,
        person="" if desk.staff(held.person).gone else held.person,
        tool_name=held.name,
        purpose=held.purpose,
        unit=held.unit,
    )
    campaigns.forget(session, [held.id])
    with suppress(Refused):  # it ended, or somebody answers for it: then nobody has to
        carry_out(session, wish, desk, ledger.drafts)
