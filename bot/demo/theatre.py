"""Where a story that takes a year is played: a clock that stands until somebody moves it, and everything waits for it.

Time goes from one thing that falls due to the next, and to the mornings between; nobody sleeps.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo.member import Member
from bot.jobs import Clock as Jobs
from bot.sandbox.driver import settle
from bot.sandbox.server import WorkspaceServer
from bot.slack.process import Running
from store import due
from store.boxes import Boxes
from store.engine import Store

ZONE = ZoneInfo("Europe/Berlin")
MORNING = time(9, 1)
WORKDAYS = frozenset(range(5))
RARELY = ("people", "purge")
"""Jobs for which once a week is enough here."""
AFTER = timedelta(minutes=1)
BREATH = 1.0
"""Seconds between two things that people do."""


class ByHand(Jobs):
    """The jobs of the worker, done when the story's time has come to them and not by a thread of theirs."""

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass


class Theatre:
    """`running` works by hand; see `Stage`. `mornings`: weekdays on which the worker does all that it has to."""

    def __init__(
        self,
        server: WorkspaceServer,
        running: Running,
        store: Store,
        mornings: Collection[int] = WORKDAYS,
    ) -> None:
        self.server, self.running, self.store, self.mornings = server, running, store, mornings
        self.clock = server.workspace.clock
        self._boxes = Boxes(store)
        self.watchers: list[Callable[[], None]] = []
        """Called after each time the worker looked around."""

    # -- what can be seen of the bot

    def is_busy(self, now: float) -> bool:
        return any(turn.held or turn.at.timestamp() <= now for turn in self._boxes.turns())

    def next_due(self, now: float) -> float | None:
        return min((turn.at.timestamp() for turn in self._boxes.turns()), default=None)

    def wake(self) -> None:
        self.running.sender.wake()
        self.running.reception.wake()

    # -- time

    def settle(self) -> None:
        """Until everything that was sent is acknowledged, worked off and answered."""
        settle(self.server, self)
        self.clock.move(BREATH)

    def until(self, day: str, hour: int = 9, minute: int = 2) -> None:
        """To that moment in Berlin, with all that falls due before it."""
        then = datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=ZONE)
        while (now := self.clock.moment()) < then:
            morning, falls = self._morning(now), self._falls(now)
            step = min(morning, falls, then)
            settle(self.server, self, horizon=(step - now).total_seconds())
            self.clock.move(max(step.timestamp() - self.clock.now(), 0.0))
            self._looks_around(whole=step == morning)

    def _looks_around(self, *, whole: bool) -> None:
        """Whatever fell due; on a morning, all that the worker does."""
        monday = self.clock.moment().astimezone(ZONE).weekday() == 0
        for job in self.running.clock.jobs:
            if job.name == "deadlines" if not whole else monday or job.name not in RARELY:
                job.do()
        settle(self.server, self)
        for watch in self.watchers:
            watch()

    def _morning(self, now: datetime) -> datetime:
        here = now.astimezone(ZONE)
        days = (here.date() + timedelta(days=ahead) for ahead in range(8))
        found = (datetime.combine(day, MORNING, ZONE) for day in days if day.weekday() in self.mornings)
        return next(each for each in found if each > now)

    def _falls(self, now: datetime) -> datetime:
        with self.store.read() as session:
            falls = due.next_at(session)
        return max(falls, now) + AFTER if falls is not None else datetime.max.replace(tzinfo=UTC)

    # -- people

    def person(self, user: str) -> Member:
        return Member(self.server, user, self.settle)
