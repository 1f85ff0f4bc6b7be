"""The driver: it lets people act, moves the clock, keeps two processes alive, and has them killed."""

from __future__ import annotations

import multiprocessing
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from typing import Any

from bot.config import seed as settle_settings
from bot.sandbox.http_delivery import HttpDelivery
from bot.sandbox.workspace import Timing, Workspace, WorkspaceServer
from store.boxes import Boxes, Turn
from store.engine import Store
from tests.slack_world.people import CARDS, SCOPES, SETTINGS, WORKSPACE
from tests.soak import process
from tests.soak.doors import BothDoors
from tests.soak.panel import Panel
from tests.soak.reaper import Reaper
from tests.soak.requester import Request
from tests.soak.shared import Board, Ear, Mouth, SharedClock

PROCESSES = 2
FAILS = 0.3
LATE_SECONDS = 30.0
JOBS_ROUNDS = 25
STEP_SECONDS, GRAIN_SECONDS = 20.0, 5.0
AT_ONCE, ACTS = 4, 100
MORNING = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
REVIEWERS = tuple(f"U0R{number:02d}" for number in range(8))
STUCK_SECONDS = 120.0

Progress = Callable[[int, int], None]


class Soak:
    """`folder`: for the board, the logs and the addresses of the ears.

    `may_read`: the bot looks in the channel of cards for what may stand there; else Slack tells it of its own posts.
    """

    def __init__(
        self,
        folder: Path,
        database_url: str,
        *,
        seed: int,
        people: int,
        intakes: int,
        kills: int,
        may_read: bool = False,
    ) -> None:
        self._folder, self._database_url, self.seed = folder, database_url, seed
        self._luck = Random(seed)
        self.board = Board(folder / "board", PROCESSES)
        self.clock = SharedClock(MORNING.timestamp(), self.board)
        everybody = [f"U0P{number:03d}" for number in range(people)]
        self.workspace = Workspace(crowd(everybody), clock=self.clock)
        self.may_read = may_read
        self.workspace.scopes = {*SCOPES, "groups:history"} if may_read else {*SCOPES}
        self.server = WorkspaceServer(self.workspace, timing=Timing(ack_seconds=60.0))
        self._port = free_port()
        http = HttpDelivery(f"http://127.0.0.1:{self._port}/slack/events", process.SECRET)
        self.server._delivery._transport = BothDoors(self.server._sockets, http)
        self.store = Store(database_url, now=self.clock.moment)
        roles = {
            f"roles.{role}": list(REVIEWERS) for role in ("reviewer", "risk_owner", "committee", "legal")
        }
        settle_settings(self.store, SETTINGS | roles, now=self.store.now())
        self.requests = {
            number: Request(number, self.server.person(self._luck.choice(everybody)), seed)
            for number in range(intakes)
        }
        reviewers = [self.server.person(user) for user in REVIEWERS]
        self._panel = Panel(reviewers, self.workspace.channels[CARDS], self.requests, seed)
        self._reaper = Reaper(self.server.faults, seed)
        self._kills = [int(len(self.requests) * (k + self._luck.random()) / kills) for k in range(kills)]
        self._boxes, self._mouth = Boxes(self.store), Mouth()
        self._turns: list[Turn] = []
        self._starting = multiprocessing.get_context("forkserver")
        self._starting.set_forkserver_preload(["tests.soak.warm"])
        self._living: list[ForkServerProcess | None] = [None] * PROCESSES
        self.killed = self.rounds = 0
        self._in_dm: dict[str, list[Request]] = {}
        for request in self.requests.values():
            self._in_dm.setdefault(self.workspace.place(request.user, "dm").id, []).append(request)
        self.workspace.watchers.append(self._notice)

    # -- its life

    def run(self, progress: Progress) -> None:
        self.server.start()
        ear = Ear(self._folder / "driver", self._hear)
        try:
            self._misbehave()
            self._keep_alive()
            with ThreadPoolExecutor(AT_ONCE) as hands:
                self._play(hands, progress)
            self._settle()
        finally:
            for living in self._living:
                if living is not None:
                    living.kill()
                    living.join()
            self.server.stop()
            ear.close()

    def close(self) -> None:
        self._mouth.close()
        self.store.close()
        self.board.close()

    def _misbehave(self) -> None:
        faults = self.server.faults
        faults.rate(FAILS, seed=self.seed)
        faults.duplicate(1, 4, seed=self.seed)
        faults.shuffle(LATE_SECONDS, seed=self.seed)

    def _play(self, hands: ThreadPoolExecutor, progress: Progress) -> None:
        waiting = dict(self.requests)
        quiet = 0
        while waiting:
            acts = list(hands.map(lambda act: act(), self._acts(waiting)))
            self._exhaust()
            for number in [n for n, request in waiting.items() if request.is_decided]:
                del waiting[number]
            progress(len(self.requests) - len(waiting), self.killed)
            self._kill_when_due(len(self.requests) - len(waiting))
            quiet = 0 if any(acts) else quiet + 1
            self._pass(STEP_SECONDS)
            self.rounds += 1
            if self.rounds % JOBS_ROUNDS == 0:
                self._call(process.JOBS)
            if quiet > 200:
                told = "\n\n".join(waiting[number].told() for number in sorted(waiting)[:5])
                raise AssertionError(f"{len(waiting)} requests wait in vain: {sorted(waiting)[:10]}\n{told}")

    def _acts(self, waiting: dict[int, Request]) -> list[Callable[[], bool]]:
        """A few people who have something to look at do one thing each; nobody does two at once."""
        order = [request for request in waiting.values() if request.has_news]
        self._luck.shuffle(order)
        first: dict[str, Request] = {}
        for request in order:
            first.setdefault(request.user, request)
        steps = [request.step for request in list(first.values())[:ACTS]]
        acts = [*steps, *self._panel.tasks()]
        self._luck.shuffle(acts)
        return acts

    # -- time

    def _pass(self, seconds: float) -> None:
        """So much time goes by, with a stop wherever something is due."""
        until = self.clock.now() + seconds
        while (now := self.clock.now()) < until:
            self.clock.move(min(max((self._next_due() or until) - now, GRAIN_SECONDS), until - now))
            self._exhaust()

    def _settle(self) -> None:
        """Until nothing is due any more; what fails for ever would end this by its number of tries."""
        for _ in range(2000):
            self._exhaust()
            due = self._next_due()
            if due is None:
                return
            self.clock.move(max(due - self.clock.now(), 0.0))
        raise AssertionError("something is due again and again")

    def _next_due(self) -> float | None:
        """The earliest moment at which anything goes on, as it was when all had come to rest."""
        moments = [turn.at.timestamp() for turn in self._turns]
        asleep = self.clock.next_waking()
        return min([*moments, *([] if asleep is None else [asleep])], default=None)

    def _exhaust(self) -> None:
        """Until nobody can do anything at this moment. What a dead process holds is nobody's work."""
        give_up = time.monotonic() + STUCK_SECONDS
        while True:
            self._keep_alive()
            if not self.server.at_work() and not any(map(self.board.is_busy, range(PROCESSES))):
                now, self._turns = self.clock.now(), self._boxes.turns()
                if not any(turn.at.timestamp() <= now for turn in self._turns):
                    return
                self._call(process.WAKE)
            if time.monotonic() > give_up:
                raise AssertionError(f"stuck for {STUCK_SECONDS:.0f} seconds")
            time.sleep(0.003)

    # -- the processes

    def _keep_alive(self) -> None:
        """As a service manager does: whoever died is started again."""
        for number, living in enumerate(self._living):
            if living is None or not living.is_alive():
                self._start(number)

    def _start(self, number: int) -> None:
        self.board.forget(number)
        environment = {
            "port": self._port if number else 0,
            "api": self.server.api_url,
            "database": self._database_url,
        }
        child = self._starting.Process(
            target=process.run, args=(number, PROCESSES, str(self._folder), environment), daemon=True
        )
        child.start()
        self._living[number] = child
        give_up = time.monotonic() + STUCK_SECONDS
        while not self._is_open(number):
            if not child.is_alive():
                return  # it may be started again at the next look
            if time.monotonic() > give_up:
                raise AssertionError(f"process {number} does not come up")
            time.sleep(0.01)

    def _is_open(self, number: int) -> bool:
        if not number:
            return self.server.socket_connected() > 0
        with socket.socket() as trying:
            return trying.connect_ex(("127.0.0.1", self._port)) == 0

    def _notice(self, change: dict[str, Any]) -> None:
        for request in self._in_dm.get(str(change.get("channel")), ()):
            request.has_news = True

    def _kill_when_due(self, finished: int) -> None:
        if self._kills and finished >= self._kills[0]:
            self._kills.pop(0)
            self._reaper.arm([living for living in self._living if living is not None])
            self.killed += 1

    def _call(self, word: str) -> None:
        for number in range(PROCESSES):
            self._mouth.call(self._folder / f"ear{number}", word)

    def _hear(self, word: str) -> None:
        self.server.give_up(word.removeprefix(process.GIVEN_UP))


def crowd(everybody: list[str]) -> dict[str, Any]:
    people = [{"id": user, "name": user.title()} for user in (*everybody, *REVIEWERS)]
    cards = {"id": CARDS, "name": "ai-governance", "is_private": True, "members": [*REVIEWERS, "U0BOT"]}
    return WORKSPACE | {"people": people, "channels": [cards]}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
