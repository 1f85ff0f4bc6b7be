"""What remains of a risk, accepted at the desk by whoever has authority for it; and an action of its plan."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import risks, windows
from bot.slack.actionasked import ACTION, asked_for
from bot.slack.entries import carry_out, check_inside, look, open_here, seen
from bot.slack.fields import Field
from bot.slack.filled import Reply, day, field, missing, sent_back
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import entrylook, riskaccept
from bot.slack.screens.riskaccept import Remaining
from store import aims
from store.risks import actions_of, weighed
from store.sessions import Session
from triage.aims.decide import check_in_role
from triage.aims.entry import Entry, Said
from triage.aims.kinds import kinds
from triage.aims.risk import check_authority, check_not_own, rests_on
from triage.aims.wishes import ActOnEntry, DraftEntry
from triage.desk import Desk
from triage.expiring import after as months_after
from triage.outcome import Refused

RISK = "risk"


def press(front: Front, pressed: Press, entry: Entry, person: str, desk: Desk) -> None:
    """Who may not hears so before anything is shown; what is shown is what is accepted."""
    with front.office.store.read() as session:
        left = _remaining(session, entry.id, person, desk)
    open_here(front, pressed, person, riskaccept.accept_view(make_voice(front), left))


def _remaining(session: Session, id: str, person: str, desk: Desk) -> Remaining:
    entry, appetite = aims.load(session, id), aims.load(session, "appetite")
    if entry is None or entry.kind != RISK:
        raise Refused("unknown_entry")
    _, authority = check_authority(entry, person, appetite, desk)
    standing = weighed(session, entry, desk.day).standing
    if standing is None or standing.closed:
        raise Refused("entry_moved")
    held = sorted({one for role in authority.roles for one in desk.roles.get(role, ())})
    return Remaining(
        entry=seen(session, id, person, desk),
        standing=standing,
        authority=authority,
        people=[one for one in held if _may(entry, one, desk)],
        actions=actions_of(session, [entry])[entry.id],
        last=months_after(desk.day, authority.months),
        rests=rests_on(entry),
        facts=aims.facts_of(session, entry),
    )


def _may(entry: Entry, person: str, desk: Desk) -> bool:
    try:
        check_not_own(entry, person, desk)
    except Refused:
        return False
    return not desk.staff(person).gone


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """Nothing is accepted but what was shown: where anything of it moved, it is shown anew."""
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    id, version, rests, facts = [*submission.about.split("|", 3), *[""] * 4][:4]
    until, because = day(field(submission, Field.UNTIL)), field(submission, Field.REASON)
    if until is None:
        return missing(front, Field.UNTIL)
    if not because:
        return missing(front, Field.REASON)
    said = {"until": until.isoformat(), "because": because, "rests_on": rests}
    wish = ActOnEntry(
        actor=person,
        key=submission.key,
        entry=id,
        act="accepted",
        said=said | ({"facts": facts} if facts else {}),
        seen=int(version) if version.isdecimal() and len(version) < 9 else -1,
    )
    try:
        (entry,) = carry_out(front, [wish], desk)
    except Refused as refusal:
        if refusal.key == "risk_until":
            return sent_back(front, Field.UNTIL, "problem.risk_until")
        if refusal.key != "entry_moved":
            raise
        with front.office.store.read() as session:
            left = _remaining(session, id, person, desk)
        drawn = riskaccept.accept_view(make_voice(front), left, front.refusal_text(refusal))
        return {"response_action": "update", "view": drawn}
    return _shown(front, entry, person, desk)


def _shown(front: Front, entry: Entry, person: str, desk: Desk) -> Reply:
    with front.office.store.read() as session:
        note = risks.note(front, session, entry, desk)
    drawn = entrylook.entry_view(make_voice(front), look(entry, person, desk), person, note=note)
    return {"response_action": "update", "view": drawn}


# -- an action of its plan


def _planned(front: Front, id: str, person: str, desk: Desk) -> Entry:
    check_inside(front, person, desk)
    check_in_role(person, kinds()[ACTION].proposes, desk)
    with front.office.store.read() as session:
        entry = seen(session, id, person, desk)
    if entry.kind != RISK:
        raise Refused("unknown_entry")
    if entry.in_force is None:
        raise Refused("entry_not_in_force")
    return entry


def act(front: Front, pressed: Press, person: str) -> None:
    entry = _planned(front, windows.about(pressed).choice, person, front.desk(actor=person))
    open_here(front, pressed, person, riskaccept.action_view(make_voice(front), entry))


def acted(front: Front, submission: Submission, person: str) -> Reply:
    """It names its risk, which shows it from now on; it is followed like any other."""
    desk = front.desk(actor=person)
    risk = _planned(front, submission.about, person, desk)
    more: dict[str, Said] = {"points": ("8.3",), "refs": (risk.ref,)}
    wish = asked_for(front, submission, person, more, desk)
    if not isinstance(wish, DraftEntry):
        return wish
    carry_out(front, [wish], desk)
    return _shown(front, risk, person, desk)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.RISK_ACTION: act}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.RISK_ACCEPT: handed,
    View.RISK_ACTION: acted,
}
