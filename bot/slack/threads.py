"""What stands in a conversation of ours: the talk of a thread, and words posted in one outside of any case."""

from __future__ import annotations

from typing import Any

from bot.slack.front import Front
from store import outbox, queries
from store.sessions import Session
from store.tables import ConversationRow


def post(front: Front, place: str, root: str, text: str, blocks: list[dict[str, Any]], key: str) -> None:
    front.once(f"post:{key}", lambda session: owe(front, session, place, root, text, blocks))


def owe(
    front: Front, session: Session, place: str, root: str, text: str, blocks: list[dict[str, Any]]
) -> None:
    payload = {"text": text, "blocks": blocks, "thread": root}
    outbox.put(session, kind="post", place_id=place, payload=payload, priority=0, now=front.office.now())


def talk_at(front: Front, place: str, root: str) -> ConversationRow | None:
    with front.office.store.read() as session:
        return queries.talk_at(session, place, root)
