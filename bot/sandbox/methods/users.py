"""The users.* methods."""

from __future__ import annotations

from bot.sandbox.errors import Json
from bot.sandbox.methods.call import Call
from bot.sandbox.people import bot_payload


def info(call: Call) -> Json:
    """One person, or the bot itself."""
    if call.text("user") == call.ws.bot.user_id:
        return {"user": bot_payload(call.ws.bot, call.ws.team)}
    person = call.person()
    told = person.payload(call.ws.team, call.ws.clock.moment())
    return {"user": told | ({"locale": person.locale} if call.flag("include_locale") else {})}


def list_(call: Call) -> Json:
    """Everybody of this workspace, the deactivated and the bot included."""
    now = call.ws.clock.moment()
    everybody = [p.payload(call.ws.team, now) for p in call.ws.people.values() if not p.is_stranger]
    found, cursor = call.page([*everybody, bot_payload(call.ws.bot, call.ws.team)])
    return {"members": found, "response_metadata": cursor}


METHODS = {"users.info": info, "users.list": list_}
