"""A workspace, a server, and a real Bolt app connected to it by Bolt's own Socket Mode client."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox.clock import Clock
from bot.sandbox.workspace import Timing, Workspace, WorkspaceServer

QUICK = Timing(ack_seconds=0.6, retry_seconds=(0.05, 0.05))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(clock: Clock) -> Iterator[WorkspaceServer]:
    with WorkspaceServer(Workspace(clock=clock), timing=QUICK) as running:
        yield running


@pytest.fixture
def client(server: WorkspaceServer) -> WebClient:
    return WebClient(token="xoxb-local", base_url=server.api_url, retry_handlers=[])


@pytest.fixture
def app(client: WebClient) -> App:
    return App(client=client, token_verification_enabled=False, process_before_response=True)


def read_briefly(handler: SocketModeHandler) -> None:
    """Bolt's client finishes its current read before it closes; let it be a short one."""
    session: Any = handler.client.current_session
    session.sock.settimeout(0.1)


@pytest.fixture
def connect(server: WorkspaceServer, app: App) -> Iterator[Callable[[], SocketModeHandler]]:
    """Connects the app (again each time it is called)."""
    handlers: list[SocketModeHandler] = []

    def one_more() -> SocketModeHandler:
        handler = SocketModeHandler(app, "xapp-local", ping_interval=0.5)
        handler.connect()
        read_briefly(handler)
        handlers.append(handler)
        server.wait_until(lambda: server.socket_connected() >= len(handlers))
        return handler

    yield one_more
    for handler in handlers:
        handler.client.closed = True
        handler.client.message_queue.put(None)  # wakes the client's own queue at once
        handler.close()
