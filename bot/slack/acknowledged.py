"""Policies that people read: what they are asked, drawn as it stands, and what they press."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.slack import screens, windows
from bot.slack.entries import check_inside
from bot.slack.filled import Reply
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import acknowledge
from bot.slack.screens.entrylook import from_asked
from bot.slack.screens.entrytold import HERE
from store import acknowledged, aims, readers
from store import to_read as reading
from store.outbox import Owed
from store.sessions import Session
from triage.aims.acknowledging import POLICY, call_id, days_of, due
from triage.aims.entry import Draft, Entry
from triage.desk import Desk
from triage.outcome import Refused


def draw(front: Front, owed: Owed) -> Message | None:
    """None where nothing is left to say."""
    person, voice = owed.person_id or "", make_voice(front)
    if front.directory.outsider(person):
        return None
    desk = front.desk(beside=[person])
    call_of, version = str(owed.payload["call"]), int(owed.payload["version"])
    with front.office.store.read() as session:
        call = aims.load(session, call_of)
        policy = aims.load(session, str(call.said("policy"))) if call is not None else None
        if call is None or policy is None:
            return None
        if owed.payload["about"] == reading.SUMS_UP:
            found = readers.turnout(session, call, policy, desk)
            if found is None or found.version != version:
                return None
            return acknowledge.summed_up(voice, policy, found, found.late(desk.calendar(), desk.day))
        shown = _shown(session, call, policy, version, person, desk)
    if shown is None or (owed.kind == "post" and (shown.read or shown.newer or shown.over)):
        return None
    return acknowledge.to_read(voice, shown._replace(welcome=bool(owed.payload.get("welcome"))))


def _shown(
    session: Session, call: Entry | None, policy: Entry, version: int, person: str, desk: Desk
) -> acknowledge.Shown | None:
    draft = next((each for each in policy.drafts if each.number == version), None)
    if draft is None:
        return None
    now, calendar = policy.in_force, desk.calendar(person)
    asked = acknowledged.when(session, "asked", policy.id, version, person)
    read = acknowledged.when(session, "read", policy.id, version, person)
    days = days_of(call) if call is not None and call.in_force is not None else 0
    return acknowledge.Shown(
        policy=policy,
        draft=draft,
        before=_before(policy, acknowledged.accepted(session, policy.id, person), version),
        by=due(asked, days, calendar) if asked and days else None,
        read=calendar.day_of(read) if read else None,
        newer=now.number if now is not None and now.number != version else 0,
        over=now is None or not days,
    )


def _before(policy: Entry, number: int, version: int) -> Draft | None:
    """The version that they said they had read, where this one came after it."""
    return next((each for each in policy.drafts if each.number == number < version), None)


def unread(session: Session, found: Iterable[Entry], person: str, desk: Desk) -> frozenset[str]:
    """Of these the policies of which they may say that they have read the version that counts, and have not yet."""
    if any(desk.same(person, each) for each in desk.visitors):
        return frozenset()
    return frozenset(
        each.id
        for each in found
        if each.kind == POLICY and each.in_force is not None
        if acknowledged.when(session, "read", each.id, each.in_force.number, person) is None
    )


def policy_of(session: Session, id: str) -> Entry:
    entry = aims.load(session, id)
    if entry is None or entry.kind != POLICY:
        raise Refused("unknown_entry")
    if entry.in_force is None:
        raise Refused("entry_not_in_force")
    return entry


def have_read(front: Front, pressed: Press, person: str) -> None:
    """On the version that was shown; on one that was overtaken, the newer one opens."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    check_inside(front, person, desk)
    with front.office.store.read() as session:
        policy = policy_of(session, about.choice)
    if policy.in_force is not None and policy.in_force.number == about.turn:
        _accept(front, policy, about.turn, person, desk)
        if about.case == HERE:
            text = front.words.line("ack.noted", number=about.turn)
            front.tell(
                person, text, channel=pressed.channel, thread=pressed.thread, key=f"read:{pressed.key}"
            )
        return
    read(front, pressed, person)


def read(front: Front, pressed: Press, person: str) -> None:
    """The text that counts now, whichever was asked for."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    check_inside(front, person, desk)
    with front.office.store.read() as session:
        policy = policy_of(session, about.choice)
        shown = _now(session, policy, person, desk)
    note = (
        front.words.line("ack.newer_here", number=shown.draft.number)
        if shown.draft.number != about.turn
        else ""
    )
    windows.open_window(front, pressed, person, acknowledge.read_view(make_voice(front), shown, note=note))


def _now(session: Session, policy: Entry, person: str, desk: Desk) -> acknowledge.Shown:
    number = policy.in_force.number if policy.in_force is not None else 0
    shown = _shown(session, aims.load(session, call_id(policy)), policy, number, person, desk)
    if shown is None:
        raise Refused("entry_not_in_force")
    return shown


def _accept(front: Front, policy: Entry, version: int, person: str, desk: Desk) -> None:
    with front.office.store.write() as session:
        known = aims.load(session, policy.id)
        if known is not None:
            reading.accept(session, known, version, person, desk)
    front.wake()


def handed(front: Front, submission: Submission, person: str) -> Reply:
    """What was read in a window; where another version counts by now, that one takes its place in the window."""
    desk = front.desk(actor=person)
    check_inside(front, person, desk)
    number, id = next(iter(from_asked(submission.about).versions), (0, ""))
    with front.office.store.read() as session:
        policy = policy_of(session, id)
        shown = _now(session, policy, person, desk)
    if shown.draft.number != number:
        note = front.words.line("ack.newer_here", number=shown.draft.number)
        return {
            "response_action": "update",
            "view": acknowledge.read_view(make_voice(front), shown, note=note),
        }
    _accept(front, policy, number, person, desk)
    text = front.words.line("ack.noted", number=number)
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.READ_POLICY: read,
    Action.HAVE_READ: have_read,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.HAVE_READ: handed,
}
