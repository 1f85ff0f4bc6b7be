"""Makes the packs that were asked for, one at a time and outside of every request; what is half made goes away."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from slack_sdk.errors import SlackApiError

from bot.cli.days import end_of
from bot.pack.make import NAME, Made, make, to_wanted
from bot.proof import prove
from bot.slack import auditpaper, carrying, lookmade
from bot.slack.carrying import NotCarried
from bot.slack.errors import must_wait
from bot.slack.front import Front
from bot.slack.packed import may_have
from store import audit, packs
from store.errors import Unavailable
from store.legible import as_it_lies
from store.packs import Found, Order
from store.sessions import Session
from triage.outcome import Refused

log = logging.getLogger(__name__)

FOLDER = "steward-pack-"
EVERY_SECONDS = 3.0
"""Between two words about how far it is."""
PAUSE = timedelta(minutes=1)
OLD = timedelta(days=1)
"""Nobody is at what lies there longer."""


class Packing:
    """One worker; several may run, in one process or many, and a pack is still made once."""

    def __init__(self, front: Front, *, every: float = EVERY_SECONDS) -> None:
        self._front, self._store, self._every = front, front.office.store, every
        self._holder = uuid4().hex
        self._cleared = False

    def look(self) -> int:
        """Makes what was asked for; says how many."""
        if not self._cleared:
            self._cleared = True
            _clear_old()
        made = 0
        while (order := self._begun()) is not None:
            self._carry_out(order)
            made += 1
        return made

    def _begun(self) -> Order | None:
        now = self._store.now()
        with self._store.read() as session:
            if not packs.is_due(session, now):
                return None
        with self._store.write() as session:
            return packs.begin(session, holder=self._holder, now=now)

    def _carry_out(self, order: Order) -> None:
        _clear(order.folder)
        if order.tries > packs.TRIES:
            return self._give_up(order, "again")
        if not may_have(self._front, order):
            return self._give_up(order, "role")
        try:
            if order.what == "proof":
                return self._prove(order)
            if order.what == "report":
                return self._report(order)
            if order.what == "sample":
                return self._sample(order)
            with self._room(order) as (order, folder):
                (self._register if order.what == "register" else self._hand_over)(order, folder)
        except Unavailable:
            self._later(order)
        except NotCarried as problem:
            self._give_up(order, problem.why)
        except SlackApiError as error:
            self._later(order) if must_wait(error) else self._give_up(order, "other")
        except OSError as problem:
            log.warning("An evidence pack could not be made", extra={"problem": type(problem).__name__})
            self._give_up(order, "disk")
        except Exception:
            log.exception("An evidence pack could not be made", extra={"pack": order.id})
            self._give_up(order, "fault")

    def _hand_over(self, order: Order, folder: Path) -> None:
        path = folder / NAME.format(day=order.day)
        made = self._made(order, path)
        digest, size = _digest(path), path.stat().st_size
        try:
            ours = carrying.give_file(self._front.client, path, self._front.granted)
        except OSError:
            raise NotCarried("other") from None
        done = order.model_copy(
            update={
                "state": "made",
                "name": path.name,
                "seal": made.seal,
                "sha256": digest,
                "head": made.head,
                "faults": 0 if made.ok else 1,
            }
        )
        sealed: dict[str, audit.Machine] = {
            "as_of": order.day,
            "bytes": size,
            "seal": made.seal,
            "sha256": digest,
            "uses": made.uses,
        }
        with self._store.write() as session:
            packs.end(session, done, holder=self._holder, now=self._store.now(), ours=ours, sealed=sealed)
        self._front.wake()

    def _prove(self, order: Order) -> None:
        with self._store.read() as session:
            proof = prove(session, tick=_Ticks(self._every, lambda _: self._hold(order)))
        broken = None if proof.trail.ok else proof.trail.broken_at
        counts = {"texts": len(proof.texts), "records": len(proof.records), "unproven": len(proof.unproven)}
        found = Found(lines=proof.trail.lines, broken_at=broken, **counts)
        done = order.model_copy(update={"state": "made", "head": proof.trail.head, "found": found})
        sealed: dict[str, audit.Machine] = {
            "broken_at": broken,
            "head": proof.trail.head,
            "lines": found.lines,
            "ok": proof.ok,
            **counts,
        }
        with self._store.write() as session:
            packs.end(session, done, holder=self._holder, now=self._store.now(), sealed=sealed)
        self._front.wake()

    def _report(self, order: Order) -> None:
        ref, made = auditpaper.made(self._front, order.about)
        ours = carrying.give(self._front.client, made, self._front.granted)
        digest = hashlib.sha256(made.content).hexdigest()
        done = order.model_copy(update={"state": "made", "name": made.name, "sha256": digest})
        sealed: dict[str, audit.Machine] = {"audit": ref, "bytes": len(made.content), "sha256": digest}
        with self._store.write() as session:
            packs.end(session, done, holder=self._holder, now=self._store.now(), ours=ours, sealed=sealed)
        self._front.wake()

    def _register(self, order: Order, folder: Path) -> None:
        made, uses = lookmade.made(self._front, order, folder)
        ours = carrying.give(self._front.client, made, self._front.granted)
        digest = hashlib.sha256(made.content).hexdigest()
        done = order.model_copy(update={"state": "made", "name": made.name, "sha256": digest})
        sealed: dict[str, audit.Machine] = {
            "as_of": order.day,
            "bytes": len(made.content),
            "sha256": digest,
            "uses": uses,
        }
        with self._store.write() as session:
            packs.end(session, done, holder=self._holder, now=self._store.now(), ours=ours, sealed=sealed)
        self._front.wake()

    def _sample(self, order: Order) -> None:
        try:
            line = lookmade.draw(self._front, order)
        except Refused as refused:
            self._give_up(order, refused.key)
            return
        done = order.model_copy(update={"state": "made", "line": line})
        with self._store.write() as session:
            packs.end(session, done, holder=self._holder, now=self._store.now())
        self._front.wake()

    def _made(self, order: Order, path: Path) -> Made:
        day = date.fromisoformat(order.day)
        with self._store.read() as session, as_it_lies(session):
            wanted = to_wanted(session, day, end_of(day, session))
            total = _lines(session)
            tick = _Ticks(self._every, lambda count: self.note(order, min(count, total), total))
            return make(session, path, wanted, tick=tick)

    def _hold(self, order: Order) -> None:
        with suppress(Unavailable), self._store.write() as session:  # the next one does
            packs.hold(session, order, holder=self._holder, now=self._store.now())

    def note(self, order: Order, done: int, total: int) -> None:
        try:
            with self._store.write() as session:
                packs.note(session, order, done, total, holder=self._holder, now=self._store.now())
        except Unavailable:
            return  # the next word says more
        self._front.wake()

    @contextmanager
    def _room(self, order: Order) -> Iterator[tuple[Order, Path]]:
        """A folder that nobody else can read; noted first, so that it goes away even after the process died."""
        folder = Path(tempfile.mkdtemp(prefix=FOLDER))
        try:
            with self._store.write() as session:
                order = packs.note_folder(session, order, str(folder), now=self._store.now())
            yield order, folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _later(self, order: Order) -> None:
        """Raises Unavailable where the database still is: then the lease ends by itself."""
        with self._store.write() as session:
            packs.later(session, order, self._store.now() + PAUSE, holder=self._holder)

    def _give_up(self, order: Order, why: str) -> None:
        failed = order.model_copy(update={"state": "failed", "why": why})
        with self._store.write() as session:
            packs.end(session, failed, holder=self._holder, now=self._store.now())
        self._front.wake()


class _Ticks:
    """Called for each use and each line; says how many they were now and then."""

    def __init__(self, every: float, say: Callable[[int], None]) -> None:
        self._every, self._say = every, say
        self._count, self._told = 0, time.monotonic()

    def __call__(self) -> None:
        self._count += 1
        if (moment := time.monotonic()) - self._told >= self._every:
            self._told = moment
            self._say(self._count)


def _lines(session: Session) -> int:
    known = audit.end(session)
    return known.seq if known else 0


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _clear(folder: str) -> None:
    """What an earlier try left on this machine; nothing else is ever removed."""
    left = Path(folder) if folder else None
    if left is not None and left.parent == Path(tempfile.gettempdir()) and left.name.startswith(FOLDER):
        shutil.rmtree(left, ignore_errors=True)


def _clear_old() -> None:
    """What a process left that died while another machine made its pack; of nobody else, and not what is at work."""
    before = time.time() - OLD.total_seconds()
    for left in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        with suppress(OSError):  # another one took it away
            found = left.lstat()
            if found.st_uid == os.getuid() and found.st_mtime < before:
                shutil.rmtree(left, ignore_errors=True)
