"""The workspace, the database and the bot of a story. After every act of a person nothing is left to be done."""

from __future__ import annotations

import re
import socket
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.config import seed
from bot.sandbox import payloads
from bot.sandbox.clock import Clock
from bot.sandbox.driver import settle
from bot.sandbox.reading import words
from bot.sandbox.workspace import Timing, Workspace, WorkspaceServer
from bot.settings import Settings
from bot.slack.process import Running
from store import audit, queries
from store.accord import compare
from store.engine import PATIENCE, Store
from store.records import load
from tests.slack_world.bot import SECRET, Bot
from tests.slack_world.people import ANA, BEN, CARDS, SETTINGS, WORKSPACE
from tests.slack_world.somebody import Somebody
from tests.slack_world.thread import Shown, from_bot
from triage.case import Case

MORNING = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
"""A Monday."""

BREATH = 1.0
"""Seconds between two things that people do."""

ACK_SECONDS = 30.0
"""Real time, and more than any machine needs: what is not acknowledged is told at once."""


class World:
    """The workspace, the database and the bot; the bot can be ended and started again at any moment."""

    def __init__(
        self,
        database_url: str,
        *,
        settings: dict[str, Any] | None = None,
        by_http: bool = False,
        patience: float = PATIENCE,
        clock: Clock | None = None,
    ) -> None:
        """`clock`: without, one that stands until something is due or a person acts."""
        self.clock = clock or Clock(MORNING.timestamp())
        self.workspace = Workspace(WORKSPACE, clock=self.clock)
        self.port = port = free_port() if by_http else 0
        self.server = WorkspaceServer(
            self.workspace,
            events_url=f"http://127.0.0.1:{port}/slack/events" if by_http else None,
            signing_secret=SECRET,
            timing=Timing(ack_seconds=ACK_SECONDS),
        )
        self.store = Store(database_url, now=self.clock.moment)
        self.database_url = database_url
        self._bot = Bot(self.server, database_url, port=port, patience=patience)
        self._outlet = self.workspace.outlet
        seed(self.store, SETTINGS | (settings or {}), now=self.store.now())

    def open(self) -> World:
        self.server.start()
        self.start_bot()
        return self

    def close(self) -> None:
        self._bot.close()
        self.server.stop()
        self.store.close()
        outlived = self.workspace.views.outlived
        assert outlived == [], "what was handed in for one thing stands in a field of the next"

    # -- the bot's life

    def settings(self) -> Settings:
        return self._bot.settings()

    def start_bot(self) -> None:
        self._bot.start()

    def stop_bot(self) -> None:
        self._bot.stop()

    def restart(self) -> None:
        self.stop_bot()
        self.start_bot()

    @property
    def bot(self) -> Running:
        assert self._bot.running is not None
        return self._bot.running

    # -- time

    def settle(self) -> None:
        """Until everything that was sent is acknowledged, worked off and answered."""
        settle(self.server, self._bot)
        self.clock.move(BREATH)

    def passes(self, **time: float) -> None:
        """So much time goes by (days=3), with all that falls due in it; then the worker's jobs look around."""
        until = self.clock.now() + timedelta(**time).total_seconds()
        settle(self.server, self._bot, horizon=until - self.clock.now())
        self.clock.move(max(until - self.clock.now(), 0.0))
        self._bot.does_its_jobs()
        self.settle()

    # -- what Slack may do to an app

    def holds_back(self) -> list[Shown]:
        """From now on events are kept in this list instead of being sent; see `delivers`."""
        held: list[Shown] = []
        self._outlet, self.workspace.outlet = self.workspace.outlet, held.append
        return held

    def delivers(self, *events: Shown) -> None:
        """Send these now, as often as they stand here and in this order, and hold nothing back any more."""
        self.workspace.outlet = self._outlet
        for event in events:
            self.workspace.outlet(event)
            self.server.wait_until(lambda: not self.server.at_work())
        self.settle()

    def raises(self, event: Shown) -> None:
        """An event that the workspace does not know."""
        self.workspace.outlet(payloads.event_callback(self.workspace, event))
        self.settle()

    # -- people and what they see

    def person(self, user: str) -> Somebody:
        return Somebody(self, user)

    def cards(self, user: str = BEN) -> list[Shown]:
        """The cards in the channel of those who decide, oldest first; without the notes below them."""
        seen = self.server.person(user).sees(CARDS)
        return [m for m in seen if from_bot(m) and not m.get("thread_ts") and not m.get("ephemeral")]

    def below(self, card: Shown, user: str = BEN) -> list[str]:
        """What stands in the thread of a card."""
        seen = self.server.person(user).sees(CARDS, thread_ts=card["ts"])
        return [words(m) for m in seen if m["ts"] != card["ts"]]

    def refused(self) -> list[Shown]:
        """What Slack refused, beyond what the story itself asked it to; having to wait is no fault of the bot's."""
        meant = [r for r in self.server.refusals if r.get("detail") != "asked for by a test"]
        return [r for r in meant if r["error"] != "ratelimited"]

    # -- what the register knows

    def case(self, root: str, user: str = ANA) -> Case:
        with self.store.read() as session:
            place = self.bot.directory.place(self.workspace.place(user, "dm").id)
            talk = queries.talk_at(session, place, root)
            assert talk is not None
            assert talk.use_id is not None
            case = load(session, talk.use_id)
        assert case is not None
        return case

    def trail(self) -> list[str]:
        """What stands in the audit trail, in order, without the settings and wordings at its beginning."""
        with self.store.read() as session:
            lines = [re.search(r'"what":"([a-z_.]+)"', line) for line in audit.sealed_lines(session)]
        found = [line[1] for line in lines if line is not None]
        return [what for what in found if not what.startswith(("settings.", "texts.", "wording."))]

    def is_untouched(self) -> bool:
        """Whether the trail proves itself, texts included."""
        with self.store.read() as session:
            return audit.verify_store(session).ok and not audit.verify_texts(session)

    def differences(self) -> list[str]:
        """What of the records is not as the trail says."""
        with self.store.read() as session:
            return compare(session).differ


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
