"""What the page can do as a person: one row for each `/ui/do/<what>`."""

from __future__ import annotations

import base64
from collections.abc import Callable

from bot.sandbox import moving
from bot.sandbox.actor import Actor
from bot.sandbox.errors import Json


def _say(actor: Actor, wish: Json) -> str:
    files = [(f["name"], _content(f)) for f in wish.get("files") or []]
    also = bool(wish.get("also_in_channel"))
    return actor.says(wish["channel"], wish["text"], wish.get("thread_ts"), files, also_in_channel=also)


def _upload(actor: Actor, wish: Json) -> Json:
    return actor.uploads(str(wish["name"]), _content(wish))


def _content(file: Json) -> bytes:
    return base64.b64decode(file["content"], validate=True)


def _press(actor: Actor, wish: Json) -> bool:
    where, action, block = wish["where"], wish["action_id"], wish.get("block_id")
    value, values = wish.get("value"), wish.get("values")
    if where == "message":
        if values is not None:
            return actor.selects(wish["channel"], wish["ts"], action, values, block)
        return actor.clicks(wish["channel"], wish["ts"], action, value, block)
    if where == "home":
        if values is not None:
            return actor.selects_home(action, values, block)
        return actor.clicks_home(action, value, block)
    if values is not None:
        return actor.selects_view(action, values, block)
    return actor.clicks_view(action, value, block)


def _look_for(actor: Actor, wish: Json) -> list[Json]:
    there = {"channel": wish.get("channel") or "", "ts": wish.get("ts") or ""}
    return actor.looks_for(wish["action_id"], str(wish["query"]), home=wish["where"] == "home", **there)


def _react(actor: Actor, wish: Json) -> None:
    (actor.reacts if wish["on"] else actor.unreacts)(wish["channel"], wish["ts"], wish["name"])


def _read(actor: Actor, wish: Json) -> None:
    with actor.ws.lock:
        place = actor.ws.place(actor.user, wish["channel"])
        if place.messages:
            actor.ws.last_read[actor.user, place.id] = place.messages[-1].ts


ACTS: dict[str, Callable[[Actor, Json], object]] = {
    "say": _say,
    "edit": lambda actor, wish: actor.edits(wish["channel"], wish["ts"], wish["text"]),
    "delete": lambda actor, wish: actor.deletes(wish["channel"], wish["ts"]),
    "react": _react,
    "upload": _upload,
    "press": _press,
    "look": _look_for,
    "command": lambda actor, wish: actor.command(wish["name"], wish["text"], wish["channel"]),
    "shortcut": lambda actor, wish: actor.shortcut(wish["callback_id"], wish.get("channel"), wish.get("ts")),
    "home": lambda actor, wish: actor.opens_home(wish.get("tab", "home")),
    "fill": lambda actor, wish: actor.takes_over(wish["view_id"], wish["values"]),
    "submit": lambda actor, wish: actor.submits(),
    "close": lambda actor, wish: actor.closes_view(all_of_them=bool(wish.get("all"))),
    "read": _read,
    "move": lambda actor, wish: moving.move(actor.ws, actor.user, wish["to"]),
}
