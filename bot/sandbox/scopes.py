"""Which scope each method needs. Checked only when the seed lists the scopes the app has."""

from __future__ import annotations

from bot.sandbox.errors import Refusal
from bot.sandbox.methods.call import Call

_KINDS = {"channel": "channels", "group": "groups", "im": "im"}
_SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.open": "im:write",
    "conversations.info": "{kind}:read",
    "conversations.members": "{kind}:read",
    "conversations.history": "{kind}:history",
    "conversations.replies": "{kind}:history",
    "conversations.list": "channels:read",
    "users.info": "users:read",
    "users.list": "users:read",
    "usergroups.list": "usergroups:read",
    "usergroups.users.list": "usergroups:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "team.info": "team:read",
}


def check_scope(call: Call) -> None:
    """Refuse a call for which the app has no scope."""
    granted, needed = call.ws.scopes, _SCOPES.get(call.method)
    if granted is None or needed is None:
        return
    if "{kind}" in needed:
        needed = needed.replace("{kind}", _KINDS[call.channel().kind])
    if needed not in granted:
        provided = ",".join(sorted(granted))
        raise Refusal("missing_scope", f"{call.method} needs {needed}", needed=needed, provided=provided)
