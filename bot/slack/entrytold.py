"""What is owed about entries of the management system, drawn as they stand when it is sent; and the policy for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.slack import acknowledged, convening, leftout, screens, stale, windows
from bot.slack.askable import obstacle
from bot.slack.entries import look, open_here, seen
from bot.slack.fields import Field
from bot.slack.filled import Reply, missing, sent_back
from bot.slack.front import Front
from bot.slack.ids import Action, View
from bot.slack.message import Message
from bot.slack.payloads import Press, Submission
from bot.slack.scenes import make_voice
from bot.slack.screens import entrynamed
from bot.slack.screens import entrytold as messages
from bot.slack.screens.entrylook import from_asked
from store import aims, aims_owed, aims_shown, convened
from store.awaited import awaited
from store.outbox import Owed
from store.planned_posts import PLANNED
from store.sessions import Session
from triage.aims.decide import check_in_role
from triage.aims.entry import Done, Draft, Entry
from triage.aims.seeing import PUBLISHED, may_read
from triage.desk import Desk
from triage.outcome import Refused

MOST_PLACES = 10
TO_CHANNELS = (aims_owed.COUNTS, PLANNED)


def draw(front: Front, owed: Owed) -> Message | None:
    """None where nothing is left to say."""
    desk, person = front.desk(), owed.person_id or ""
    voice, about = make_voice(front), str(owed.payload["about"])
    if about not in TO_CHANNELS and front.directory.outsider(person):
        return None  # what stands in them is for colleagues, whoever was named
    with front.office.store.read() as session:
        if about == aims_owed.WAITS:
            waits = awaited(session, person, desk, messages.SHOWN)
            found = [look(each, person, desk) for each in waits.first]
            if not found and (owed.kind == "post" or aims_owed.stands(session, person) is None):
                return None
            return messages.waiting(voice, found, waits.more)
        if about == aims_owed.HEARD:
            steps = list(_steps(session, owed))
            return messages.heard(voice, steps) if steps else None
        items = list(_items(session, owed))
    if not items or (about in TO_CHANNELS and leftout.is_left_out(front, items, owed.place_id, desk)):
        return None
    if about in (convened.CALLED, convened.MINUTES):
        return convening.told(front, about, items, person)
    if about == PLANNED:
        return messages.planned(voice, items)
    if about == aims_owed.STALE:
        return stale.draw(front, items[0][0], person, desk)
    if about == aims_owed.ASSIGNED:
        return entrynamed.assigned(voice, items)
    if about == aims_owed.ACCEPTED:
        return entrynamed.accepted(voice, items)
    if about == aims_owed.BECAME:
        return messages.became(voice, items, person)
    if about == aims_owed.COUNTS:
        return messages.counts(voice, [(*each, _before(*each)) for each in items])
    looks = [look(entry, person, desk) for entry, _ in items if may_read(entry, person, desk)]
    return messages.yours(voice, looks) if looks else None


def _items(session: Session, owed: Owed) -> Iterator[tuple[Entry, Draft]]:
    """The versions that a message is about."""
    for id, number in owed.payload.get("items", ()):
        known = aims.load(session, str(id))
        entry = aims_shown.shown(session, known) if known else None
        draft = next((d for d in entry.drafts if d.number == number), None) if entry else None
        if entry is not None and draft is not None:
            yield entry, draft


def _steps(session: Session, owed: Owed) -> Iterator[tuple[Entry, Done]]:
    """What was done with ideas of theirs, by the number of each step."""
    for id, number in owed.payload.get("items", ()):
        known = aims.load(session, str(id))
        entry = aims_shown.shown(session, known) if known else None
        step = entry.steps[number - 1] if entry is not None and 0 < number <= entry.version else None
        if entry is not None and step is not None and step.kind == "act":
            done = sum(each.kind == "act" for each in entry.steps[:number])
            yield entry, entry.done[done - 1]


def _before(entry: Entry, draft: Draft) -> Draft | None:
    """The version that counted until that one did."""
    earlier = [d for d in entry.drafts if d.since is not None and d.number < draft.number]
    last = max(earlier, key=lambda each: each.number, default=None)
    return None if last is None or last.retires else last


def policy(front: Front, person: str) -> Message:
    """What counts of the policies and the scope, for every colleague."""
    desk = front.desk(actor=person)
    if front.reader(person, desk).outsider:
        raise Refused("for_colleagues")
    with front.office.store.read() as session:
        found = [each for kind in PUBLISHED for each in aims.of_kind(session, kind, "in_force")]
        unread = acknowledged.unread(session, found, person, desk)
    return messages.policy(
        make_voice(front), [look(each, person, desk)._replace(waits=None) for each in found], unread
    )


def _telling(front: Front, id: str, person: str, desk: Desk) -> Entry:
    """A policy that counts, for whoever may draft one."""
    with front.office.store.read() as session:
        entry = seen(session, id, person, desk)
    if entry.kind != "policy":
        raise Refused("unknown_entry")
    check_in_role(person, entry.of.proposes, desk)
    if entry.in_force is None:
        raise Refused("entry_not_in_force")
    return entry


def press(front: Front, pressed: Press, person: str) -> None:
    about, desk = windows.about(pressed), front.desk(actor=person)
    entry = _telling(front, about.choice, person, desk)
    open_here(front, pressed, person, messages.tell_policy_view(make_voice(front), entry))


def told(front: Front, submission: Submission, person: str) -> Reply:
    """A message in each channel that was chosen, drawn from what counts when it is sent."""
    desk = front.desk(actor=person)
    asked = from_asked(submission.about)
    entry = _telling(front, asked.versions[0][1] if asked.versions else "", person, desk)
    channels = tuple(dict.fromkeys(submission.fields.get(Field.PLACES.value, ())))
    if not channels:
        return missing(front, Field.PLACES)
    if len(channels) > MOST_PLACES:
        return sent_back(front, Field.PLACES, "problem.campaign_many")
    if found := obstacle(front, channels):
        return sent_back(front, Field.PLACES, f"problem.campaign_{found}")
    places = [front.directory.place(each) for each in channels]
    front.once(f"aims:told:{submission.key}", lambda s: aims_owed.publish(s, entry, places, desk))
    text = front.words.line("aims.told_in", count=len(places))
    return {"response_action": "update", "view": screens.note_view(front.words, text)}


PRESSED: dict[Action, Callable[[Front, Press, str], None]] = {Action.TELL_POLICY: press}
HANDED: dict[View, Callable[[Front, Submission, str], Reply]] = {View.TELL_POLICY: told}
