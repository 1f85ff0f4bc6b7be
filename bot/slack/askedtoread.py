"""Whoever may draft a policy asks people to read it, sees how far that is, and stops it."""

from __future__ import annotations

from collections.abc import Callable

from bot.slack import screens, windows
from bot.slack.acknowledged import policy_of
from bot.slack.askable import obstacle
from bot.slack.entries import carry_out, open_here
from bot.slack.entryfields import said, wrong_field
from bot.slack.fields import Field
from bot.slack.filled import Reply, sent_back
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import acknowledge
from bot.slack.screens.entrylook import from_asked
from store import aims, readers
from store.sessions import Session
from triage.aims.acknowledging import KIND, call_id, check_may_ask, group_of
from triage.aims.entry import Entry
from triage.aims.kinds import kinds
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused

MOST_PLACES = 10


def ask(front: Front, pressed: Press, person: str) -> None:
    """The window in which is said who is to read it, filled with whom is asked already."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    with front.office.store.read() as session:
        policy, call = _asked_of(session, about.choice, person, desk)
    stands = call.in_force.said if call is not None and call.in_force is not None else {}
    places = group_of(call).places if call is not None and call.in_force is not None else ()
    channels = [channel for place in places if (channel := front.directory.channel(place))]
    drawn = acknowledge.ask_view(make_voice(front), policy, stands, channels, units=desk.organisation.units)
    open_here(front, pressed, person, drawn)


def asked(front: Front, submission: Submission, person: str) -> Reply:
    desk = front.desk(actor=person)
    _, id = next(iter(from_asked(submission.about).versions), (0, ""))
    with front.office.store.read() as session:
        policy, call = _asked_of(session, id, person, desk)
    channels = tuple(dict.fromkeys(submission.fields.get(Field.PLACES.value, ())))
    if len(channels) > MOST_PLACES:
        return sent_back(front, Field.PLACES, "problem.campaign_many")
    if found := obstacle(front, channels):
        return sent_back(front, Field.PLACES, f"problem.campaign_{found}")
    fields = [each for each in kinds()[KIND].fields if each.id not in ("title", "policy", "channels")]
    given = said(front, submission, fields, {}, desk.organisation.units)
    if given.get("everybody") != "yes" and not (given.get("units") or given.get("role") or channels):
        return sent_back(front, Field.PLACES, "ack.nobody")
    given |= {"title": str(policy.said("title") or policy.name), "policy": policy.id}
    if channels:
        given["channels"] = tuple(front.directory.place(each) for each in channels)
    wish = DraftEntry(
        actor=person,
        key=submission.key,
        entry=call_id(policy),
        kind=KIND,
        name=policy.name,
        said=given,
        seen=len(call.drafts) if call is not None and not _is_of(call, submission.key) else 0,
    )
    try:
        carry_out(front, [wish], desk)
    except Refused as refusal:
        if refusal.key != "entry_field":
            raise
        return wrong_field(front, tuple(fields), refusal)
    text = front.words.line("ack.asked")
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


def _asked_of(session: Session, id: str, person: str, desk: Desk) -> tuple[Entry, Entry | None]:
    """The policy, where they may ask people to read it, and what asks them already."""
    policy = policy_of(session, id)
    check_may_ask(policy, person, desk)
    return policy, aims.load(session, call_id(policy))


def _is_of(call: Entry, key: str) -> bool:
    return any(step.id == key for step in call.steps)


def who(front: Front, pressed: Press, person: str) -> None:
    about, desk = windows.about(pressed), front.desk(actor=person)
    with front.office.store.read() as session:
        policy, call = _asked_of(session, about.choice, person, desk)
        counts = call is not None and call.in_force is not None
        found = readers.turnout(session, call, policy, desk) if call is not None and counts else None
    late = found.late(desk.calendar(), desk.day) if found is not None else 0
    open_here(front, pressed, person, acknowledge.progress_view(make_voice(front), policy, found, late))


def stop(front: Front, pressed: Press, person: str) -> None:
    """Nobody is asked or reminded any more; what was said stays on record."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    with front.office.store.read() as session:
        _, call = _asked_of(session, about.choice, person, desk)
    if call is None or call.in_force is None:
        raise Refused("entry_not_in_force")
    wish = DraftEntry(
        actor=person,
        key=pressed.key,
        entry=call.id,
        kind=KIND,
        name=call.name,
        retires=True,
        seen=len(call.drafts),
    )
    carry_out(front, [wish], desk)
    windows.redraw(front, pressed, screens.note_view(front.words, front.words.line("ack.stopped")))


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.ASK_TO_READ: ask,
    Action.WHO_READ: who,
    Action.STOP_ASKING: stop,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.ASK_TO_READ: asked}
