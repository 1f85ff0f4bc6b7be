"""One browser for all, a stage of its own for each story; a story may not end with a fault anywhere."""

import logging
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from bot.demo.stage import Stage
from store.audit import verify_store
from tests.browser.screen import DESKTOP, PHONE, Screen, Size, store_of

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-extensions", "--disable-sync",
    "--no-first-run", "--mute-audio",
]  # fmt: skip

LookAt = Callable[..., Screen]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
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
        viewport, held = ViewportSize(width=size.width, height=size.height), size == PHONE
        context = browser.new_context(viewport=viewport, has_touch=held, is_mobile=held)
        opened.append(Screen(context.new_page(), stage, user, size))
        return opened[-1]

    yield open_as
    for screen in opened:
        screen.page.context.close()
    assert "\n".join(complaint for screen in opened for complaint in screen.complaints) == ""
