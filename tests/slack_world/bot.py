"""The whole of Steward in this process, on the workspace's clock; it can be ended and begun again."""

from __future__ import annotations

import threading
from typing import Any

from pydantic import SecretStr

from bot.jobs import Clock as Jobs
from bot.sandbox.workspace import WorkspaceServer
from bot.settings import Settings
from bot.slack.process import Running, introduce, to_client
from store.boxes import Boxes
from store.engine import Store

SECRET = "a secret that signs"


class ByHand(Jobs):
    """The jobs of the worker, done when the world's time has come to it and not by a thread of theirs."""

    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass


class Bot:
    """`port` 0: over Socket Mode."""

    def __init__(self, server: WorkspaceServer, database_url: str, *, port: int, patience: float) -> None:
        self._server, self._database_url, self._port, self._patience = server, database_url, port, patience
        self._clock = server.workspace.clock
        self._looking = Store(database_url, now=self._clock.moment)
        self._boxes = Boxes(self._looking)
        self._client: Any = None
        self.running: Running | None = None

    def settings(self) -> Settings:
        door: dict[str, Any] = {"slack_app_token": SecretStr("xapp-world")}
        if self._port:
            door = {"slack_signing_secret": SecretStr(SECRET), "port": self._port}
        return Settings(
            slack_bot_token=SecretStr("xoxb-world"),
            slack_api_url=self._server.api_url,
            database_url=self._database_url,
            **door,
        )

    # -- its life

    def start(self) -> None:
        client = to_client(self.settings())
        store = Store(self._database_url, now=self._clock.moment, patience=self._patience)
        self.running = Running(
            self.settings(), store, client, introduce(client), worker=True, seconds=self._clock.now
        )
        self.running.clock = ByHand(self.running.clock.jobs)
        self.running.work()
        self.running.listen()
        if self._port:
            return
        self._server.wait_until(lambda: self._server.socket_connected() > 0)
        # The SDK's client reads for three seconds at a time, and its end waits for that.
        (close,) = self.running._doors
        self._client = close.__self__.client  # type: ignore[attr-defined]
        self._client.current_session.sock.settimeout(0.01)
        self._tell_what_is_not_acknowledged()

    def stop(self) -> None:
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
        self._server.wait_until(lambda: self._server.socket_connected() == 0)

    def close(self) -> None:
        self.stop()
        self._looking.close()

    def _tell_what_is_not_acknowledged(self) -> None:
        """Slack would wait three seconds for it; here nobody need."""
        acknowledge, taken = self._client.send_socket_mode_response, set()
        (listener,) = self._client.socket_mode_request_listeners

        def acknowledging(response: Any) -> None:
            acknowledge(response)
            taken.add(response.envelope_id)

        def listening(client: Any, request: Any) -> None:
            try:
                listener(client, request)
            finally:
                if request.envelope_id not in taken:
                    self._server.give_up(request.envelope_id)

        self._client.send_socket_mode_response = acknowledging
        self._client.socket_mode_request_listeners[:] = [listening]

    # -- what can be seen of it

    def is_busy(self, now: float) -> bool:
        """Something is being worked on, or could be."""
        return any(turn.held or turn.at.timestamp() <= now for turn in self._boxes.turns())

    def next_due(self, now: float) -> float | None:
        return min((turn.at.timestamp() for turn in self._boxes.turns()), default=None)

    def wake(self) -> None:
        if self.running is not None:
            self.running.sender.wake()
            self.running.reception.wake()

    def does_its_jobs(self) -> None:
        """Everything that the worker does by the clock, once."""
        assert self.running is not None
        for job in self.running.clock.jobs:
            job.do()
