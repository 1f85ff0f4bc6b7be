"""An acceptance that holds no more: whoever owns the risk, and whoever accepted it, are told once."""

from __future__ import annotations

from bot.slack.front import Front
from bot.slack.message import Message
from bot.slack.scenes import make_voice
from bot.slack.screens.riskaccept import told_stale
from store import aims, risks
from triage.aims.entry import Entry
from triage.aims.risk import NOW, authority_for, check_not_own, level_of
from triage.aims.seeing import may_read
from triage.desk import Desk
from triage.outcome import Refused


def draw(front: Front, entry: Entry, person: str, desk: Desk) -> Message | None:
    """As it stands when it is sent; None where it was accepted anew meanwhile."""
    with front.office.store.read() as session:
        kept, appetite = aims.load(session, entry.id), aims.load(session, "appetite")
        standing = risks.weighed(session, kept, desk.day).standing if kept is not None else None
    if kept is None or kept.in_force is None or standing is None or standing.accepted != "stale":
        return None
    if not may_read(kept, person, desk):
        return None
    authority = authority_for(level_of(kept.in_force.said, NOW), appetite)
    roles = authority.roles if authority is not None else ()
    held = sorted({one for role in roles for one in desk.roles.get(role, ())})
    able = [one for one in held if _may(kept, one, desk)]
    return told_stale(make_voice(front), entry, standing, able)


def _may(entry: Entry, person: str, desk: Desk) -> bool:
    try:
        check_not_own(entry, person, desk)
    except Refused:
        return False
    return not desk.staff(person).gone
