"""Somebody of the story: asks, decides and answers by what Steward shows them; everything waits for what follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.demo.player import Stuck, asked, elements
from bot.sandbox.driver import Person
from bot.sandbox.reading import words
from bot.slack.ids import Action

CARDS = "G0REVIEW"
LONGEST = 40
"""So many questions at most are answered in one conversation."""

Shown = dict[str, Any]


class Member(Person):
    def messages(self, where: str) -> list[Shown]:
        """What the bot shows there, newest first."""
        seen = [m for m in self.hands.sees(where) if m.get("bot_id") and not m.get("deleted")]
        return seen[::-1]

    def finds(
        self, action: Action, *, where: str = "dm", about: str = "", having: str = ""
    ) -> tuple[Shown, Shown]:
        """The newest message with such an element, and the element; `about`: in a message that says this, `having`:
        with this in its value.
        """
        for message in self.messages(where):
            for element in elements(message):
                offered = {str(each.get("value")) for each in element.get("options") or ()}
                mine = str(element.get("action_id", "")).partition(".")[0] == action.value
                mine = mine and having in str(element.get("value"))
                if (mine or action.value in offered) and about in words(message):
                    return message, element
        said = "\n".join(words(m)[:200] for m in self.messages(where)[:3])
        raise Stuck(f"{self.user} finds no {action.value} about {about!r}; the last messages were:\n{said}")

    def presses(self, action: Action, *, where: str = "dm", about: str = "", having: str = "") -> None:
        """That button, or the line of a menu that stands for it."""
        message, element = self.finds(action, where=where, about=about, having=having)
        if "options" in element:
            self.hands.selects(where, message["ts"], element["action_id"], [action.value])
        else:
            self.hands.clicks(where, message["ts"], element["action_id"], value=element.get("value"))
        self._after()

    def presses_at(self, ts: str, action: Action) -> None:
        """On that card, or in its menu."""
        card = next(m for m in self.messages(CARDS) if m["ts"] == ts)
        if any(element.get("action_id") == action.value for element in elements(card)):
            self.hands.clicks(CARDS, ts, action.value)
        else:
            self.hands.selects(CARDS, ts, Action.MORE.value, [action.value])
        self._after()

    def presses_in_window(self, action: Action) -> None:
        self.hands.clicks_view(action.value)
        self._after()

    def waits(self) -> None:
        """For all that follows from what they did."""
        self._after()

    def hands_in(self, **fields: Any) -> None:
        """Fill the open window in and submit it, and close what is then left of it."""
        if self.hands.view() is None:
            raise Stuck(f"{self.user} has no window open: {self.warned()}")
        self.hands.fills(**fields)
        if problems := self.submits():
            raise Stuck(f"{self.user} could not hand in: {problems}")
        self.leaves()

    def leaves(self) -> None:
        while self.hands.view() is not None:
            self.hands.closes_view(all_of_them=True)

    def warned(self) -> str:
        """The newest words that only this person sees in the place of the cards."""
        passing = [m for m in self.hands.sees(CARDS) if m.get("ephemeral")]
        return words(passing[-1]) if passing else ""

    def asks_for(self, says: str, answers: Mapping[str, str | list[str]]) -> str:
        """A whole request, up to where it is handed in; the thread in which it stands."""
        root = self.writes(says)
        self._in_thread(root, Action.USE_FORM)
        view = self.hands.view()
        if view is None:
            raise Stuck(f"{self.user} was not shown the form.")
        drawn = {block.get("block_id") for block in view["blocks"]}
        self.hands.fills(**{name: each for name, each in answers.items() if name in drawn})
        self.submits()
        for _ in range(LONGEST):
            newest = [found for m in self._thread(root) if (found := asked(m)) is not None]
            if not newest:
                break
            told = answers.get(newest[-1][1], "not sure")
            self.writes(told if isinstance(told, str) else ", ".join(told), thread=root)
        self._in_thread(root, Action.SUBMIT)
        return root

    def _thread(self, root: str) -> list[Shown]:
        return [m for m in self.hands.sees("dm", thread_ts=root) if m.get("bot_id") and not m.get("deleted")]

    def _in_thread(self, root: str, action: Action) -> None:
        for message in reversed(self._thread(root)):
            for element in elements(message):
                if str(element.get("action_id", "")).partition(".")[0] == action.value:
                    self.hands.clicks("dm", message["ts"], element["action_id"], value=element.get("value"))
                    self._after()
                    return
        raise Stuck(f"{self.user} finds no {action.value} in the conversation.")

    def on_home(self, action: Action, *, about: str = "") -> bool:
        """Press the first such button on Home whose block says this; False where there is none."""
        self.home()
        view = self.hands.home() or {}
        said = ""
        for block in view.get("blocks") or []:
            said = words({"blocks": [block]}) if block["type"] == "section" else said
            for element in [*block.get("elements", ()), *filter(None, [block.get("accessory")])]:
                mine = str(element.get("action_id", "")).partition(".")[0] == action.value
                if mine and about in said + words({"blocks": [block]}):
                    self.hands.clicks_home(element["action_id"], element.get("value"), block["block_id"])
                    self._after()
                    return True
        return False
