"""A running Steward: the doors (Socket Mode or HTTP), the reception, the sender and the clock, and how they end."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import arising
from bot.apart import apart
from bot.finding import Unreachable
from bot.jobs import Clock, jobs
from bot.library import library
from bot.office import Office
from bot.renewing import Renewal
from bot.settings import Settings
from bot.slack import anchored, campaigned, convening, covered, digested, expiring, hometab, reminding, risks
from bot.slack.app import build
from bot.slack.closing import closed
from bot.slack.consulting import Consulting
from bot.slack.detour import Detour
from bot.slack.directory import Directory
from bot.slack.drawing import Drawing
from bot.slack.errors import code_of, is_unclear, must_wait
from bot.slack.front import Front
from bot.slack.packing import Packing
from bot.slack.profiles import fill_in
from bot.slack.reception import Reception
from bot.slack.sender import Sender
from bot.slack.socketdoor import SocketDoor
from bot.slack.staff import Ties
from bot.slack.trust import trust
from intake.sentence import read
from store import inbox, outbox, packs
from store.engine import Store
from store.errors import Unavailable
from store.presence import Presence
from store.reminded import remind
from store.unnamed import take_in
from triage.desk import Desk

log = logging.getLogger("steward")
T = TypeVar("T")

PATIENCE_SECONDS = 30.0
"""How long the start waits for Slack to answer."""

PAUSE_SECONDS = 1.0
"""Between two tries of the start."""

QUICK_SECONDS = 1
"""How long Slack may take over what is asked while a click waits, which it lets us do for three seconds."""

DOOR_SECONDS = 2.0
"""How long what nobody waits for stands back, so that a door opens first; a worker alone has none."""

GRACE_SECONDS = 4.0
"""How long a part may take to finish what it is doing when the process is told to end."""


def to_client(settings: Settings, *, seconds: int = 10) -> WebClient:
    """A client that never repeats a call by itself: a post repeated blindly is a post made twice."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else None
    return WebClient(
        token=token, base_url=settings.slack_api_url, timeout=seconds, retry_handlers=[], ssl=trust()
    )


def introduce(client: WebClient, patience: float = PATIENCE_SECONDS) -> str:
    """The workspace we belong to."""
    return str(patiently(client.auth_test, "bot", patience)["team_id"])


def patiently(ask: Callable[[], T], token: str, patience: float = PATIENCE_SECONDS) -> T:
    """Asks Slack again for half a minute: networks start slowly, and Slack has its moments."""
    until = time.monotonic() + patience
    while True:
        try:
            return ask()
        except SlackApiError as error:
            if not (must_wait(error) or is_unclear(error)):
                raise Unreachable(
                    f"Slack did not accept the {token} token ({code_of(error)}). Nothing was started. "
                    f"Check SLACK_{token.upper()}_TOKEN, then run `steward check`."
                ) from error
            problem: Exception = error
        except OSError as error:
            problem = error
        if time.monotonic() > until:
            raise Unreachable(
                f"Slack could not be reached for {patience:.0f} seconds ({problem}). Nothing was started. "
                "Check the network and SLACK_API_URL."
            ) from problem
        time.sleep(PAUSE_SECONDS)


class Running:
    """The parts of one process, started and ended together."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        client: WebClient,
        team: str,
        *,
        worker: bool,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`seconds`: by which it is known how old something remembered is; a clock that is never turned back."""
        self.office = Office(store, library(), store.now)
        quick = to_client(settings, seconds=QUICK_SECONDS)
        self.directory = Directory(store, client, team, seconds, quick=quick)
        self.front = Front(self.office, self.directory, client)
        self.sender = Sender(
            store, client, self.directory, Drawing(self.front), Detour(self.front), self.front.granted
        )
        self.reception = Reception(self.front)
        self.renewal = Renewal(self.office)
        self.ties = Ties(store, client, self.directory, seconds)
        self.consulting = Consulting(self.front, settings.model_keys)
        looks = (self._look_at_people, self._renew, self._nudge, self._expire, self._digest, self._consult)
        self.packing = Packing(self.front)
        self.clock = Clock(jobs(store, *looks, self._anchor, self._pack))
        self.settings, self.client, self.worker = settings, client, worker
        self._presence = Presence(store)
        self._threads: list[threading.Thread] = []
        self._doors: list[Callable[[], None]] = []
        self._open = threading.Event()
        self._ended = False

    def work(self) -> None:
        """Start reception, sender and, once a door is open, the clock in this process."""
        self._recover()
        self.front.wake, self.front.arrived = self.sender.wake, self.reception.wake
        parts = {"sender": self.sender.run, "reception": self.reception.run, "later": self._later}
        for name, part in parts.items():
            thread = threading.Thread(target=part, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)
        # A channel that was named, or opened to us, only after requests had come in still gets their cards.
        if self.office.ledger.show_cards(self.front.desk()):
            self.sender.wake()

    def _later(self) -> None:
        """The clock, and what the first message would else wait for: the names of all tools, and what words hint at."""
        self._open.wait(DOOR_SECONDS)
        if not self._ended:
            self.clock.start()
            read("We would like to use an AI tool", self.office.library.catalogue)

    def _look_at_people(self) -> None:
        """Who they are called, and who they are in the people file."""
        fill_in(self.office.store, self.client)
        holders = {person for held in self.front.desk().roles.values() for person in held}
        if self.ties.look(holders):
            self.front.staff.forget()

    def _renew(self) -> None:
        try:
            if self.renewal.look():
                self.reception.wake()
        except Unavailable as problem:
            log.warning("A look at the policies waits for the database: %s", problem)

    def _expire(self) -> None:
        try:
            desk = self.front.desk()
            expiring.look(self.front, desk)
        except Unavailable as problem:
            log.warning("A look at what ends waits for the database: %s", problem)
            return
        self._nudge(desk)  # what ends now may wait for somebody from now on

    def _digest(self) -> None:
        try:
            desk = self.front.desk()
        except Unavailable as problem:
            log.warning("A look at digests waits for the database: %s", problem)
            return
        apart("A digest", lambda: digested.look(self.front, desk))
        apart("What rules put forward", lambda: self._arise(desk))
        apart("How the register stands", lambda: hometab.look(self.front, desk))
        apart("What shows the standard", lambda: covered.keep(self.front, desk))
        apart("What is suggested of controls and risks", lambda: risks.suggest(self.front, desk))
        apart("The papers of a review", lambda: convening.look(self.front, desk))

    def _arise(self, desk: Desk) -> None:
        if arising.look(self.office.store, self.office.words, desk):
            self.sender.wake()

    def _consult(self) -> None:
        try:
            self.consulting.look()
        except Unavailable as problem:
            log.warning("What a model is asked waits for the database: %s", problem)

    def _anchor(self) -> None:
        """In a turn of its own: a time-stamp authority may take its time, and nothing waits for it."""
        try:
            if anchored.look(self.front):
                self.sender.wake()
        except Unavailable as problem:
            log.warning("The anchor waits for the database: %s", problem)

    def _pack(self) -> None:
        apart("An evidence pack", self.packing.look)

    def _nudge(self, desk: Desk | None = None) -> None:
        """`desk`: that of the same look, where one was made already."""
        try:
            store, desk = self.office.store, desk or self.front.desk()
            clocks = remind(store, desk)  # first: the law's clocks wait for nobody
            taken = self._take_in(desk)
            if clocks + taken + reminding.look(self.front, desk) + campaigned.follow_up(self.front, desk):
                self.sender.wake()
        except Unavailable as problem:
            log.warning("A look at deadlines waits for the database: %s", problem)

    def _take_in(self, desk: Desk) -> int:
        """Concerns without a name; whatever is wrong with them, the clocks go on."""
        try:
            return take_in(self.office.store, desk)
        except Unavailable:
            raise
        except Exception as bug:  # said without its words: they may be somebody's
            log.error("Concerns without a name wait", extra={"because": type(bug).__name__})
            return 0

    def _recover(self) -> None:
        """What a worker held that died is taken up at once if nobody else works; else when its leases end."""
        held = 0
        with self._presence.enter() as alone:
            if alone:
                with self.office.store.write() as session:
                    held = inbox.recover(session) + outbox.recover(session)
                    packs.let_go(session)
        if held:
            log.info("Took up what another process left behind", extra={"event": "recovered", "rows": held})

    def listen(self) -> str:
        """Open the door that the settings ask for; says which."""
        told = self.settings.slack_signing_secret
        secret = told.get_secret_value() if told else ""
        app = build(self.front, self.client, secret, self.reception_wake)
        door = self._web(app, secret) if self.settings.slack_app_token is None else self._socket(app)
        self._open.set()
        return door

    def reception_wake(self) -> None:
        self.front.arrived()

    def _socket(self, app: App) -> str:
        token = self.settings.slack_app_token
        if token is None:
            raise ValueError("Socket Mode needs an app token")
        handler = SocketDoor(app, token.get_secret_value(), web_client=self.client)
        patiently(handler.connect, "app")
        self._doors.append(handler.close)
        if self.settings.port_named:
            self._health(handler.is_well)
        return "Socket Mode"

    def _health(self, is_well: Callable[[], bool]) -> None:
        from bot.slack.web import HealthDoor  # late: without PORT, Socket Mode needs no server

        door = HealthDoor(self.office.store, port=self.settings.port, is_well=is_well)
        door.start()
        self._doors.append(door.stop)

    def _web(self, app: App, secret: str) -> str:
        from bot.slack.web import WebDoor  # late: Socket Mode needs no server

        door = WebDoor(app, self.office.store, secret=secret, port=self.settings.port)
        door.start()
        self._doors.append(door.stop)
        return f"HTTP on port {door.port}"

    def stop(self) -> None:
        """Close the doors first, then let the parts finish what they are doing."""
        logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)  # a door that closes mid-word is no fault
        for close in self._doors:
            if not closed(close):
                log.info("A door did not close in time; the rest ends without it")
        self._ended = True
        self._open.set()
        self.sender.stop()
        self.reception.stop()
        until = time.monotonic() + GRACE_SECONDS
        for thread in self._threads:
            thread.join(max(0.1, until - time.monotonic()))
        self.clock.stop()
        self._presence.leave()
        self.office.store.close()
