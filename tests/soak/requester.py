"""Somebody who asks for one use of AI, and does each time what their screen asks of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from bot.demo.player import asked, elements
from bot.sandbox.actor import Actor
from bot.sandbox.errors import Impossible
from bot.sandbox.reading import words
from bot.slack.ids import Action
from tests.slack_world import HARMLESS
from tests.slack_world.thread import from_bot

Shown = dict[str, Any]

TOOLS = {"Otter.ai": "otter", "DeepL": "deepl", "Claude": "claude", "Grammarly": "grammarly"}
"""By the names that people use, and the catalogue's."""

OTHERWISE = {
    "output_use": ("draft_self", "shared_after_check"),
    "data": ("public", "internal", "confidential"),
    "people": ("only_team",),
    "account": ("enterprise",),
}
"""Answers that leave every result settled."""

INQUIRY, THANKS = "has a question about your request", "has your answer"
DECISIONS = ("you may go ahead", "*No* for")
FILLED = "From the form:"

BY_FORM = 0.2
BY_PRESS = 0.5


class Request:
    """One intake: what its person means to say, what they have said, and what they are waiting for."""

    def __init__(self, number: int, hands: Actor, seed: int) -> None:
        self.number, self.hands = number, hands
        self._luck = Random(f"{seed}:{number}")
        self.tool = self._luck.choice(list(TOOLS))
        self.purpose = f"write the minutes of team {number:04d}"
        self.answers = dict(HARMLESS) | {"tool": self.tool, "purpose": self.purpose}
        self.answers |= {name: self._luck.choice(choices) for name, choices in OTHERWISE.items()}
        self.root = ""
        self.given: dict[str, str] = {}
        self.replies: dict[str, str] = {}
        """By the message that asked."""
        self._by_form = self._luck.random() < BY_FORM
        self._awaited = ""
        self._insists: Callable[[], bool] | None = None
        self._was_gone = False
        self.has_news, self.is_decided, self.has_filled = True, False, False
        self.asked_of = 0

    @property
    def user(self) -> str:
        return self.hands.user

    def step(self) -> bool:
        """Do the next thing; False if there is nothing to do but wait."""
        self.has_news = self._was_gone = False
        if not self.root:
            wish = f"I'd like to use {self.tool} to {self.purpose}"
            self.root = self.hands.says("dm", wish)
            return True
        if self._insists is not None:
            self._press(self._insists)
            self._awaited = "" if self._was_gone else self._awaited
            return True
        shown = self.shown()
        self.is_decided = any(sign in words(m) for m in shown for sign in DECISIONS)
        now = self._state(shown)
        if now == self._awaited:
            return False
        done = self._act(shown, now)
        if done and not self._was_gone:
            self._awaited = now
        elif now:
            self.has_news = True
        return done

    def told(self) -> str:
        """For whoever wonders why it goes no further: what it reacted to last, and what its person sees."""
        last = "\n".join(words(message)[:300] for message in self.shown()[-3:])
        return f"request {self.number} of {self.user}, after {self._awaited!r}:\n{last}"

    def shown(self) -> list[Shown]:
        seen = self.hands.sees("dm", thread_ts=self.root)
        return [m for m in seen if from_bot(m) and not m.get("ephemeral")]

    def has_answered(self) -> bool:
        """Whether everything that reviewers asked is answered, and the answers have come in."""
        texts = [words(m) for m in self.shown()]
        asked = sum(INQUIRY in text for text in texts)
        return asked == sum(THANKS in text for text in texts) and self.asked_of == asked

    def was_asked(self) -> bool:
        return any(INQUIRY in words(message) for message in self.shown())

    def _state(self, shown: list[Shown]) -> str:
        """What there is to react to: a question, the summary, a reviewer's question, the welcome, or nothing."""
        for message in reversed(shown):
            if INQUIRY in words(message) and message["ts"] not in self.replies:
                return f"{INQUIRY} {message['ts']}"
        turns = [turn for turn in map(asked, shown) if turn is not None]
        if turns:
            return f"question {turns[-1][0]}"
        for action in (Action.SUBMIT, Action.START):
            if _find(shown, action):
                return action.value
        return ""

    def _act(self, shown: list[Shown], now: str) -> bool:
        if now.startswith("question"):
            return self._answer(shown)
        if now == Action.SUBMIT:
            return self._press(self._pressing(shown, Action.SUBMIT))
        if now == Action.START:
            if self._by_form:
                return self._fill(shown)
            return self._press(self._pressing(shown, Action.START))
        if now:
            return self._reply(now.rpartition(" ")[2])
        return False

    # -- answering

    def _answer(self, shown: list[Shown]) -> bool:
        message, turn = next((m, t) for m in reversed(shown) if (t := asked(m)) is not None)
        question = turn[1]
        answer = self.answers.get(question, "unsure")
        self.given[question] = answer
        button = _choice(message, answer)
        if button is not None and self._luck.random() < BY_PRESS:
            return self._press(lambda: self._click(message, button))
        self.hands.says("dm", answer if answer != "unsure" else "not sure", thread_ts=self.root)
        return True

    def _reply(self, inquiry: str) -> bool:
        reply = f"Nobody but team {self.number:04d}"
        self.replies[inquiry] = reply
        self.hands.says("dm", reply, thread_ts=self.root)
        return True

    def _fill(self, shown: list[Shown]) -> bool:
        """The form instead; as long as it could not be opened or handed in, once more."""
        if self.hands.view() is None:
            found = _find(shown, Action.USE_FORM)
            if found is None or not self._click(*found):
                return False
        view = self.hands.view()
        if view is None or self.purpose not in str(view["blocks"]):
            return False  # it did not open, or another request's form lies in front
        fields = {block["block_id"]: block["element"] for block in view["blocks"] if "element" in block}
        for question in fields.keys() & self.answers.keys():
            answer = self.given[question] = self.answers[question]
            several = fields[question]["type"] == "checkboxes" or "multi" in fields[question]["type"]
            self.hands.fills(**{question: [answer] if several else answer})
        self.has_filled = self.hands.submits() is None
        return self.has_filled

    # -- pressing

    def _press(self, press: Callable[[], bool]) -> bool:
        """What was not acknowledged is pressed again: the person saw a warning."""
        self._insists = None if press() else press
        if self._insists is not None or self._was_gone:
            self.has_news = True  # never the other way: the answer may have come in before the press returned
        return True

    def _pressing(self, shown: list[Shown], action: Action) -> Callable[[], bool]:
        found = _find(shown, action)
        assert found is not None
        return lambda: self._click(*found)

    def _click(self, message: Shown, element: Shown) -> bool:
        try:
            return self.hands.clicks("dm", message["ts"], element["action_id"], element.get("value"))
        except Impossible:
            self._was_gone = True  # it was heard, or it was one of two and the other is to be pressed
            return True


def _find(shown: list[Shown], action: Action) -> tuple[Shown, Shown] | None:
    for message in reversed(shown):
        for element in elements(message):
            if str(element.get("action_id", "")).partition(".")[0] == action.value:
                return message, element
    return None


def _choice(message: Shown, answer: str) -> Shown | None:
    """The button of this message that gives the answer."""
    for element in _buttons(message):
        named, _, _ = str(element["action_id"]).partition(".")
        if named == Action.CHOOSE and str(element.get("value", "")).endswith(f"|{answer}"):
            return element
        if named == Action.NONE_OF_THESE and answer == "none":
            return element
    return None


def _buttons(message: Shown) -> Iterator[Shown]:
    return (e for e in elements(message) if e.get("type") == "button")
