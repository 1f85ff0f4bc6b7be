"""The chat.* methods: post, update, delete, whisper, link."""

from __future__ import annotations

import json
from typing import Any

from bot.sandbox import saying
from bot.sandbox.blockcheck import refuse_bad_blocks
from bot.sandbox.conversation import Message
from bot.sandbox.errors import Json, Refusal
from bot.sandbox.methods.call import Call
from bot.sandbox.typed import link_names

UPDATE_CHARACTERS = 4_000
METADATA_CHARACTERS = 16_000


def post_message(call: Call) -> Json:
    """Post into a conversation, or into the direct messages of a person named by id."""
    channel = call.writable(by_user=True)
    thread = call.text("thread_ts")
    message = saying.say(
        call.ws,
        call.ws.bot.user_id,
        channel,
        _text(call, default_parse="none"),
        blocks=_content(call),
        thread_ts=thread,
        metadata=_metadata(call),
        broadcast=bool(thread) and call.flag("reply_broadcast"),
        from_bot=True,
    )
    return _answer(call, message)


def update(call: Call) -> Json:
    """Change one of the bot's own messages; text without blocks removes the blocks."""
    channel = call.channel()
    message = call.message(channel)
    if not message.from_bot:
        raise Refusal("cant_update_message", "not a message of this app")
    if channel.is_archived:
        raise Refusal("is_inactive", f"{channel.id} is archived")
    if len(call.text("text") or "") > UPDATE_CHARACTERS:
        raise Refusal("msg_too_long", f"more than {UPDATE_CHARACTERS} characters of text")
    fields: Json = {"blocks": _content(call)}
    if call.args.get("text") is not None:
        fields["text"] = _text(call, default_parse="client")
    if call.args.get("metadata") is not None:
        fields["metadata"] = _metadata(call)
    saying.change(call.ws, message, **fields)
    return _answer(call, message) | {"text": message.text}


def delete(call: Call) -> Json:
    """Delete one of the bot's own messages."""
    channel = call.channel()
    message = call.message(channel)
    if not message.from_bot:
        raise Refusal("cant_delete_message", "not a message of this app")
    saying.delete(call.ws, message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    """Show a message to one person."""
    channel = call.writable()
    user = call.needed("user")
    if user not in channel.members:
        raise Refusal("user_not_in_channel", f"{user} in {channel.id}")
    message = saying.say(
        call.ws,
        call.ws.bot.user_id,
        channel,
        _text(call, default_parse="none"),
        blocks=_content(call),
        thread_ts=call.text("thread_ts"),
        from_bot=True,
        ephemeral_to=user,
    )
    return {"message_ts": message.ts} | _warnings(call)


def get_permalink(call: Call) -> Json:
    """A link that opens the message on the page; where the workspace has an address, in Slack's own form."""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    if address := call.ws.address:
        reply = f"?thread_ts={message.thread_ts}&cid={channel.id}" if message.is_reply else ""
        number = message.ts.replace(".", "")
        return {"channel": channel.id, "permalink": f"{address}/archives/{channel.id}/p{number}{reply}"}
    thread = f"&t={message.thread_ts}&thread_ts={message.thread_ts}" if message.is_reply else ""
    return {"channel": channel.id, "permalink": f"{call.base}/#c={channel.id}&m={message.ts}{thread}"}


def checked_content(text: object, blocks: Any) -> list[Json]:
    """The blocks, when text and blocks together make a message that Slack would take."""
    if blocks is not None:
        refuse_bad_blocks(blocks)
    if not blocks and not str(text or "").strip():
        raise Refusal("no_text", "neither text nor blocks")
    return json.loads(json.dumps(blocks)) if blocks else []


def _content(call: Call) -> list[Json]:
    if call.parsed("attachments"):
        raise Refusal("invalid_attachments", "attachments are legacy; the local workspace does not take them")
    return checked_content(call.args.get("text"), call.parsed("blocks", "invalid_blocks_format"))


def _text(call: Call, *, default_parse: str) -> str:
    text = call.text("text") or ""
    if call.flag("link_names") or (call.text("parse") or default_parse) in ("full", "client"):
        return link_names(text, call.ws.named_people(), call.ws.named_channels())
    return text


def _metadata(call: Call) -> Json | None:
    value = call.parsed("metadata", "invalid_metadata_format")
    if not value:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("event_payload"), dict):
        raise Refusal("invalid_metadata_format", "expected event_type and event_payload")
    if not isinstance(value.get("event_type"), str) or not value["event_type"]:
        raise Refusal("invalid_metadata_format", "event_type must be a non-empty string")
    if len(json.dumps(value)) > METADATA_CHARACTERS:
        raise Refusal("metadata_too_large", f"more than {METADATA_CHARACTERS} characters")
    return value


def _answer(call: Call, message: Message) -> Json:
    body = call.ws.body(message, with_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "message": body} | _warnings(call)


def _warnings(call: Call) -> Json:
    """What Slack does although it advises against it."""
    text = (call.text("text") or "").strip()
    found = ["missing_text_in_message"] if not text else []
    if len(text) > saying.POST_CHARACTERS:
        found.append("message_truncated")
    return {"warning": ",".join(found), "response_metadata": {"warnings": found}} if found else {}


METHODS = {
    "chat.postMessage": post_message,
    "chat.update": update,
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.getPermalink": get_permalink,
}
