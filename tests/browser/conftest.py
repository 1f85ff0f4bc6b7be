"""One browser for all, a stage of its own for each story; a story may not end with a fault anywhere."""

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright
from slack_sdk import WebClient

from bot.demo.stage import Stage
from bot.sandbox.workspace import Workspace, WorkspaceServer
from store.audit import verify_store
from tests.browser.screen import Screen, store_of
from tests.browser.window import DESKTOP, PHONE, Size, Window

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-extensions", "--disable-sync",
    "--no-first-run", "--mute-audio",
]  # fmt: skip

LookAt = Callable[..., Screen]
WatchAs = Callable[..., Window]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Only for as long: Playwright keeps a loop of asyncio running in the thread where other tests need theirs."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser here; looked for {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def closing() -> Iterator[ThreadPoolExecutor]:
    """Bolt's client takes three seconds to hang up; the next story need not wait for it."""
    with ThreadPoolExecutor() as pool:
        yield pool


@pytest.fixture
def stage(tmp_path: Path, caplog: pytest.LogCaptureFixture, closing: ThreadPoolExecutor) -> Iterator[Stage]:
    """The whole demo without its past. Nothing may be refused or go wrong unseen, and the trail has to hold."""
    stage = Stage(f"sqlite:///{tmp_path / 'steward.db'}", port=0)
    stage.server.workspace.rates = None  # people read between two posts; these stories do not
    stage.open()
    try:
        yield stage
        stage.server.wait_until(lambda: not stage.server.pending())
        assert stage.server.refusals == []
        assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []
        with store_of(stage).read() as session:
            assert verify_store(session).ok
    finally:
        closing.submit(stage.close)


@pytest.fixture
def look(browser: Browser, stage: Stage) -> Iterator[LookAt]:
    """Opens the page as a person in a window of a size; at the end no page may have complained."""
    opened: list[Screen] = []

    def open_as(user: str, size: Size = DESKTOP) -> Screen:
        opened.append(Screen(context_of(browser, size).new_page(), stage, user, size))
        return opened[-1]

    yield open_as
    close(opened)


@pytest.fixture
def server() -> Iterator[WorkspaceServer]:
    """The example workspace, without Steward."""
    workspace = Workspace()
    workspace.rates = None
    with WorkspaceServer(workspace) as running:
        yield running


@pytest.fixture
def client(server: WorkspaceServer) -> WebClient:
    return WebClient(token="xoxb-local", base_url=server.api_url, retry_handlers=[])


@pytest.fixture
def watch(browser: Browser, server: WorkspaceServer) -> Iterator[WatchAs]:
    """Opens the page of the example workspace as a person, at a place."""
    opened: list[Window] = []

    def open_as(user: str, place: str, size: Size = DESKTOP) -> Window:
        opened.append(Window(context_of(browser, size).new_page(), server.url, user, place, size))
        return opened[-1]

    yield open_as
    close(opened)


def context_of(browser: Browser, size: Size) -> BrowserContext:
    viewport, held = ViewportSize(width=size.width, height=size.height), size == PHONE
    context = browser.new_context(viewport=viewport, has_touch=held, is_mobile=held)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context


def close(opened: Sequence[Window]) -> None:
    for window in opened:
        window.page.context.close()
    assert "\n".join(complaint for window in opened for complaint in window.complaints) == ""
