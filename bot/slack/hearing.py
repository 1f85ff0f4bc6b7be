"""What somebody wrote to the bot: an answer in a thread, a new request, or a word that needs a guide."""

from __future__ import annotations

import re
from typing import Any

from bot.slack import screens
from bot.slack.front import Front, new_case
from bot.slack.payloads import Who, plain
from bot.slack.scenes import make_voice
from intake.sentence import read
from store import outbox, queries
from store.tables import ConversationRow
from triage.commands import Begin, Type
from triage.outcome import Refused

IGNORED = frozenset(
    {"bot_message", "channel_join", "channel_leave", "assistant_app_thread", "channel_topic", "channel_purpose",
     "channel_name", "pinned_item", "reminder_add", "tombstone"}
)  # fmt: skip
GUIDE = frozenset({"greeting", "help", "thanks"})
LOOK = frozenset({"list", "status"})

MENTION = re.compile(r"^\s*<@[A-Z0-9]+(?:\|[^>]*)?>\s*")


PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^>]*)?>")


def without_mention(text: str) -> str:
    return MENTION.sub("", text)


def heard(front: Front, event: dict[str, Any], *, team: str, key: str) -> None:
    """One message event in a direct message; our own, other bots' and Slack's own edits are nobody's answer."""
    subtype = str(event.get("subtype") or "")
    if subtype == "message_changed":
        _edited(front, event, team=team, key=key)
        return
    if event.get("bot_id") or not event.get("user") or subtype in IGNORED or subtype == "message_deleted":
        return
    person = front.person(Who(team, str(event["user"])))
    channel, ts = str(event["channel"]), str(event["ts"])
    place = front.directory.place(channel, kind="dm", person=person)
    words, root = _with_our_ids(front, plain(str(event.get("text") or "")), team), event.get("thread_ts")
    files = len(event.get("files") or ())
    talk = _talk(front, place, str(root)) if root else None
    if talk is not None and talk.use_id is not None:
        _say(
            front,
            Type(actor=person, key=_heard_key(ts), case=talk.use_id, words=words, files=files),
            channel,
            str(root),
        )
    elif root is None:
        _top_level(front, person, place, channel, ts, words, files)
    else:
        _guide(front, place, str(root), person, key)


def _with_our_ids(front: Front, words: str, team: str) -> str:
    """A message that is nothing but a mention names a person: by our id, since no other room knows Slack's."""
    named = PERSON.fullmatch(words.strip())
    return f"<@{front.person(Who(team, named[1]))}>" if named else words


def _heard_key(ts: str) -> str:
    """Under this key an answer is known by its message, so that a later edit of it is recognised."""
    return f"said:{ts}"


def _say(front: Front, command: Type, channel: str, thread: str) -> None:
    try:
        front.do(command)
    except Refused as refusal:
        front.refuse(refusal, command.actor, channel=channel, thread=thread, key=command.key)


def _top_level(front: Front, person: str, place: str, channel: str, ts: str, words: str, files: int) -> None:
    """Outside of any thread: a new request if it reads like one, else an answer to the one open interview."""
    reading = read(words, front.office.library.catalogue)
    with front.office.store.read() as session:
        open_talks = queries.open_talks(session, person)
    fresh = reading.tool.kind != "none" or reading.intent in (
        "use",
        "build",
        "report_existing",
    )
    if reading.intent in GUIDE and reading.tool.kind == "none":
        _guide(front, place, ts, person, f"guide:{ts}")
    elif reading.intent in LOOK and reading.tool.kind == "none":
        _list(front, person, place, ts)
    elif not fresh and len(open_talks) == 1 and open_talks[0].use_id:
        talk = open_talks[0]
        _say(
            front,
            Type(actor=person, key=_heard_key(ts), case=str(talk.use_id), words=words, files=files),
            channel,
            talk.root_ts,
        )
    elif not fresh and len(open_talks) > 1:
        _which(front, person, place, ts, open_talks)
    elif not words.strip():
        _guide(front, place, ts, person, f"guide:{ts}")
    else:
        front.do(Begin(actor=person, key=_heard_key(ts), case=new_case(), words=words, place=place, root=ts))


def _guide(front: Front, place: str, root: str, person: str, key: str) -> None:
    """What Steward can do for them, in a few lines, with a button to begin."""
    shown = screens.guide(make_voice(front))
    _post(front, place, root, shown.text, shown.blocks, key)


def _list(front: Front, person: str, place: str, root: str) -> None:
    desk = front.desk()
    with front.office.store.read() as session:
        entries = queries.entries(session, front.reader(person, desk), limit=200)
    shown = screens.listing(make_voice(front), entries, "")
    _post(front, place, root, shown.text, shown.blocks, f"list:{root}")


def _which(front: Front, person: str, place: str, ts: str, talks: Any) -> None:
    """Two interviews are open and the words stand outside of both: ask which was meant, never guess."""
    own = [row for row in talks if row.use_id]
    with front.office.store.read() as session:
        mine = {entry.id: entry for entry in queries.mine(session, person)}
    entries = tuple(mine[row.use_id] for row in own if row.use_id in mine)
    shown = screens.which(make_voice(front), entries)
    _post(front, place, ts, shown.text, shown.blocks, f"which:{ts}")


def _post(front: Front, place: str, root: str, text: str, blocks: list[dict[str, Any]], key: str) -> None:
    payload = {"text": text, "blocks": blocks, "thread": root}
    front.once(
        f"post:{key}",
        lambda s: outbox.put(
            s, kind="post", place_id=place, payload=payload, priority=0, now=front.office.now()
        ),
    )


def _edited(front: Front, event: dict[str, Any], *, team: str, key: str) -> None:
    """An edit never counts as a second answer: the record stays, and the person is asked whether to change it."""
    message, before = event.get("message") or {}, event.get("previous_message") or {}
    if message.get("bot_id") or not message.get("user") or message.get("text") == before.get("text"):
        return
    root = str(message.get("thread_ts") or message.get("ts"))
    person = front.person(Who(team, str(message["user"])))
    place = front.directory.place(str(event["channel"]), kind="dm", person=person)
    talk = _talk(front, place, root)
    if talk is None or talk.use_id is None:
        return
    said = _heard_key(str(message["ts"]))
    asked = next((a for a in (talk.state.get("asked") or ()) if a.get("heard") == said), None)
    with front.office.store.read() as session:
        case = front.loaded(session, talk.use_id)
        shown = screens.edited(make_voice(front), case, str(asked["question"]) if asked else "")
    _post(front, place, root, shown.text, shown.blocks, f"edited:{key}")


def _talk(front: Front, place: str, root: str) -> ConversationRow | None:
    with front.office.store.read() as session:
        return queries.talk_at(session, place, root)


def begin_in_dm(front: Front, person: str, words: str, *, key: str) -> None:
    """First words that came from a window: their thread starts in the direct message with the words themselves."""
    place = front.directory.dm(person)
    channel = front.directory.channel(place or "")
    if place is None or channel is None:
        raise LookupError("no direct message with this person")
    shown = screens.quoted(make_voice(front), words)
    answer = front.client.chat_postMessage(
        channel=channel, text=shown.text, blocks=shown.blocks, unfurl_links=False
    )
    front.do(Begin(actor=person, key=key, case=new_case(), words=words, place=place, root=str(answer["ts"])))
