"""Those who decide: they look at the cards, ask now and then, and sometimes press against each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import Any

from bot.demo.player import elements
from bot.sandbox.actor import Actor
from bot.sandbox.conversation import Channel
from bot.sandbox.errors import Impossible
from bot.sandbox.reading import words
from bot.slack.ids import Action
from tests.soak.requester import Request

Shown = dict[str, Any]
Task = Callable[[], bool]

TEAM = re.compile(r"team (\d{4})")
ASKS, RIVALS, LOOKS = 0.15, 0.15, 0.5
VERDICTS = (Action.APPROVE, Action.APPROVE_WITH_CONDITIONS, Action.DECLINE)
FIELDS = {
    Action.APPROVE: {"reason": "Fits."},
    Action.APPROVE_WITH_CONDITIONS: {"conditions": "Tell everybody in the call"},
    Action.DECLINE: {"reason": "There is no contract"},
}


class Panel:
    def __init__(
        self, people: list[Actor], channel: Channel, requests: dict[int, Request], seed: int
    ) -> None:
        self._people, self._channel, self._requests = people, channel, requests
        self._luck = Random(f"panel {seed}")
        self._wishes = {number: self._plan() for number in requests}

    def _plan(self) -> list[Action]:
        asked = [Action.ASK] if self._luck.random() < ASKS else []
        return [*asked, self._luck.choice(VERDICTS)]

    def tasks(self) -> list[Task]:
        """What they set about now; each of them one thing, and rivals the same card."""
        free = list(self._people)
        self._luck.shuffle(free)
        tasks: list[Task] = []
        for card in self._open_cards():
            number = int(found[1]) if (found := TEAM.search(words(card))) else -1
            wishes = self._wishes.get(number)
            if not free or not wishes or self._luck.random() > LOOKS:
                continue
            if wishes[0] in VERDICTS and not self._requests[number].has_answered():
                continue
            tasks.append(self._task(free.pop(), card, number, wishes[0]))
            if free and wishes[0] in VERDICTS and self._luck.random() < RIVALS:
                tasks.append(self._task(free.pop(), card, number, self._luck.choice(VERDICTS)))
        return tasks

    def _open_cards(self) -> list[Shown]:
        with self._people[0].ws.lock:
            return [
                {"ts": m.ts, "blocks": m.blocks}
                for m in self._channel.messages
                if m.from_bot and not m.is_reply and not m.deleted and _offers(m.blocks)
            ]

    def _task(self, hands: Actor, card: Shown, number: int, wish: Action) -> Task:
        def decide() -> bool:
            # A question whose window seemed to come to nothing may have gone out all the same.
            done = wish is Action.ASK and self._requests[number].was_asked()
            if (done or self._decides(hands, card, number, wish)) and self._wishes[number][:1] == [wish]:
                self._wishes[number].pop(0)
                self._requests[number].asked_of += wish is Action.ASK
            return True

        return decide

    def _decides(self, hands: Actor, card: Shown, number: int, wish: Action) -> bool:
        """True if the window was taken. What went wrong is tried again, until the card has nothing left to press."""
        if hands.view() is not None:  # it opened after all, although the press came to nothing
            hands.closes_view(all_of_them=True)
        try:
            if not hands.clicks(self._channel.id, card["ts"], wish.value) or hands.view() is None:
                return False
        except Impossible:
            return False
        fields = FIELDS.get(wish) or {"question": f"Who listens in team {number:04d}?"}
        hands.fills(**fields)
        taken = hands.submits() is None
        if hands.view() is not None:
            hands.closes_view(all_of_them=True)
        return taken


def _offers(blocks: list[Shown]) -> bool:
    wished = {action.value for action in VERDICTS}
    return any(str(e.get("action_id")) in wished for e in elements({"blocks": blocks}))
