"""A conversation of one person with the bot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.demo.player import asked, elements
from bot.sandbox import payloads
from bot.sandbox.reading import words
from bot.slack.ids import Action
from intake.form import Kind
from tests.slack_world.people import HARMLESS
from triage.case import Case

if TYPE_CHECKING:
    from tests.slack_world.somebody import Somebody

Shown = dict[str, Any]


def from_bot(message: Shown) -> bool:
    return bool(message.get("bot_id")) and not message.get("deleted")


class Thread:
    """A conversation of one person with the bot."""

    def __init__(self, person: Somebody, root: str) -> None:
        self.person, self.root, self.world = person, root, person.world

    def shown(self) -> list[Shown]:
        seen = self.person.hands.sees("dm", thread_ts=self.root)
        return [m for m in seen if from_bot(m) and not m.get("ephemeral")]

    def texts(self) -> list[str]:
        return [words(m) for m in self.shown()]

    @property
    def last(self) -> str:
        """The words of the newest message."""
        return self.texts()[-1]

    @property
    def case(self) -> Case:
        return self.world.case(self.root, self.person.user)

    @property
    def question(self) -> str | None:
        """The id of the question that can be answered now."""
        found = [turn for turn in map(asked, self.shown()) if turn is not None]
        return found[-1][1] if found else None

    @property
    def beside(self) -> tuple[str, ...]:
        """What is asked in the same message as the open question."""
        talk = self.case.talk
        return talk.current.also if talk and talk.current else ()

    def types(self, text: str, **more: Any) -> str:
        return self.person.writes(text, thread=self.root, **more)

    def find(self, action: Action, *, having: str = "") -> tuple[Shown, Shown]:
        """The newest message with such an element, and the element; `having`: words on it, or its choice."""
        for message in reversed(self.shown()):
            for element in elements(message):
                named = str(element.get("action_id", "")).partition(".")[0] == action.value
                if named and having in str(element.get("text", "")) + str(element.get("value", "")):
                    return message, element
        raise AssertionError(f"no {action} {having} in the thread; the last words: {self.last}")

    def offers(self, action: Action) -> bool:
        """Whether such an element stands in any message."""
        named = [str(e.get("action_id", "")) for message in self.shown() for e in elements(message)]
        return any(name.partition(".")[0] == action.value for name in named)

    def presses(self, action: Action, *, having: str = "") -> bool:
        """Press a button, or what stands for it in the menu of what can be done besides."""
        if not self.offers(action) and self.offers(Action.MORE):
            return self.chooses(Action.MORE, action.value)
        message, element = self.find(action, having=having)
        done = self.again(message, element)
        self.world.settle()
        return done

    def again(self, message: Shown, element: Shown) -> bool:
        """Press exactly this, as often as one likes, without waiting."""
        return self.person.hands.clicks("dm", message["ts"], element["action_id"], value=element.get("value"))

    def presses_as_it_was(self, message: Shown, element: Shown) -> bool:
        """Press what the message showed once: somebody's Slack may not have drawn it anew yet."""
        ws, hands = self.world.workspace, self.person.hands
        with ws.lock:
            place = ws.place(self.person.user, "dm")
            found = next(m for m in place.messages if m.ts == message["ts"])
            drawn = {k: v for k, v in element.items() if k in ("type", "action_id", "value", "text")}
            body = payloads.message_action(
                ws, hands.base, self.person.user, place, found, drawn | {"block_id": "b"}
            )
        done = hands._send("interactive", body).ok
        self.world.settle()
        return done

    def chooses(self, action: Action, *values: str) -> bool:
        """In a menu, a picker or a list to tick."""
        message, element = self.find(action)
        done = self.person.hands.selects("dm", message["ts"], element["action_id"], list(values))
        self.world.settle()
        return done

    def answers(
        self, known: dict[str, str] | None = None, *, between: Callable[[], None] | None = None
    ) -> int:
        """Type answers until the summary stands; returns how many questions there were."""
        known, count = HARMLESS if known is None else known, 0
        while (question := self.question) is not None:
            if not (lists := self.beside):
                self.types(known.get(question, "not sure"))
            elif {known.get(q, "not sure") for q in (question, *lists)} <= {"none", "no"}:
                self.types("none of all this")
            else:
                self.presses(Action.SINGLY)
            count += 1
            assert count < 40, f"this goes on for ever: {question}"
            if between:
                between()
        return count

    def fills(self, known: dict[str, str] | None = None) -> dict[str, str] | None:
        """Use the form instead of questions; returns what the window complains of."""
        self.presses(Action.USE_FORM)
        hands, form = self.person.hands, self.world.bot.office.library.form
        view = hands.view()
        assert view is not None
        drawn = {block.get("block_id") for block in view["blocks"]}
        for question, answer in (HARMLESS if known is None else known).items():
            if question in drawn:
                hands.fills(**{question: [answer] if form.by_id[question].kind is Kind.many else answer})
        problems = hands.submits()
        self.world.settle()
        return problems

    def submitted(self, known: dict[str, str] | None = None) -> Thread:
        """Everything up to a request in review, by the form."""
        assert self.fills(known) is None
        self.answers(known)
        self.presses(Action.SUBMIT)
        return self
