"""Which scope each method needs. Checked only when the seed lists the scopes the app has."""

from __future__ import annotations

from bot.sandbox.errors import Refusal
from bot.sandbox.methods.call import Call

_KINDS = {"channel": "channels", "group": "groups", "im": "im"}
_LISTED = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",
}
FREE = {
    "api.test",
    "auth.test",
    "chat.getPermalink",
    "views.open",
    "views.publish",
    "views.push",
    "views.update",
}
"""Any token will do."""

SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "conversations.open": "im:write",
    "conversations.info": "{kind}:read",
    "conversations.members": "{kind}:read",
    "conversations.history": "{kind}:history",
    "conversations.replies": "{kind}:history",
    "conversations.list": "{types}",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
    "usergroups.list": "usergroups:read",
    "usergroups.users.list": "usergroups:read",
    "dnd.info": "dnd:read",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "files.info": "files:read",
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
    "reactions.get": "reactions:read",
    "team.info": "team:read",
}


def check_scope(call: Call) -> None:
    """Refuse a call for which the app has no scope."""
    granted = call.ws.scopes
    if granted is None or call.method in FREE:
        return
    for needed in _needed(call):
        if needed not in granted:
            provided = ",".join(sorted(granted))
            detail = f"{call.method} needs {needed}"
            raise Refusal("missing_scope", detail, needed=needed, provided=provided)


def _needed(call: Call) -> list[str]:
    needed = SCOPES[call.method]
    if "{kind}" in needed:
        return [needed.replace("{kind}", _KINDS[call.channel().kind])]
    if needed == "{types}":
        types = (call.text("types") or "public_channel").split(",")
        return [_LISTED[kind.strip()] for kind in types if kind.strip() in _LISTED]
    return [needed]
