"""One process of Steward on the driver's clock. It is ended by SIGKILL only, so it cleans nothing up."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.jobs import Clock as Jobs
from bot.settings import Settings
from bot.slack.loop import Loop
from bot.slack.process import Running, introduce, to_client
from store import engine
from store.engine import Store
from tests.slack_world.bot import ByHand
from tests.soak.shared import Board, Ear, Mouth

SECRET = "a secret that signs"
GIVEN_UP = "given up "
JOBS, WAKE = "jobs", "wake"


def run(number: int, processes: int, folder: str, environment: dict[str, Any]) -> None:
    """Become process `number`; over HTTP if it has a port, else over Socket Mode."""
    place = Path(folder)
    log = os.open(place / f"process{number}.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    logging.basicConfig(level="WARNING", format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    # It is killed, and its machine is not: nobody waits for the disk.
    engine.PRAGMAS = tuple(each.replace("FULL", "OFF") for each in engine.PRAGMAS)
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    board = Board(place / "board", processes)
    settings = to_settings(environment)
    client = to_client(settings)
    store = Store(settings.database_url, now=board.now, patience=20.0)
    running = Running(settings, store, client, introduce(client), worker=True, seconds=board.moment)
    running.clock = jobs = ByHand(running.clock.jobs)
    for part, loop in enumerate((running.sender, running.reception)):
        loop.work = _watched(loop, lambda busy, part=part: board.set_busy(number, part, busy))  # type: ignore[method-assign, misc]
    _listen(running, place, number, jobs)
    running.work()
    running.listen()
    if settings.slack_app_token is not None:
        _tell_what_is_not_acknowledged(running, place)
    wait()


def to_settings(environment: dict[str, Any]) -> Settings:
    door: dict[str, Any] = {"slack_app_token": SecretStr("xapp-soak")}
    if environment["port"]:
        door = {"slack_signing_secret": SecretStr(SECRET), "port": environment["port"]}
    return Settings(
        slack_bot_token=SecretStr("xoxb-soak"),
        slack_api_url=environment["api"],
        database_url=environment["database"],
        **door,
    )


def _watched(loop: Loop, tell: Callable[[bool], None]) -> Callable[[], bool]:
    """Its rounds, with word of whether there may be more to do."""
    work = loop.work

    def watched() -> bool:
        tell(True)
        more = work()
        if not more:
            tell(False)
        return more

    return watched


def _listen(running: Running, place: Path, number: int, jobs: Jobs) -> None:
    def hear(word: str) -> None:
        if word == JOBS:
            for job in jobs.jobs:
                job.do()
        running.sender.wake()
        running.reception.wake()

    Ear(place / f"ear{number}", hear)


def _tell_what_is_not_acknowledged(running: Running, place: Path) -> None:
    """Slack would wait three seconds for it; here nobody need."""
    (close,) = running._doors
    client: Any = close.__self__.client  # type: ignore[attr-defined]
    acknowledge, taken, mouth = client.send_socket_mode_response, set(), Mouth()
    (listener,) = client.socket_mode_request_listeners

    def acknowledging(response: Any) -> None:
        acknowledge(response)
        taken.add(response.envelope_id)

    def listening(client: Any, request: Any) -> None:
        try:
            listener(client, request)
        finally:
            if request.envelope_id not in taken:
                mouth.call(place / "driver", GIVEN_UP + request.envelope_id)

    client.send_socket_mode_response = acknowledging
    client.socket_mode_request_listeners[:] = [listening]


def wait() -> None:
    """Until the driver is gone, however it went: nobody else would end this process then."""
    driver = multiprocessing.parent_process()
    assert driver is not None
    driver.join()
    os._exit(1)
