"""What the page shows to one person."""

from __future__ import annotations

from bot.sandbox.conversation import Channel
from bot.sandbox.errors import Json
from bot.sandbox.state import Workspace
from bot.sandbox.typed import to_typing


def state(ws: Workspace, user: str) -> Json:
    """Everything around the messages."""
    with ws.lock:
        return {
            "team": {"id": ws.team.id, "name": ws.team.name},
            "bot": {"id": ws.bot.user_id, "name": ws.bot.name},
            "me": user,
            "dm": ws.person(user).dm if ws.person(user).dm in ws.channels else "",
            "people": [
                {
                    "id": p.id,
                    "name": p.name,
                    "title": p.title,
                    "initials": p.initials,
                    "deleted": p.deleted,
                    "guest": p.is_restricted,
                    "single": p.is_ultra_restricted,
                    "stranger": p.is_stranger,
                    "tz": p.tz,
                }
                for p in ws.people.values()
            ],
            "groups": [
                {"id": g.id, "handle": g.handle, "name": g.name} for g in ws.groups.values() if not g.disabled
            ],
            "channels": [_place(ws, user, c) for c in ws.channels.values() if _listed(ws, user, c)],
            "commands": ws.commands,
            "shortcuts": ws.shortcuts,
            "now": ws.now(),
            "shift": ws.clock.shift,
        }


def messages(ws: Workspace, user: str, channel: str) -> Json:
    """The messages of one conversation, threads included."""
    with ws.lock:
        place = ws.place(user, channel)
        people = {p.id: p.name for p in ws.people.values()} | {ws.bot.user_id: ws.bot.name}
        people |= {g.id: g.handle for g in ws.groups.values()}
        names = {c.id: c.name for c in ws.channels.values()}
        shown = []
        for message in ws.visible_to(user, place):
            body = ws.shown(message) | {
                "own": message.user == user and not message.deleted,
                "picked": ws.picked.get((user, place.id, message.ts), {}),
            }
            body.pop("metadata", None)
            if body["own"]:
                body["typed"] = to_typing(message.text, people, names)
            shown.append(body)
        return {"channel": place.id, "messages": shown, "read": ws.last_read.get((user, place.id), "")}


def _listed(ws: Workspace, user: str, channel: Channel) -> bool:
    return user in channel.members if channel.kind == "im" else ws.may_see(user, channel)


def _place(ws: Workspace, user: str, channel: Channel) -> Json:
    seen = ws.last_read.get((user, channel.id), "")
    unread = [m for m in ws.visible_to(user, channel) if m.ts > seen and m.user != user and not m.deleted]
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "archived": channel.is_archived,
        "shared": bool(channel.shared_with),
        "member": user in channel.members,
        "members": channel.members,
        "unread": len(unread) if user in channel.members else 0,
    }
