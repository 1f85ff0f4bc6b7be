"""The usergroups.* methods."""

from __future__ import annotations

from bot.sandbox.errors import Json, Refusal
from bot.sandbox.methods.call import Call


def list_(call: Call) -> Json:
    """All user groups; disabled ones and members only when asked for."""
    groups = [g for g in call.ws.groups.values() if call.flag("include_disabled") or not g.disabled]
    return {"usergroups": [g.payload(call.ws.team, with_users=call.flag("include_users")) for g in groups]}


def users_list(call: Call) -> Json:
    """Who is in a user group."""
    group = call.ws.groups.get(call.needed("usergroup"))
    if group is None:
        raise Refusal("no_such_subteam", call.needed("usergroup"))
    return {"users": list(group.users)}


METHODS = {"usergroups.list": list_, "usergroups.users.list": users_list}
