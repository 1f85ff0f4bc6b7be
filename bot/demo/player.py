"""Acts as a person of the local workspace: writes to the bot, answers what it asks, presses what it offers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.server import WorkspaceServer
from bot.slack.ids import Action, from_value

QUESTION = re.compile(r"\b[0-9a-f]{32}\|(?P<turn>\d+)\|(?P<question>[a-z_]+)\|")
SUBMIT = Action.SUBMIT.value
PATIENCE = 20.0

Shown = dict[str, Any]


class Stuck(Exception):
    """The bot did not do what the story expects; the text says what was shown instead."""


class Player:
    def __init__(self, server: WorkspaceServer, user: str) -> None:
        self.server, self.user = server, user
        self.person = server.person(user)

    def asks(self, words: str) -> Thread:
        """Write to the bot; the thread is where it answers. What was only a question is then asked for."""
        root = self.person.says("dm", words)
        thread = Thread(self, root)
        begun = (Action.START, Action.START_BLANK)
        shown = thread.wait(lambda shown: bool(thread.buttons(shown, *begun, Action.ASK_FOR_IT)))
        if thread.buttons(shown, Action.ASK_FOR_IT):
            thread.presses(Action.ASK_FOR_IT)
            thread.wait(lambda shown: bool(thread.buttons(shown, *begun)))
        return thread


class Thread:
    """One conversation with the bot, as its person sees it."""

    def __init__(self, player: Player, root: str) -> None:
        self.player, self.root = player, root

    def shown(self) -> list[Shown]:
        """What the bot shows in the thread, oldest first."""
        seen = self.player.person.sees("dm", thread_ts=self.root)
        return [m for m in seen if m.get("bot_id") and not m.get("deleted")]

    def wait(self, until: Any) -> Shown:
        """The newest message for which `until` holds."""

        def found() -> Shown | None:
            return next((m for m in reversed(self.shown()) if until(m)), None)

        try:
            message: Shown = self.player.server.wait_until(found, timeout=PATIENCE)
        except TimeoutError as late:
            texts = "\n".join(str(m.get("text", ""))[:200] for m in self.shown()[-3:])
            raise Stuck(f"{self.player.user} waited in vain; the last messages were:\n{texts}") from late
        return message

    def buttons(self, message: Shown, *wanted: Action) -> list[tuple[str, str]]:
        """(action id, value) of the buttons of these actions."""
        names = {action.value for action in wanted}
        return [
            (e["action_id"], str(e.get("value", "")))
            for e in elements(message)
            if str(e.get("action_id", "")).partition(".")[0] in names
        ]

    def presses(self, *wanted: Action) -> None:
        """Press the first such button that is shown, newest message first."""
        message = self.wait(lambda m: bool(self.buttons(m, *wanted)))
        action, value = self.buttons(message, *wanted)[0]
        self.player.person.clicks("dm", message["ts"], action, value=value or None)

    def takes_the_offer(self) -> None:
        """The button that names what is approved beforehand, once it is there."""

        def offers(message: Shown) -> list[tuple[str, str]]:
            return [each for each in self.buttons(message, Action.SUBMIT) if from_value(each[1]).choice]

        message = self.wait(offers)
        action, value = offers(message)[0]
        self.player.person.clicks("dm", message["ts"], action, value=value)

    def types(self, words: str) -> None:
        self.player.person.says("dm", words, thread_ts=self.root)

    def question(self, after: int = 0) -> tuple[int, str] | None:
        """Turn and id of the question that is open; None once the summary stands. Waits for a turn after `after`."""
        open_turn: list[tuple[int, str] | None] = [None]

        def stands(message: Shown) -> bool:
            if self.buttons(message, Action.SUBMIT):
                open_turn[0] = None
                return True
            turn = asked(message)
            if turn is None or turn[0] <= after:
                return False
            open_turn[0] = turn
            return True

        self.wait(stands)
        return open_turn[0]

    def answers(self, known: Mapping[str, str]) -> None:
        """Answer until the summary stands; what nobody prepared for is answered with "not sure"."""
        turn = 0
        while (open_question := self.question(after=turn)) is not None:
            turn, question = open_question
            self.types(known.get(question, "not sure"))


def asked(message: Shown) -> tuple[int, str] | None:
    """Turn and question of a message that still asks."""
    if not any(
        str(e.get("action_id", "")).partition(".")[0] == Action.NOT_SURE.value for e in elements(message)
    ):
        live = [
            e
            for e in elements(message)
            if str(e.get("action_id", "")).partition(".")[0] in (Action.SKIP, Action.MORE, Action.BACK)
        ]
        if not live:
            return None
    for text in _values(message.get("blocks") or []):
        if (found := QUESTION.search(text)) and found["question"]:
            return int(found["turn"]), found["question"]
    return None


def elements(message: Shown) -> Iterator[Shown]:
    for block in message.get("blocks") or []:
        yield from block.get("elements") or []
        if "accessory" in block:
            yield block["accessory"]


def _values(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("value", "block_id") and isinstance(value, str):
                yield value
            else:
                yield from _values(value)
    elif isinstance(part, list):
        for each in part:
            yield from _values(each)
