"""For tests: people who read, write, press and fill by what stands on their screen, and time that needs none.

`settle` lets the app do what it can, moves the clock to the next moment at which something is due, and so on.
It works over either transport, because it only asks what is still in the app's hands.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from bot.sandbox import reading
from bot.sandbox.errors import Impossible, Json
from bot.sandbox.reading import words
from bot.sandbox.server import WorkspaceServer

HORIZON = 900.0
"""How far time may be moved on for what is due later; Slack's last repetition comes after six minutes."""

PATIENCE = 60.0
"""Real seconds after which an app that is still busy counts as stuck."""

GLANCE, LONGEST_GLANCE = 0.002, 0.016
"""Seconds between two looks at the app, ever rarer: looking takes from it what it works with."""


class App(Protocol):
    """What can be seen of the app from outside."""

    def is_busy(self, now: float) -> bool:
        """Whether it has something to do at this moment."""

    def next_due(self, now: float) -> float | None:
        """When it will have something to do again, Unix seconds."""

    def wake(self) -> None:
        """Have it look now."""


def settle(
    server: WorkspaceServer, app: App, *, horizon: float = HORIZON, patience: float = PATIENCE
) -> None:
    """Until nothing is left to do and nothing is due within the horizon."""
    clock = server.workspace.clock
    until = clock.now() + horizon
    while True:
        _wait(server, app, patience)
        now = clock.now()
        moments = (app.next_due(now), clock.next_waking())
        due = min((moment for moment in moments if moment is not None), default=None)
        if due is None or due > until:
            return
        clock.move(max(due - now, 0.0))


def _wait(server: WorkspaceServer, app: App, patience: float) -> None:
    """Until the app has nothing left to do at this moment."""
    give_up, glance = time.monotonic() + patience, GLANCE
    while server.at_work() or app.is_busy(server.workspace.clock.now()):
        if time.monotonic() > give_up:
            raise TimeoutError(f"Still busy after {patience:.0f} seconds; refusals: {server.refusals[-5:]}")
        app.wake()
        time.sleep(glance)
        glance = min(2 * glance, LONGEST_GLANCE)


class Person:
    """Somebody at their screen. A window that is open lies in front of everything else.

    `after`: called when they have done something, to wait for what follows from it.
    """

    def __init__(self, server: WorkspaceServer, user: str, after: Callable[[], None]) -> None:
        self.user, self.hands = user, server.person(user)
        self._after = after

    def writes(self, text: str, *, to: str = "dm", thread: str | None = None, **more: Any) -> str:
        """Post a message; its ts."""
        ts = self.hands.says(to, text, thread_ts=thread, **more)
        self._after()
        return ts

    def reads(self, where: str = "dm", *, thread: str | None = None) -> list[str]:
        """What others said there, the app first of all, oldest first."""
        seen = self.hands.sees(where, thread_ts=thread)
        return [words(m) for m in seen if m.get("user") != self.user and not m.get("deleted")]

    def clicks(self, label: str, *, where: str = "dm", thread: str | None = None, beside: str = "") -> bool:
        """Press the newest button that says so; whether the app took the press."""
        view = self.hands.view()
        if view is not None:
            block, element = self._there(reading.button(view["blocks"], label, beside=beside), label)
            done = self.hands.clicks_view(
                element["action_id"], value=element.get("value"), block_id=block["block_id"]
            )
        else:
            message, (block, element) = self._newest(
                where, thread, label, lambda blocks: reading.button(blocks, label, beside=beside)
            )
            done = self.hands.clicks(
                where, message["ts"], element["action_id"], element.get("value"), block["block_id"]
            )
        self._after()
        return done

    def chooses(self, *labels: str, where: str = "dm", thread: str | None = None) -> bool:
        """Choose in the newest menu or list that offers this."""
        message, (block, element) = self._newest(
            where, thread, ", ".join(labels), lambda blocks: reading.offering(blocks, labels)
        )
        values = [reading.value_of(element, label) for label in labels]
        done = self.hands.selects(where, message["ts"], element["action_id"], values, block["block_id"])
        self._after()
        return done

    def fills(self, answers: Mapping[str, str | list[str]]) -> None:
        """Fill the window in: under each label some words, a choice, or several."""
        for label, answer in answers.items():
            view = self.hands.view()
            if view is None:
                raise Impossible(f"{self.user} has no window open.")
            block, element = reading.field(view["blocks"], label)
            wanted = answer if isinstance(answer, list) else [answer]
            chosen = [reading.value_of(element, each) for each in wanted]
            self.hands.fills(**{block["block_id"]: chosen if isinstance(answer, list) else chosen[0]})

    def submits(self) -> dict[str, str] | None:
        """Hand the window in; what it complains of, by block."""
        problems = self.hands.submits()
        self._after()
        return problems

    def window(self) -> str:
        """The words of the window in front."""
        view = self.hands.view()
        return words(view) if view else ""

    def home(self) -> str:
        """Open the Home tab and read it."""
        self.hands.opens_home()
        self._after()
        view = self.hands.home()
        return words(view) if view else ""

    def _newest(
        self,
        where: str,
        thread: str | None,
        label: str,
        find: Callable[[list[Json]], reading.Found | None],
    ) -> tuple[Json, reading.Found]:
        for message in reversed(self.hands.sees(where, thread_ts=thread)):
            found = None if message.get("deleted") else find(message.get("blocks") or [])
            if found is not None:
                return message, found
        return {}, self._there(None, label)

    def _there(self, found: reading.Found | None, label: str) -> reading.Found:
        if found is None:
            raise Impossible(f"{self.user} sees nothing that says {label!r}.")
        return found
