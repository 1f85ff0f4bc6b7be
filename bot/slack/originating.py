"""What suggests a risk at the desk: taken as the beginning of one, or set aside with a reason that stays."""

from __future__ import annotations

from collections.abc import Mapping

from bot.slack import windows
from bot.slack.entries import carry_out, check_inside
from bot.slack.fields import Field
from bot.slack.filled import Reply, field, missing
from bot.slack.front import Front
from bot.slack.ids import View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import riskform, riskorigin
from store import aims, origins, risks_kept
from triage.aims.decide import check_in_role
from triage.aims.entry import Said, entry_id
from triage.aims.kinds import kinds
from triage.aims.origins import ASIDE, Arisen
from triage.aims.origins import origins as by_id
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused


def _desk(front: Front, person: str) -> Desk:
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    check_in_role(person, kinds()[ASIDE].proposes, desk)
    return desk


def _waiting(front: Front, key: str) -> Arisen:
    """Somebody else may have weighed it, or set it aside, since it was shown."""
    with front.office.store.read() as session:
        found = next((each for each in origins.waiting(session) if each.key == key), None)
    if found is None:
        raise Refused("entry_moved")
    return found


def filled(front: Front, key: str) -> Mapping[str, Said]:
    """What a risk begins with that comes of it."""
    each = _waiting(front, key)
    origin = by_id()[each.origin]
    said: dict[str, Said] = {
        "source": each.source,
        "library": each.origin,
        "title": origin.title,
        "category": origin.category,
        "from": (each.ref,),
    }
    said |= {"uses": each.uses} if each.uses else {}
    return said | ({"tool": each.tool} if each.tool else {})


def ask(front: Front, pressed: Press, person: str) -> None:
    """Why it is none, in the place of the window in which it was."""
    _desk(front, person)
    view = pressed.view or {}
    if view.get("callback_id") != View.RISK_FROM.value:
        raise Refused("unknown_button")
    each = _waiting(front, windows.about(pressed).choice)
    about = str(view.get("private_metadata", ""))
    windows.redraw(front, pressed, riskorigin.aside_view(make_voice(front), each, about))


def set_aside(front: Front, submission: Submission, person: str) -> Reply:
    """Once, with who said so and when; back to what is left."""
    desk = _desk(front, person)
    key, use, root = [*submission.about.split("|", 2), "", ""][:3]
    because = field(submission, Field.REASON)
    if not because:
        return missing(front, Field.REASON)
    with front.office.store.read() as session:
        before = aims.load(session, entry_id(kinds()[ASIDE], key, ""))
    if before is None or before.in_force is None:
        each = _waiting(front, key)
        wish = DraftEntry(
            actor=person,
            key=submission.key,
            entry=entry_id(kinds()[ASIDE], key, ""),
            kind=ASIDE,
            name=key,
            said={"title": by_id()[each.origin].title, "from": (each.ref,), "because": because},
            seen=len(before.drafts) if before is not None else 0,
        )
        carry_out(front, [wish], desk)
    with front.office.store.read() as session:
        named, waiting = risks_kept.missing(session), origins.waiting(session)
    shown = riskform.from_view(make_voice(front), named, use, root, waiting)
    return {"response_action": "update", "view": shown}
