"""Everything the demo needs, in one process: the workspace, an embedded database, and the bot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pydantic import SecretStr

from bot.cli.starting import open_store, prepare
from bot.demo.story import play, scenes
from bot.manifest import READS
from bot.sandbox.server import WorkspaceServer
from bot.sandbox.workspace import Workspace
from bot.settings import Settings
from bot.slack.process import Running, introduce, to_client

HERE = Path(__file__).parent


class Stage:
    """Opened and closed once; `url` is the page."""

    def __init__(self, database_url: str, *, port: int = 0, keeps_discussion: bool = False) -> None:
        """`keeps_discussion`: whether the app has the optional scope for it, as well as the event."""
        self._database_url = database_url
        self.server = WorkspaceServer(Workspace.from_file(HERE / "workspace.yaml"), port=port)
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
        store = open_store(settings, self.server.workspace.clock.moment)
        prepare(settings, store)
        client = to_client(settings)
        self.running = Running(settings, store, client, introduce(client), worker=True)
        self.running.work()
        self.running.listen()
        self.server.workspace.clock.watchers.append(self.running.clock.hurry)
        self.server.wait_until(lambda: self.server.socket_connected() > 0, timeout=20)

    def play(self, progress: Callable[[str], None]) -> None:
        """The past is told at once; only what comes after it keeps Slack's pace."""
        workspace = self.server.workspace
        pace, workspace.rates = workspace.rates, None
        try:
            play(self.server, scenes(), progress)
        finally:
            workspace.rates = pace

    def close(self) -> None:
        if self.running is not None:
            self.running.stop()
        self.server.stop()
