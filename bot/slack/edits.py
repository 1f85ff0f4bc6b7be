"""What somebody wrote and then edited or deleted: the record stays, and they are asked whether to change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.slack import screens
from bot.slack.front import Front
from bot.slack.hearing import heard_key
from bot.slack.payloads import Who
from bot.slack.scenes import make_voice
from bot.slack.threads import post, talk_at
from store import queries
from store.tables import ConversationRow

CHANGED, DELETED = "message_changed", "message_deleted"


def is_by_hand(event: Mapping[str, Any]) -> bool:
    """Slack changes messages too, when it unfolds a link or counts replies: then the words stay as they were."""
    if event.get("subtype") == DELETED:
        return True
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    return bool(now.get("text") != before.get("text"))


def edited(front: Front, event: Mapping[str, Any], *, team: str, key: str) -> None:
    """Never a second answer: nothing changes, and the question it answered can be asked anew."""
    if not is_by_hand(event):
        return
    message = written(event)
    person = front.person(Who(team, str(message["user"])))
    place = front.directory.place(str(event["channel"]), kind="dm", person=person)
    said = heard_key(place, str(message["ts"]))
    talk = talk_at(front, place, str(message.get("thread_ts") or message["ts"])) or _talk_that_heard(
        front, said
    )
    if talk is None or talk.use_id is None:
        return
    asked = next((a for a in (talk.state.get("asked") or ()) if a.get("heard") == said), None)
    gone = event.get("subtype") == DELETED
    with front.office.store.read() as session:
        case = front.loaded(session, talk.use_id)
        shown = screens.edited(make_voice(front), case, str(asked["question"]) if asked else "", gone=gone)
    post(front, talk.place_id, talk.root_ts, shown.text, shown.blocks, f"edited:{key}")


def written(event: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message an event is about: itself, or the one that was edited or deleted."""
    if event.get("subtype") == CHANGED:
        return event.get("message") or {}
    if event.get("subtype") == DELETED:
        return event.get("previous_message") or {}
    return event


def _talk_that_heard(front: Front, said: str) -> ConversationRow | None:
    """Where words went that were written outside of its thread."""
    with front.office.store.read() as session:
        return queries.talk_that_heard(session, said)
