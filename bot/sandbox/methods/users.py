"""The users.* methods."""

from __future__ import annotations

from bot.sandbox.errors import Json, Refusal
from bot.sandbox.methods.call import Call
from bot.sandbox.people import bot_payload


def info(call: Call) -> Json:
    """One person, or the bot itself."""
    if call.text("user") == call.ws.bot.user_id:
        return {"user": bot_payload(call.ws.bot, call.ws.team)}
    person = call.person()
    told = person.payload(call.ws.team, call.ws.clock.moment(), with_email=call.ws.tells_emails)
    return {"user": told | ({"locale": person.locale} if call.flag("include_locale") else {})}


def list_(call: Call) -> Json:
    """Everybody of this workspace, the deactivated and the bot included."""
    now, emails = call.ws.clock.moment(), call.ws.tells_emails
    everybody = [
        p.payload(call.ws.team, now, with_email=emails) for p in call.ws.people.values() if not p.is_stranger
    ]
    found, cursor = call.page([*everybody, bot_payload(call.ws.bot, call.ws.team)])
    return {"members": found, "response_metadata": cursor}


def lookup_by_email(call: Call) -> Json:
    """One person of this workspace whose account is open, by their address in any case of its letters."""
    email = call.needed("email").casefold()
    found = (p for p in call.ws.people.values() if not (p.deleted or p.is_stranger))
    person = next((p for p in found if p.email.casefold() == email), None)
    if person is None:
        raise Refusal("users_not_found", email)
    return {"user": person.payload(call.ws.team, call.ws.clock.moment())}


METHODS = {"users.info": info, "users.list": list_, "users.lookupByEmail": lookup_by_email}
