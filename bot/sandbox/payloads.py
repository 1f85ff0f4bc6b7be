"""The envelopes' contents: events and interactions in the shape Slack sends them."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from bot.sandbox.conversation import Channel, Message
from bot.sandbox.errors import Json
from bot.sandbox.state import Workspace
from bot.sandbox.triggers import Address
from bot.sandbox.values import state_of
from bot.sandbox.views import View

TOKEN = "local-workspace-verification-token"


def event_callback(ws: Workspace, event: Json) -> Json:
    """The outer layer of every event."""
    place = ws.channels.get(event["channel"]) if isinstance(event.get("channel"), str) else None
    authorization = {
        "enterprise_id": None,
        "team_id": ws.team.id,
        "user_id": ws.bot.user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": TOKEN,
        "team_id": ws.team.id,
        "context_team_id": ws.team.id,
        "context_enterprise_id": None,
        "api_app_id": ws.bot.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{token_hex(6).upper()}",
        "event_time": int(ws.now()),
        "authorizations": [authorization],
        "is_ext_shared_channel": bool(place and place.shared_with),
        "event_context": f"4-{token_hex(12)}",
    }


def message_event(ws: Workspace, message: Message) -> Json:
    """A new message where the app listens."""
    event = _said(ws, message) | {"channel_type": ws.channels[message.channel].kind}
    if message.files:
        event["subtype"] = "file_share"
    if message.broadcast:
        event["subtype"] = "thread_broadcast"
    if not message.from_bot:
        event["client_msg_id"] = token_hex(16)
    return event


def metadata_event(ws: Workspace, message: Message) -> Json:
    """A message with metadata was posted; nothing of its words."""
    return {
        "type": "message_metadata_posted",
        "app_id": ws.bot.app_id,
        "bot_id": ws.bot.bot_id,
        "user_id": message.user,
        "team_id": ws.team.id,
        "channel_id": message.channel,
        "metadata": message.metadata,
        "message_ts": message.ts,
        "event_ts": message.ts,
    }


def changed_event(ws: Workspace, message: Message, before: Json, ts: str) -> Json:
    """A message was edited, by a person or by the app itself."""
    return _change(ws, message, "message_changed", before, ts) | {"message": ws.body(message)}


def deleted_event(ws: Workspace, message: Message, before: Json, ts: str) -> Json:
    """A message was deleted."""
    return _change(ws, message, "message_deleted", before, ts) | {"deleted_ts": message.ts}


def _change(ws: Workspace, message: Message, subtype: str, before: Json, ts: str) -> Json:
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": message.channel,
        "channel_type": ws.channels[message.channel].kind,
        "ts": ts,
        "event_ts": ts,
        "previous_message": before,
    }


def mention_event(ws: Workspace, message: Message) -> Json:
    """Somebody mentioned the bot in a channel."""
    return _said(ws, message) | {"type": "app_mention"}


def _said(ws: Workspace, message: Message) -> Json:
    event = ws.body(message) | {"channel": message.channel, "event_ts": message.ts}
    if (home := ws.team_of(message.user)) != ws.team.id:
        event |= {"user_team": home, "source_team": home}
    head = ws.channels[message.channel].find(message.thread_ts or "") if message.is_reply else None
    return event | ({"parent_user_id": head.user} if head else {})


def reaction_event(ws: Workspace, kind: str, user: str, message: Message, name: str) -> Json:
    """Somebody put a reaction on a message, or took it away."""
    event: Json = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item_user": message.user,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "event_ts": ws.new_ts(),
    }
    if (home := ws.team_of(user)) != ws.team.id:
        event |= {"user_team": home}
    return event


def home_opened(ws: Workspace, user: str, tab: str) -> Json:
    """Somebody looks at the app's Home or Messages tab."""
    event: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": ws.person(user).dm,
        "tab": tab,
        "event_ts": ws.new_ts(),
    }
    home = ws.views.homes.get(user)
    return event | ({"view": ws.views.payload(home)} if home else {})


def interaction(ws: Workspace, kind: str, user: str) -> Json:
    """What all interactions have in common."""
    person = ws.person(user)
    return {
        "type": kind,
        "token": TOKEN,
        "api_app_id": ws.bot.app_id,
        "team": {"id": ws.team.id, "domain": ws.team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": user, "username": person.handle, "name": person.handle, "team_id": ws.team_of(user)},
        "trigger_id": ws.permits.new_trigger(user),
    }


def address(ws: Workspace, base: str, user: str, channel: str, message: Message | None = None) -> str:
    """A fresh response_url."""
    ts, thread = (message.ts, message.thread_ts) if message else (None, None)
    key = ws.permits.new_address(Address(user, channel, ws.now(), ts, thread))
    return f"{base}/response/{key}"


def message_action(
    ws: Workspace, base: str, user: str, channel: Channel, message: Message, action: Json
) -> Json:
    """A press or a choice in a message."""
    body = interaction(ws, "block_actions", user) | standing_in(ws, channel, message)
    return body | {
        "state": {"values": state_of(message.blocks, ws.picked.get((user, channel.id, message.ts), {}))},
        "response_url": address(ws, base, user, channel.id, message),
        "actions": [action | {"action_ts": ws.new_ts()}],
    }


def standing_in(ws: Workspace, channel: Channel, message: Message) -> Json:
    """Where something is that stands in a message; what only one person sees does not come along."""
    ephemeral = message.ephemeral_to is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    found = {"container": container, "channel": {"id": channel.id, "name": channel.name_in_payloads}}
    return found if ephemeral else found | {"message": ws.body(message)}


def view_action(ws: Workspace, view: View, action: Json) -> Json:
    """A press or a choice in a modal or on the Home tab."""
    return (
        interaction(ws, "block_actions", view.user)
        | standing_in_view(ws, view)
        | {"actions": [action | {"action_ts": ws.new_ts()}]}
    )


def standing_in_view(ws: Workspace, view: View) -> Json:
    """Where something is that stands in a view."""
    return {"container": {"type": "view", "view_id": view.id}, "view": ws.views.payload(view)}


def suggestion(ws: Workspace, user: str, block: Json, element: Json, query: str, where: Json) -> Json:
    """Somebody types into a menu whose options the app keeps; `where` is the view, or message and channel."""
    body = interaction(ws, "block_suggestion", user)
    del body["trigger_id"]
    return body | {"block_id": block["block_id"], "action_id": element["action_id"], "value": query} | where


def submission(ws: Workspace, view: View) -> Json:
    """A modal was submitted."""
    return interaction(ws, "view_submission", view.user) | {
        "view": ws.views.payload(view),
        "response_urls": [],
    }


def closing(ws: Workspace, view: View, *, is_cleared: bool) -> Json:
    """A modal was closed by the person."""
    body = interaction(ws, "view_closed", view.user) | {
        "view": ws.views.payload(view),
        "is_cleared": is_cleared,
    }
    del body["trigger_id"]
    return body


def command(ws: Workspace, base: str, user: str, channel: Channel, name: str, text: str) -> Json:
    """A slash command."""
    return {
        "token": TOKEN,
        "team_id": ws.team.id,
        "team_domain": ws.team.domain,
        "channel_id": channel.id,
        "channel_name": channel.name_in_payloads,
        "user_id": user,
        "user_name": ws.person(user).handle,
        "command": name,
        "text": text,
        "api_app_id": ws.bot.app_id,
        "is_enterprise_install": "false",
        "response_url": address(ws, base, user, channel.id),
        "trigger_id": ws.permits.new_trigger(user),
    }


def shortcut(ws: Workspace, user: str, callback_id: str, **more: Any) -> Json:
    """A global shortcut, or with `more` a message shortcut."""
    kind = "message_action" if more else "shortcut"
    return interaction(ws, kind, user) | {"callback_id": callback_id, "action_ts": ws.new_ts()} | more
