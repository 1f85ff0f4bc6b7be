"""What the stories of failures have in common: requests signed as Slack does it, presses at once, a held database."""

from __future__ import annotations

import hashlib
import hmac
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

from sqlalchemy import create_engine, make_url, text
from sqlmodel import col, select

from bot.config import change
from bot.sandbox import payloads
from bot.slack.ids import Action, Press, to_value
from bot.slack.payloads import Who
from bot.slack.web import EVENTS
from store.engine import WRITERS
from store.tables import AuditTextRow, InboxRow
from tests.slack_world import ANA, CLEO, HARMLESS, SECRET, TEAM, Shown, Somebody, Thread, World

Json = dict[str, Any]
GROUP = "S0REVIEW"
"""A user group of Ben and Eve."""


def signature(body: bytes, moment: str) -> str:
    return "v0=" + hmac.new(SECRET.encode(), f"v0:{moment}:".encode() + body, hashlib.sha256).hexdigest()


def sends(world: World, event: Json, *, retry: int = 0, moment: str = "", signed: str = "") -> int:
    """One delivery over HTTP, signed as Slack does it unless told otherwise; returns the status of the answer."""
    body, moment = json.dumps(event).encode(), moment or str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": signed or signature(body, moment),
    }
    if retry:
        headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": "http_timeout"}
    caller = HTTPConnection("127.0.0.1", world._bot._port, timeout=10)
    try:
        caller.request("POST", EVENTS, body, headers)
        return caller.getresponse().status
    finally:
        caller.close()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Begin all of them in the same moment; returns what each came to."""
    gate, came = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int, work: Callable[[], Any]) -> None:
        gate.wait()
        came[number] = work()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


@contextmanager
def held(url: str) -> Iterator[None]:
    """Somebody else holds the database: nobody can write to it."""
    where = make_url(url)
    if where.get_backend_name() == "sqlite":
        holder = sqlite3.connect(str(where.database), isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            holder.execute("ROLLBACK")
            holder.close()
    else:
        engine = create_engine(where.set(drivername="postgresql+psycopg"))
        with engine.begin() as connection:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITERS})"))
            yield
        engine.dispose()


def asking(world: World, question: str = "", user: str = ANA, **more: Any) -> Thread:
    """A conversation in which that question (or simply the first) is open."""
    thread = world.person(user).asks(**more)
    thread.chooses(Action.MORE, Action.START_BLANK.value)
    while question and thread.question != question:
        thread.types(HARMLESS[thread.question or ""])
    return thread


def press_drawn(person: Somebody, message: Shown, element: Shown, **change: Any) -> bool:
    """Press an element as it once was drawn, whatever the message shows by now; `change`: parts of the element."""
    ws = person.world.workspace
    with ws.lock:
        place = ws.place(person.user, message["channel"])
        found = next(m for m in place.messages if m.ts == message["ts"])
        pressed = {k: v for k, v in element.items() if k in ("type", "action_id", "value", "text")}
        body = payloads.message_action(
            ws, person.hands.base, person.user, place, found, pressed | {"block_id": "b"} | change
        )
    return interacts(person, body)


def press_forged(person: Somebody, action: Action, press: Press, **change: Any) -> bool:
    """Pressed as the card could have shown it at any time; `change`: parts of who pressed."""
    ws, (card,) = person.world.workspace, person.world.cards()
    with ws.lock:
        place = ws.channels[card["channel"]]
        found = next(m for m in place.messages if m.ts == card["ts"])
        drawn = {"type": "button", "action_id": action.value, "value": to_value(press), "block_id": "b"}
        body = payloads.message_action(ws, person.hands.base, person.user, place, found, drawn)
    body["user"] |= change
    return interacts(person, body)


def interacts(person: Somebody, body: Json) -> bool:
    """Send a press or a window as it is; whether it was acknowledged."""
    done = person.hands._send("interactive", body).ok
    person.world.settle()
    return done


def buttons(shown: Shown) -> list[str]:
    return [e["action_id"] for b in shown["blocks"] if b["type"] == "actions" for e in b["elements"]]


def kept_words(world: World) -> list[str]:
    """Every text that the trail keeps."""
    with world.store.read() as session:
        return list(session.exec(select(AuditTextRow.text).order_by(col(AuditTextRow.seq))))


def rows(world: World) -> list[InboxRow]:
    with world.store.read() as session:
        return list(session.exec(select(InboxRow).order_by(col(InboxRow.id))))


def moves_cards(world: World, channel: str) -> None:
    """Cards go elsewhere from now on."""
    lead = world.bot.directory.person(Who(TEAM, CLEO))
    change(world.store, {"channels.governance": channel}, by=lead, key=channel, now=world.clock.moment())
    world.bot.office.changed()
    world.bot.office.ledger.show_cards(world.bot.front.desk())
    world.settle()
