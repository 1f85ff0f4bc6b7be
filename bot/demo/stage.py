"""Everything the demo needs, in one process: the workspace, an embedded database, and the bot."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from pydantic import SecretStr

from bot.cli.starting import open_store, prepare
from bot.demo import suppliers, system, year
from bot.demo.story import play, scenes
from bot.demo.theatre import WORKDAYS, ByHand, Theatre
from bot.jobs import Clock as Jobs
from bot.manifest import READS
from bot.sandbox.clock import Clock
from bot.sandbox.server import WorkspaceServer
from bot.sandbox.workspace import Workspace
from bot.settings import Settings
from bot.slack.process import Running, introduce, to_client

HERE = Path(__file__).parent


class Stage:
    """Opened and closed once; `url` is the page."""

    def __init__(
        self, database_url: str, *, port: int = 0, keeps_discussion: bool = False, a_year: bool = False
    ) -> None:
        """`keeps_discussion`: whether the app has the optional scope for it, as well as the event.

        `a_year`: its clock stands at the beginning of the story of a year until that was played.
        """
        self._database_url, self._a_year = database_url, a_year
        clock = Clock(year.BEGINS.timestamp()) if a_year else None
        self.server = WorkspaceServer(Workspace.from_file(HERE / "workspace.yaml", clock=clock), port=port)
        if a_year:  # what links to a message is kept, and read long after this page is closed
            self.server.workspace.address = f"https://{self.server.workspace.team.domain}.example.com"
        if keeps_discussion:
            self._let_in(*READS["private"])
        self.running: Running | None = None

    def _let_in(self, scope: str, event: str) -> None:
        workspace = self.server.workspace
        workspace.scopes = {*(workspace.scopes or ()), scope}
        workspace.events = {*workspace.events, event}

    @property
    def url(self) -> str:
        return self.server.url

    def open(self) -> None:
        """Raises OSError where the port is taken."""
        self.server.start()
        settings = Settings(
            slack_bot_token=SecretStr("xoxb-example"),
            slack_app_token=SecretStr("xapp-example"),
            slack_api_url=self.server.api_url,
            database_url=self._database_url,
            config_path=HERE / "steward.yaml",
            log_level="warning",
        )
        clock = self.server.workspace.clock
        store = open_store(settings, clock.moment)
        prepare(settings, store)
        client = to_client(settings)
        self.running = Running(settings, store, client, introduce(client), worker=True, seconds=clock.now)
        if self._a_year:
            self.running.clock = ByHand(self.running.clock.jobs)
        self.running.work()
        self.running.listen()
        if not self._a_year:
            clock.watchers.append(self.running.clock.hurry)
        self.server.wait_until(lambda: self.server.socket_connected() > 0, timeout=20)

    def play(self, progress: Callable[[str], None]) -> None:
        """The past is told at once; only what comes after it keeps Slack's pace."""
        workspace = self.server.workspace
        pace, workspace.rates = workspace.rates, None
        try:
            play(self.server, scenes(), progress)
            if self.running is not None:
                progress("and the management system is set up")
                system.set_up(self.running)
                system.switch_on(self.running)
                suppliers.look_at_one(self.running)
        finally:
            workspace.rates = pace

    def theatre(self, mornings: Collection[int] = WORKDAYS) -> Theatre:
        """To play in while the clock stands."""
        if self.running is None or not self._a_year:
            raise ValueError("Open a stage for a year first.")
        return Theatre(self.server, self.running, self.running.office.store, mornings)

    def play_year(self, progress: Callable[[str], None], until: str = year.ENDS) -> None:
        """From the first yes to one year later; then the clock runs along."""
        theatre = self.theatre()
        workspace = self.server.workspace
        pace, workspace.rates = workspace.rates, None
        try:
            year.play(theatre, progress, until=until)
        finally:
            workspace.rates = pace
        workspace.clock.run_on()
        theatre.running.clock = Jobs(theatre.running.clock.jobs)
        theatre.running.clock.start()
        workspace.clock.watchers.append(theatre.running.clock.hurry)

    def close(self) -> None:
        if self.running is not None:
            self.running.stop()
        self.server.stop()
