"""What somebody tells a campaign becomes uses of the register, with what is kept beside it, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

from sqlmodel import Session, col, select

from store import campaigns
from store.campaigns import Held, Telling
from store.engine import Store
from store.ledger import Ledger, carry_out
from store.records import load
from store.sightings import registered
from store.stuck import FOLLOWED, go_through
from store.tables import CampaignToldRow, UseRow
from triage.campaign import Campaign
from triage.case import Case
from triage.desk import Desk
from triage.disclosures import FollowUp, TellUse
from triage.lifecycle import FINAL
from triage.orphans import is_unnamed
from triage.outcome import Refused


def there(session: Session, tool: str, unit: str) -> Case | None:
    """A use of that tool in that team that everybody may hear of; what is over, or confidential, is none."""
    known = registered(session, [tool]).get((tool, unit.casefold()), [])
    found = (load(session, each.id) for each in known)
    return next(
        (
            case
            for case in found
            if case is not None
            and case.status not in FINAL
            and not case.confidential
            and not is_unnamed(case)
        ),
        None,
    )


OVER = ("draft", "withdrawn", "declined", "retired")


def covers_anybody(session: Session, tool: str) -> bool:
    """Whether a use of that tool is on record that somebody could join, or that is on its way to it.

    A confidential one counts as none: whoever hears nothing would else know that there is one.
    """
    mine = (UseRow.tool_id == tool, col(UseRow.state).not_in(OVER), ~col(UseRow.confidential))
    return session.exec(select(UseRow.id).where(*mine).limit(1)).first() is not None


def told_already(session: Session, campaign: Campaign, tool: str, unit: str) -> str | None:
    """The use that a colleague of the same team told of in the same campaign."""
    wanted = select(CampaignToldRow).where(
        CampaignToldRow.campaign_id == campaign.id, col(CampaignToldRow.use_id).is_not(None)
    )
    mine = (tool.casefold(), unit.casefold())
    found = session.exec(wanted.order_by(CampaignToldRow.id))
    return next((row.use_id for row in found if (row.tool.casefold(), row.unit.casefold()) == mine), None)


def tell(
    store: Store,
    ledger: Ledger,
    campaign: Campaign,
    person: str,
    told: Sequence[Telling],
    wishes: Sequence[TellUse],
    desk: Desk,
) -> None:
    """All of it or nothing; the same window once more changes nothing."""
    with store.write() as session:
        campaigns.tell(session, campaign, person, told)
        for wish in wishes:
            carry_out(session, wish, desk, ledger.drafts)


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
        purpose=held.purpose,
        unit=held.unit,
    )
    campaigns.forget(session, [held.id])
    with suppress(Refused):  # it ended, or somebody answers for it: then nobody has to
        carry_out(session, wish, desk, ledger.drafts)
