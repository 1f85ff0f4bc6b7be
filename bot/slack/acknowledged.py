"""Policies that people read: who is asked, what they press, and how far it is for whoever asked."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.slack import screens, windows
from bot.slack.askable import obstacle
from bot.slack.entries import carry_out, check_inside, open_here
from bot.slack.entryfields import said
from bot.slack.errors import code_of
from bot.slack.fields import Field
from bot.slack.filled import Reply, sent_back
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import acknowledge
from bot.slack.screens.entrylook import from_asked
from bot.slack.stated import wrong_field
from store import acknowledged, aims, people, readers
from store import to_read as reading
from store.outbox import Owed
from store.sessions import Session
from store.tables import DoneRow
from triage.aims.acknowledging import KIND, POLICY, call_id, check_may_ask, days_of, due, group_of
from triage.aims.entry import Draft, Entry
from triage.aims.kinds import kinds
from triage.aims.wishes import DraftEntry
from triage.desk import Desk
from triage.outcome import Refused

log = logging.getLogger(__name__)

MOST_PLACES = 10
PAGES, PAGE = 50, 200
"""Of the members of one channel."""


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


def _policy(session: Session, id: str) -> Entry:
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
        policy = _policy(session, about.choice)
    if policy.in_force is not None and policy.in_force.number == about.turn:
        _accept(front, policy, about.turn, person, desk)
        return
    read(front, pressed, person)


def read(front: Front, pressed: Press, person: str) -> None:
    """The text that counts now, whichever was asked for."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    check_inside(front, person, desk)
    with front.office.store.read() as session:
        policy = _policy(session, about.choice)
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
        policy = _policy(session, id)
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


def ask(front: Front, pressed: Press, person: str) -> None:
    """The window in which is said who is to read it, filled with whom is asked already."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    with front.office.store.read() as session:
        policy = _policy(session, about.choice)
        check_may_ask(policy, person, desk)
        call = aims.load(session, call_id(policy))
    stands = call.in_force.said if call is not None and call.in_force is not None else {}
    places = group_of(call).places if call is not None and call.in_force is not None else ()
    channels = [channel for place in places if (channel := front.directory.channel(place))]
    drawn = acknowledge.ask_view(make_voice(front), policy, stands, channels, units=desk.organisation.units)
    open_here(front, pressed, person, drawn)


def asked(front: Front, submission: Submission, person: str) -> Reply:
    desk = front.desk(actor=person)
    _, id = next(iter(from_asked(submission.about).versions), (0, ""))
    with front.office.store.read() as session:
        policy = _policy(session, id)
        check_may_ask(policy, person, desk)
        call = aims.load(session, call_id(policy))
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


def _is_of(call: Entry, key: str) -> bool:
    return any(step.id == key for step in call.steps)


def who(front: Front, pressed: Press, person: str) -> None:
    about, desk = windows.about(pressed), front.desk(actor=person)
    with front.office.store.read() as session:
        policy = _policy(session, about.choice)
        check_may_ask(policy, person, desk)
        call = aims.load(session, call_id(policy))
        counts = call is not None and call.in_force is not None
        found = readers.turnout(session, call, policy, desk) if call is not None and counts else None
    late = found.late(desk.calendar(), desk.day) if found is not None else 0
    open_here(front, pressed, person, acknowledge.progress_view(make_voice(front), policy, found, late))


def stop(front: Front, pressed: Press, person: str) -> None:
    """Nobody is asked or reminded any more; what was said stays on record."""
    about, desk = windows.about(pressed), front.desk(actor=person)
    with front.office.store.read() as session:
        policy = _policy(session, about.choice)
        check_may_ask(policy, person, desk)
        call = aims.load(session, call_id(policy))
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


def look(front: Front, desk: Desk) -> None:
    """Once a day, who is in the channels that are asked: Slack knows, and nobody writes it down but for that."""
    with front.office.store.read() as session:
        calls = [each for each in aims.of_kind(session, KIND, "in_force") if group_of(each).places]
        wanted = [each for each in calls if not _is_fresh(session, each, desk)]
    for call in wanted:
        channels = [front.directory.channel(each) for each in group_of(call).places]
        try:
            users = frozenset(user for each in channels if each for user in _members(front, each))
        except (SlackApiError, OSError) as problem:
            reason = code_of(problem) if isinstance(problem, SlackApiError) else type(problem).__name__
            log.warning("Slack did not say who is in a channel (%s)", reason)
            continue
        _keep(front, call, users, desk)


def _is_fresh(session: Session, call: Entry, desk: Desk) -> bool:
    row = session.get(DoneRow, f"{readers.MEMBERS}{call.id}")
    said = row.outcome if row is not None else {}
    return said.get("day") == desk.day.isoformat() and said.get("version") == call.version


def _members(front: Front, channel: str) -> Iterable[str]:
    cursor = ""
    for _ in range(PAGES):
        told: Any = front.client.conversations_members(channel=channel, limit=PAGE, cursor=cursor)
        yield from told.get("members", ())
        cursor = str((told.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return


def _keep(front: Front, call: Entry, users: frozenset[str], desk: Desk) -> None:
    team, key = front.directory.team, f"{readers.MEMBERS}{call.id}"
    with front.office.store.write() as session:
        people.meet(session, team=team, slack_users=users, now=desk.now)
        known = [people.find_person(session, team=team, slack_user=each) for each in sorted(users)]
        row = session.get(DoneRow, key) or DoneRow(key=key, at=desk.now)
        row.outcome = {
            "day": desk.day.isoformat(),
            "version": call.version,
            "people": sorted(each.id for each in known if each is not None),
        }
        row.at = desk.now
        session.add(row)


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {
    Action.ASK_TO_READ: ask,
    Action.WHO_READ: who,
    Action.STOP_ASKING: stop,
    Action.READ_POLICY: read,
    Action.HAVE_READ: have_read,
}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {
    View.ASK_TO_READ: asked,
    View.HAVE_READ: handed,
}
