"""Changes of the workspace itself, which the app hears of as events: people leave, channels are archived."""

from __future__ import annotations

from bot.sandbox.conversation import Channel
from bot.sandbox.errors import Json
from bot.sandbox.saying import tell
from bot.sandbox.state import Workspace


def deactivate(ws: Workspace, user: str) -> None:
    """Deactivate a person."""
    person = ws.person(user)
    person.deleted = True
    body = person.payload(ws.team, ws.clock.moment(), with_email=ws.tells_emails)
    tell(ws, "user_change", {"type": "user_change", "user": body, "event_ts": ws.new_ts()})
    ws.changed("people")


def uninstall(ws: Workspace) -> None:
    """Take the app out of the workspace; its token counts no more."""
    ws.is_installed = False
    tokens: Json = {"oauth": [], "bot": [ws.bot.user_id]}
    tell(ws, "tokens_revoked", {"type": "tokens_revoked", "tokens": tokens, "event_ts": ws.new_ts()})
    tell(ws, "app_uninstalled", {"type": "app_uninstalled", "event_ts": ws.new_ts()})


def archive(ws: Workspace, channel: str) -> None:
    """Archive a channel."""
    place = ws.channel(channel)
    place.is_archived = True
    _tell_of(ws, place, "archive")


def unarchive(ws: Workspace, channel: str) -> None:
    """Bring an archived channel back."""
    place = ws.channel(channel)
    place.is_archived = False
    _tell_of(ws, place, "unarchive")


def _tell_of(ws: Workspace, place: Channel, what: str) -> None:
    kind = f"{'group' if place.kind == 'group' else 'channel'}_{what}"
    by = place.members[0] if place.members else ""
    tell(ws, kind, {"type": kind, "channel": place.id, "user": by, "event_ts": ws.new_ts()})
    ws.changed("channel", channel=place.id)


def join(ws: Workspace, user: str, channel: str) -> None:
    """Add a person or the bot to a channel; the app hears of it where it is a member."""
    place = ws.channel(channel)
    if user in place.members:
        return
    place.members.append(user)
    if ws.bot.user_id in place.members:
        event: Json = {
            "type": "member_joined_channel",
            "user": user,
            "channel": place.id,
            "channel_type": "G" if place.kind == "group" else "C",
            "team": ws.team.id,
            "event_ts": ws.new_ts(),
        }
        tell(ws, "member_joined_channel", event)
    ws.changed("channel", channel=place.id)


def leave(ws: Workspace, user: str, channel: str) -> None:
    """Take a person or the bot out of a channel; of its own leaving the app is told."""
    place = ws.channel(channel)
    if user not in place.members:
        return
    place.members.remove(user)
    if user == ws.bot.user_id:
        kind = "group_left" if place.kind == "group" else "channel_left"
        tell(ws, kind, {"type": kind, "channel": place.id, "event_ts": ws.new_ts()})
    ws.changed("channel", channel=place.id)
