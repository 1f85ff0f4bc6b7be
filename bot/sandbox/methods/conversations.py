"""The conversations.* methods: open, info, members, list, history, replies."""

from __future__ import annotations

from bot.sandbox.conversation import Channel, Message
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.methods.call import Call


def open_(call: Call) -> Json:
    """The direct messages with one person."""
    if call.text("channel"):
        channel = call.channel()
        return {"channel": {"id": channel.id}, "no_op": True, "already_open": True}
    users = [u for u in call.needed("users").split(",") if u]
    if len(users) != 1:
        raise Refusal("not_enough_users", "the local workspace opens conversations with one person")
    if users[0] == call.ws.bot.user_id:
        raise Refusal("cannot_dm_bot", users[0])
    person = call.ws.people.get(users[0])
    if person is None:
        raise Refusal("user_not_found", users[0])
    if person.deleted:
        raise Refusal("user_disabled", person.id)
    if person.is_stranger:
        raise Refusal("user_not_visible", f"{person.id} belongs to another workspace")
    channel = call.ws.channels[person.dm]
    body = channel.payload(call.ws.bot, call.ws.team.id) if call.flag("return_im") else {"id": channel.id}
    return {"channel": body}


def info(call: Call) -> Json:
    """One conversation."""
    return {"channel": call.channel().payload(call.ws.bot, call.ws.team.id)}


def members(call: Call) -> Json:
    """Who is in a conversation."""
    found, cursor = call.page(call.channel().members)
    return {"members": found, "response_metadata": cursor}


def list_(call: Call) -> Json:
    """All conversations that the bot may know."""
    kinds = {
        "public_channel": "channel",
        "private_channel": "group",
        "im": "im",
    }
    wanted = {kinds.get(t.strip(), t) for t in (call.text("types") or "public_channel").split(",")}
    bot = call.ws.bot.user_id
    seen = [
        c
        for c in call.ws.channels.values()
        if c.kind in wanted
        and (c.kind == "channel" or bot in c.members)
        and not (call.flag("exclude_archived") and c.is_archived)
    ]
    found, cursor = call.page(seen)
    return {"channels": [c.payload(call.ws.bot, call.ws.team.id) for c in found], "response_metadata": cursor}


def history(call: Call) -> Json:
    """What stands in a conversation itself, newest first."""
    channel = _readable(call)
    shown = [m for m in _span(call, _public(channel)) if not m.is_reply or m.broadcast]
    return _messages(call, channel, shown[::-1])


def replies(call: Call) -> Json:
    """A thread: its head first, then the replies in order."""
    channel = _readable(call)
    ts = call.needed("ts")
    head = next((m for m in _public(channel) if m.ts == ts), None)
    if head is None:
        raise Refusal("thread_not_found", f"{ts} in {channel.id}")
    following = _span(call, [m for m in _public(channel) if m.is_reply and m.thread_ts == ts])
    return _messages(call, channel, [head, *following])


def _readable(call: Call) -> Channel:
    channel = call.channel()
    if call.ws.bot.user_id not in channel.members:
        raise Refusal("not_in_channel", channel.id)
    return channel


def _public(channel: Channel) -> list[Message]:
    return [
        m for m in channel.messages if m.ephemeral_to is None and (not m.deleted or channel.replies(m.ts))
    ]


def _span(call: Call, messages: list[Message]) -> list[Message]:
    try:
        oldest, latest = float(call.text("oldest") or 0), float(call.text("latest") or "inf")
    except ValueError:
        raise Refusal("invalid_ts_oldest", "oldest or latest is not a timestamp") from None
    if call.flag("inclusive"):
        return [m for m in messages if oldest <= float(m.ts) <= latest]
    return [m for m in messages if oldest < float(m.ts) < latest]


def _messages(call: Call, channel: Channel, found: list[Message]) -> Json:
    page, cursor = call.page(found, 100)
    metadata = call.flag("include_all_metadata")
    bodies = []
    for message in page:
        body = call.ws.body(message, with_metadata=metadata)
        below = channel.replies(message.ts)
        if below:
            body |= {
                "thread_ts": message.ts,
                "reply_count": len(below),
                "reply_users": sorted({m.user for m in below}),
                "latest_reply": below[-1].ts,
            }
        bodies.append(body)
    return {"messages": bodies, "has_more": bool(cursor["next_cursor"]), "response_metadata": cursor}


METHODS = {
    "conversations.open": open_,
    "conversations.info": info,
    "conversations.members": members,
    "conversations.list": list_,
    "conversations.history": history,
    "conversations.replies": replies,
}
