"""A management review that was called: who attends is told, gets the paper before it, and the minutes after."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

from bot.apart import apart
from bot.management import inputs, written
from bot.slack import planned
from bot.slack.carrying import Made
from bot.slack.front import Front
from bot.slack.message import Message
from bot.slack.scenes import make_voice
from bot.slack.screens import convened as drawing
from store import aims, convened
from store.aims_shown import shown
from store.convened import Laid, laid
from store.outbox import Owed
from store.owed import UPLOAD
from triage.aims.entry import Draft, Entry, Said
from triage.aims.kinds import Kind
from triage.desk import Desk

log = logging.getLogger(__name__)


def begun(front: Front, kind: Kind, person: str, desk: Desk) -> Mapping[str, Said]:
    """What stands in the window of a new one: from where the last one ended."""
    if kind.id != convened.CALL:
        return {}
    with front.office.store.read() as session:
        since = convened.last_held(session, desk.day)
    title = front.words.label("convened.title", month=front.words.label(f"month.{desk.day.month}"))
    return {"title": f"{title} {desk.day.year}", "since": since.isoformat(), "owner": person}


def look(front: Front, desk: Desk) -> None:
    """What is told by plan goes out; some days before a review its paper is worked out, up to the last day that is
    over, and owed to all. Each by itself: one that cannot be made keeps no other back."""
    with front.office.store.read() as session:
        some = convened.near(session, desk)
    for plan in planned.due(some, desk):
        apart("A planned post", partial(planned.post, front, plan, desk))
    for call in (each for each in some if each.kind == convened.CALL):
        apart("The paper of a review", partial(_lay, front, call, desk))


def _lay(front: Front, call: Entry, desk: Desk) -> None:
    store, zone = front.office.store, front.office.config.timezone
    with store.read() as session:
        digest = inputs(session, *convened.days_of(call, desk), zone).digest
    with store.write() as session:
        now = aims.load(session, call.id)
        if now is not None and now.version == call.version:
            convened.lay(session, now, digest, desk)
    front.wake()


def draw(front: Front, owed: Owed) -> Message | None:
    """What stands beside the paper, or instead of it; nothing for who does not attend any more."""
    found = _theirs(front, owed)
    if found is None:
        return None
    call, lies = found
    why = "" if owed.kind == UPLOAD else str((owed.payload.get("facts") or {}).get("why") or "other")
    return drawing.paper(make_voice(front), call, lies, why)


def _theirs(front: Front, owed: Owed) -> tuple[Entry, Laid] | None:
    """As it is when it is sent; the paper of a version that was changed since is nobody's any more."""
    person = owed.person_id or ""
    with front.office.store.read() as session:
        call = aims.load(session, owed.subject_id or "")
    if call is None or call.in_force is None or front.directory.outsider(person):
        return None
    lies = laid(call)
    is_of = (owed.purpose or "").endswith(f":{call.in_force.number}")
    if lies is None or not is_of or _is_off(call):
        return None
    return (call, lies) if person in convened.people(call, "attends") else None


def _is_off(call: Entry) -> bool:
    return bool(call.done_now) and call.done_now[-1].act == "called_off"


def file(front: Front, owed: Owed) -> Made:
    found = _theirs(front, owed)
    if found is None:
        raise LookupError("the review is gone")
    call, lies = found
    key = (call.id, call.in_force and call.in_force.number, lies, front.words.language)
    return front.papers.once(key, lambda: _made(front, lies, owed))


def _made(front: Front, lies: Laid, owed: Owed) -> Made:
    with front.office.store.read() as session:
        table = inputs(session, lies.since, lies.as_of, front.office.config.timezone)
    if table.digest != lies.digest:
        log.warning("A paper is not what it was when it was worked out", extra={"owed": owed.id})
    return Made(f"management-review-{lies.as_of}.pdf", written(front.words, table, "pdf"))


def told(front: Front, about: str, items: list[tuple[Entry, Draft]], person: str) -> Message | None:
    """That it takes place or does not, and what was agreed; for who is named in that version."""
    voice = make_voice(front)
    field = "attends" if about == convened.CALLED else "attended"
    named = [(e, d) for e, d in items if person in _people(d, field)]
    if not named:
        return None
    if about == convened.CALLED:
        call, draft = named[-1]
        return drawing.called(voice, call, draft, off=call.in_force is None or _is_off(call))
    review, draft = named[-1]
    with front.office.store.read() as session:
        refs = draft.said.get("actions")
        own = (aims.by_ref(session, ref) for ref in (refs if isinstance(refs, tuple) else ()))
        actions = [shown(session, each) for each in own if each is not None]
    return drawing.agreed(voice, review, draft, actions)


def _people(draft: Draft, field: str) -> tuple[str, ...]:
    found = draft.said.get(field)
    return found if isinstance(found, tuple) else ()
