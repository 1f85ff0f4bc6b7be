"""A Slack to act in: people who type, fill and press, and a bot that can be ended and started again.

The workspace is the local one (over a real socket), the bot is the whole of Steward in this process, and the
database is a file. After every act of a person the world waits until nothing is left to be done.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import SecretStr
from sqlmodel import col, select

from bot.cli.starting import utc_now
from bot.config import seed
from bot.demo.player import asked, elements
from bot.sandbox import payloads
from bot.sandbox.workspace import Timing, Workspace, WorkspaceServer
from bot.settings import Settings
from bot.slack.ids import Action
from bot.slack.process import Running, introduce, to_client
from intake.form import Kind
from store import audit, queries
from store.engine import PATIENCE, Store
from store.records import load
from store.tables import InboxRow, OutboxRow
from triage.case import Case

ANA, BEN, CLEO, DAN, EVE = "U0ANA", "U0BEN", "U0CLEO", "U0DAN", "U0EVE"
"""An employee, a reviewer, the risk owner, another employee, and a second reviewer."""

CARDS = "G0CARDS"
TEAM = "T0WORLD"
SECRET = "a secret that signs"
SCOPES = (
    "app_mentions:read", "channels:read", "chat:write", "commands", "groups:read", "im:history", "im:write",
    "users:read", "usergroups:read",
)  # fmt: skip
WORKSPACE: dict[str, Any] = {
    "team": {"id": TEAM, "name": "World", "domain": "world"},
    "bot": {"user_id": "U0BOT", "bot_id": "B0BOT", "name": "Steward", "app_id": "A0BOT"},
    "people": [
        {"id": ANA, "name": "Ana"},
        {"id": BEN, "name": "Ben"},
        {"id": CLEO, "name": "Cleo"},
        {"id": DAN, "name": "Dan"},
        {"id": EVE, "name": "Eve"},
    ],
    "channels": [
        {"id": CARDS, "name": "ai-governance", "is_private": True, "members": [BEN, CLEO, EVE, DAN, "U0BOT"]},
        {"id": "C0ALL", "name": "general", "members": [ANA, BEN, CLEO, DAN, EVE, "U0BOT"]},
    ],
    "commands": [{"command": "/steward", "hint": "can I use …"}],
    "shortcuts": [{"callback_id": "ask_about_ai", "name": "Ask about an AI tool", "type": "global"}],
    "scopes": list(SCOPES),
}
SETTINGS: dict[str, Any] = {
    "channels.governance": CARDS,
    "roles.reviewer": [BEN, EVE],
    "roles.risk_owner": [CLEO],
    "roles.committee": [CLEO, BEN],
    "roles.legal": [EVE],
    "organisation.regions": ["eu"],
    "organisation.public_body": False,
    "organisation.units": ["Sales", "People"],
    "timezone": "Europe/Berlin",
    "country": "DE",
}
FIRST_WORDS = "I'd like to use Otter.ai to transcribe our own meetings"
HARMLESS = {
    "kind": "use_new",
    "tool": "Otter.ai",
    "purpose": "Write down what is said in our own meetings",
    "output_use": "draft_self",
    "people": "only_team",
    "data": "internal",
    "area": "none",
    "red_flag": "none",
    "profiling": "no",
    "monitoring": "none",
    "account": "enterprise",
    "train_on_data": "no_contract",
}
"""Answers with which every result is settled and a reviewer decides."""

Shown = dict[str, Any]


class World:
    """The workspace, the database and the bot; the bot can be ended and started again at any moment."""

    def __init__(
        self,
        database_url: str,
        *,
        settings: dict[str, Any] | None = None,
        by_http: bool = False,
        patience: float = PATIENCE,
    ) -> None:
        self._patience = patience
        self.workspace = Workspace(WORKSPACE)
        self.port = free_port() if by_http else 0
        self.server = WorkspaceServer(
            self.workspace,
            events_url=f"http://127.0.0.1:{self.port}/slack/events" if by_http else None,
            signing_secret=SECRET,
            timing=Timing(ack_seconds=2.0, retry_seconds=(0.1, 0.2, 0.4, 0.8)),
        )
        self.store = Store(database_url, now=utc_now)
        self.database_url = database_url
        self.running: Running | None = None
        self._client: Any = None
        self._outlet = self.workspace.outlet
        seed(self.store, SETTINGS | (settings or {}), now=utc_now())

    def open(self) -> World:
        self.server.start()
        self.start_bot()
        return self

    def close(self) -> None:
        self.stop_bot()
        self.server.stop()
        self.store.close()

    # -- the bot's life

    def settings(self) -> Settings:
        door: dict[str, Any] = {"slack_app_token": SecretStr("xapp-world")}
        if self.port:
            door = {"slack_signing_secret": SecretStr(SECRET), "port": self.port}
        return Settings(
            slack_bot_token=SecretStr("xoxb-world"),
            slack_api_url=self.server.api_url,
            database_url=self.database_url,
            **door,
        )

    def start_bot(self) -> None:
        client = to_client(self.settings())
        store = Store(self.database_url, now=utc_now, patience=self._patience)
        self.running = Running(self.settings(), store, client, introduce(client), worker=True)
        self.running.work()
        self.running.listen()
        if self.port:
            return
        self.server.wait_until(lambda: self.server.socket_connected() > 0)
        # The SDK's client reads for three seconds at a time, and its end waits for that.
        (close,) = self.running._doors
        self._client = close.__self__.client  # type: ignore[attr-defined]
        self._client.current_session.sock.settimeout(0.01)

    def stop_bot(self) -> None:
        """As at the end of the process, only that the SDK's client is not waited for longer than it needs."""
        if self.running is None:
            return
        ending = threading.Thread(target=self.running.stop)
        ending.start()
        while ending.is_alive():
            if self._client is not None:
                self._client.message_queue.put(
                    None
                )  # its reader looks for the end only after a message or a second
            ending.join(0.01)
        self.running, self._client = None, None
        self.server.wait_until(lambda: self.server.socket_connected() == 0)

    def restart(self) -> None:
        self.stop_bot()
        self.start_bot()

    @property
    def bot(self) -> Running:
        assert self.running is not None
        return self.running

    def settle(self) -> None:
        """Until everything that was sent is acknowledged, worked off and answered."""
        self.server.wait_until(self._is_settled)

    def _is_settled(self) -> bool:
        if self.server.pending():
            return False
        with self.store.read() as session:
            coming = select(InboxRow.id).where(col(InboxRow.state).in_(("waiting", "working")))
            if session.exec(coming).first() is not None:
                return False
            going = select(OutboxRow.id).where(col(OutboxRow.state).in_(("waiting", "sending", "unknown")))
            return session.exec(going).first() is None

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
            self.server.wait_until(lambda: not self.server.pending())
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
        """What Slack refused, beyond what the story itself asked it to."""
        return [r for r in self.server.refusals if r.get("detail") != "asked for by a test"]

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
        """What stands in the audit trail, in order, without the settings at its beginning."""
        with self.store.read() as session:
            lines = [re.search(r'"what":"([a-z_.]+)"', line) for line in audit.sealed_lines(session)]
        found = [line[1] for line in lines if line is not None]
        return [what for what in found if not what.startswith(("settings.", "texts."))]

    def is_untouched(self) -> bool:
        """Whether the trail proves itself, texts included."""
        with self.store.read() as session:
            return audit.verify_store(session).ok and not audit.verify_texts(session)


class Somebody:
    """A person at their screen. Everything waits until the bot has done what follows from it."""

    def __init__(self, world: World, user: str) -> None:
        self.world, self.user = world, user
        self.hands = world.server.person(user)

    def asks(self, text: str = FIRST_WORDS, **more: Any) -> Thread:
        """Write to the bot outside of any thread."""
        root = self.hands.says("dm", text, **more)
        self.world.settle()
        return Thread(self, root)

    def dm(self) -> list[Shown]:
        """What the bot says to this person, oldest first, replies included."""
        return [m for m in self.hands.sees("dm") if from_bot(m)]

    def told(self) -> str:
        """The newest words that only this person sees, wherever they are."""
        places = [c.id for c in self.world.workspace.channels.values() if self.user in c.members]
        passing = [m for place in places for m in self.hands.sees(place) if m.get("ephemeral")]
        return words(max(passing, key=lambda m: m["ts"])) if passing else ""

    def presses_card(self, action: Action, card: Shown | None = None) -> bool:
        """Press a button of a card (the newest, if none is named)."""
        card = card or self.world.cards(self.user)[-1]
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

    def window(self) -> str:
        """The words of the window in front."""
        view = self.hands.view()
        return words(view) if view else ""

    def steward(self, text: str, channel: str = "general") -> str:
        """`/steward …`, and what only this person reads in answer."""
        assert self.hands.command("/steward", text, channel)
        self.world.settle()
        return self.told()

    def home(self) -> str:
        self.hands.opens_home()
        self.world.settle()
        view = self.hands.home()
        return words(view) if view else ""


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

    def types(self, text: str, **more: Any) -> str:
        ts = self.person.hands.says("dm", text, thread_ts=self.root, **more)
        self.world.settle()
        return ts

    def find(self, action: Action, *, having: str = "") -> tuple[Shown, Shown]:
        """The newest message with such an element, and the element; `having`: words on it, or its choice."""
        for message in reversed(self.shown()):
            for element in elements(message):
                named = str(element.get("action_id", "")).partition(".")[0] == action.value
                if named and having in str(element.get("text", "")) + str(element.get("value", "")):
                    return message, element
        raise AssertionError(f"no {action} {having} in the thread; the last words: {self.last}")

    def presses(self, action: Action, *, having: str = "") -> bool:
        message, element = self.find(action, having=having)
        done = self.again(message, element)
        self.world.settle()
        return done

    def again(self, message: Shown, element: Shown) -> bool:
        """Press exactly this, as often as one likes, without waiting."""
        return self.person.hands.clicks("dm", message["ts"], element["action_id"], value=element.get("value"))

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
            self.types(known.get(question, "not sure"))
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


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def from_bot(message: Shown) -> bool:
    return bool(message.get("bot_id")) and not message.get("deleted")


def words(shown: Shown) -> str:
    """All that can be read in a message or view, buttons included."""
    found = list(_texts(shown.get("blocks") or []))
    return "\n".join(found) if found else str(shown.get("text", ""))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name in ("text", "label", "hint", "title") and isinstance(value, str):
                yield value
            elif name not in ("placeholder", "confirm"):
                yield from _texts(value)
    elif isinstance(part, list):
        for each in part:
            yield from _texts(each)
