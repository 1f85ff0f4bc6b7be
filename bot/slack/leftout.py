"""What the management system tells in a channel is kept back where outsiders joined that since it was planned."""

from __future__ import annotations

from collections.abc import Sequence

from bot.markup import Mrkdwn
from bot.slack.front import Front
from store import outbox, planned_posts
from store.sessions import Session
from triage.aims.entry import Draft, Entry
from triage.aims.planned_post import KIND
from triage.aims.standing import leading
from triage.desk import Desk

PRIORITY = 1


def is_left_out(front: Front, items: Sequence[tuple[Entry, Draft]], place: str | None, desk: Desk) -> bool:
    """Whoever planned it is told so once, else whoever leads."""
    channel = front.directory.channel(place) if place else None
    if channel is None or not front.shared(channel):
        return False
    entry, draft = items[0]
    with front.office.store.read() as session:
        found = [draft.by] if entry.kind == KIND else planned_posts.planners(session, str(place))
    inside = [each for each in found if each and not _gone(front, each, desk)]
    readers = tuple(dict.fromkeys(inside)) or leading(desk)
    text = front.words.line("aims.not_told", ref=entry.ref, channel=Mrkdwn(f"<#{channel}>"))

    def tell(session: Session) -> None:
        for reader in readers:
            outbox.put(
                session,
                kind="post",
                person_id=reader,
                payload={"text": text},
                priority=PRIORITY,
                now=desk.now,
            )

    front.once(f"aims:left out:{entry.id}:{draft.number}:{place}", tell)
    return True


def _gone(front: Front, person: str, desk: Desk) -> bool:
    return desk.staff(person).gone or front.directory.outsider(person)
