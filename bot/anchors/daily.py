"""The anchor of a day, by the clock: one head, at each place once, however many processes look, whenever they stop."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from bot.anchors import shelf, stamps
from bot.config import Anchoring, Config
from store import anchors, outbox
from store.columns import to_text
from store.engine import Store
from store.sessions import Session
from triage.anchoring import Anchor, Due, Place, due

log = logging.getLogger(__name__)

PRIORITY = 2
OTHER = "other"


class Failed(Exception):
    """It could not be put there; `because` is one word for the trail, the rest for the log."""

    def __init__(self, because: str, sentence: str) -> None:
        super().__init__(sentence)
        self.because = because


class Voices(NamedTuple):
    """Who hears of it, and in which words. `place`: the channel, where there is one that is known."""

    place: str | None
    leads: Sequence[str]
    post: Callable[[Anchor], str]
    warning: Callable[[Place, str], str]


def places(settled: Anchoring, place: str | None) -> tuple[Place, ...]:
    """Where anchors go; what is ours comes before what asks a stranger."""
    found: dict[Place, bool] = {
        "channel": place is not None,
        "file": bool(settled.file),
        "stamp": bool(settled.tsa and settled.tsa_root),
    }
    return tuple(each for each, there in found.items() if there)


def look(store: Store, config: Config, voices: Voices, now: datetime) -> bool:
    """Late or twice, in one process or in several, it comes to the same; says whether a message is owed."""
    wanted = places(config.anchor, voices.place)
    today = due(config.hours.begin, config.timezone, now)
    if not wanted:
        return False
    with store.read() as session:
        if not anchors.is_open(session, today, wanted, now):
            return False
    holder = uuid4().hex
    with store.write() as session:
        day = anchors.begin(session, today, wanted, holder=holder, now=now)
    if day is None:
        return False
    try:
        owed = [_do(store, config.anchor, voices, today, day.anchor, place, now) for place in day.open]
    finally:
        with store.write() as session:
            anchors.end(session, holder=holder)
    return any(owed)


def _do(
    store: Store, settled: Anchoring, voices: Voices, today: Due, anchor: Anchor, place: Place, now: datetime
) -> bool:
    try:
        return put(store, settled, anchor, place, voices=voices, due=today, now=now)
    except Failed as problem:
        because = problem.because
        log.warning("The anchor waits: %s", problem, extra={"event": "anchor.failed", "where": place})
    except Exception as problem:
        # One place never ends the day for the others, and is counted like any failure.
        because, kind = OTHER, type(problem).__name__
        log.exception("The anchor waits: %s", kind, extra={"event": "anchor.failed", "where": place})
    with store.write() as session:
        if not anchors.failed(session, today, place, because=because, now=now):
            return False
        text = voices.warning(place, because)
        for lead in voices.leads:
            owe(session, text, person=lead, now=now)
        return bool(voices.leads)


def put(
    store: Store,
    settled: Anchoring,
    anchor: Anchor,
    place: Place,
    *,
    voices: Voices,
    due: Due | None,
    now: datetime,
) -> bool:
    """At one place, then its line; says whether a message is owed. What is outside comes first, and bears repeating."""
    token, stamped_at = b"", ""
    if place == "stamp":
        stamped = stamp(store, settled, anchor)
        token, stamped_at = stamped.token, to_text(stamped.at)
        if settled.file:
            _beside(store, Path(settled.file), anchor, token)
    if place == "file":
        keep(store, Path(settled.file or ""), anchor)
    with store.write() as session:
        told = anchors.Told(token, stamped_at)
        new = anchors.made(session, anchor, place, due=due, now=now, told=told)
        if place != "channel" or not new:
            return False
        owe(session, voices.post(anchor), place=voices.place, now=now)
        return True


def owe(
    session: Session, text: str, *, now: datetime, place: str | None = None, person: str | None = None
) -> None:
    outbox.put(
        session,
        kind="post",
        place_id=place,
        person_id=person,
        payload={"text": text},
        priority=PRIORITY,
        now=now,
    )


def stamp(store: Store, settled: Anchoring, anchor: Anchor) -> stamps.Stamp:
    with store.read() as session:
        body = anchors.body_of(session, anchor.seq)
    try:
        found = stamps.stamp(settled.tsa or "", body, Path(settled.tsa_root or ""))
    except stamps.Unstamped as problem:
        raise Failed(problem.because, str(problem)) from problem
    if found.digest != anchor.head:
        raise Failed("rewritten", f"Line {anchor.seq} of the trail is not the one that was to be stamped.")
    return found


def _beside(store: Store, path: Path, anchor: Anchor, token: bytes) -> None:
    """A stamp that was given counts, whatever is wrong with the file: that is a place of its own, and tells it."""
    try:
        keep(store, path, anchor, token)
    except Failed as problem:
        log.warning(
            "The stamp is not in the file: %s", problem, extra={"event": "anchor.failed", "where": "file"}
        )


def keep(store: Store, path: Path, anchor: Anchor, token: bytes = b"") -> None:
    """What stands there last must be of this very trail: else nothing is added, and somebody hears of it."""
    try:
        before = shelf.last(path)
        if before is not None:
            with store.read() as session:
                same = anchors.seal_of(session, before.seq) == before.head
            if not same:
                raise Failed("unlike", f"{path} holds a head of line {before.seq} that is not in this trail.")
        shelf.put(path, anchor, token)
    except shelf.Unreadable as problem:
        raise Failed(
            "unlike", f"{problem.args[0]} is not empty, and no head can be read at its end."
        ) from problem
    except OSError as problem:
        raise Failed("not_written", f"{path}: {problem.strerror}.") from problem
