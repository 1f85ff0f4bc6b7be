"""The dnd.* methods."""

from __future__ import annotations

from bot.sandbox.errors import Json
from bot.sandbox.methods.call import Call


def info(call: Call) -> Json:
    """Whether somebody wants quiet; without hours of every day, both of their moments are 1."""
    person = call.person()
    paused = person.paused_until > call.ws.clock.now()
    told: Json = {
        "dnd_enabled": False,
        "next_dnd_start_ts": 1,
        "next_dnd_end_ts": 1,
        "snooze_enabled": paused,
    }
    return told | ({"snooze_endtime": int(person.paused_until)} if paused else {})


METHODS = {"dnd.info": info}
