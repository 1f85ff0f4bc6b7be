"""A person at their screen who knows what Steward shows; everything waits until the bot has done what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.driver import Person
from bot.sandbox.reading import words
from bot.slack.ids import Action
from tests.slack_world.people import CARDS, FIRST_WORDS
from tests.slack_world.thread import Shown, Thread, from_bot

if TYPE_CHECKING:
    from tests.slack_world.world import World


class Somebody(Person):
    """What they do by label is the driver's; here is what goes by Steward's own ids."""

    def __init__(self, world: World, user: str) -> None:
        super().__init__(world.server, user, world.settle)
        self.world = world

    def asks(self, text: str = FIRST_WORDS, **more: Any) -> Thread:
        """Write to the bot outside of any thread."""
        return Thread(self, self.writes(text, **more))

    def dm(self) -> list[Shown]:
        """What the bot says to this person, oldest first, replies included."""
        return [m for m in self.hands.sees("dm") if from_bot(m)]

    def told(self) -> str:
        """The newest words that only this person sees, wherever they are."""
        places = [c.id for c in self.world.workspace.channels.values() if self.user in c.members]
        passing = [m for place in places for m in self.hands.sees(place) if m.get("ephemeral")]
        return words(max(passing, key=lambda m: m["ts"])) if passing else ""

    def presses_card(self, action: Action, card: Shown | None = None) -> bool:
        """Press a button of a card (the newest, if none is named), or choose it from its menu."""
        card = card or self.world.cards(self.user)[-1]
        if in_menu(card, action):
            done = self.hands.selects(CARDS, card["ts"], Action.MORE.value, [action.value])
        else:
            done = self.hands.clicks(CARDS, card["ts"], action.value)
        self.world.settle()
        return done

    def decides(self, action: Action, card: Shown | None = None, **fields: str) -> dict[str, str] | None:
        """Press a button of a card, fill its window in, hand it in; returns what the window complains of."""
        self.presses_card(action, card)
        assert self.hands.view() is not None, self.told()
        self.hands.fills(**fields)
        problems = self.hands.submits()
        self.world.settle()
        return problems

    def steward(self, text: str, channel: str = "general") -> str:
        """`/steward …`, and what only this person reads in answer."""
        assert self.hands.command("/steward", text, channel)
        self.world.settle()
        return self.told()


def in_menu(card: Shown, action: Action) -> bool:
    rows = [block["elements"] for block in card["blocks"] if block["type"] == "actions"]
    menus = [each["options"] for row in rows for each in row if each["type"] == "overflow"]
    return any(option["value"] == action.value for options in menus for option in options)
