"""A process that is told to end does end, whatever its doors do, and says in words why it could not begin."""

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr
from slack_sdk import WebClient

from bot.__main__ import main
from bot.settings import Settings
from bot.slack import process, reminding
from bot.slack.app import build
from bot.slack.closing import closed
from bot.slack.process import Running, introduce
from store.engine import Store
from store.migrate import migrate
from tests.databases import Clock


def test_a_door_that_closes_is_waited_for() -> None:
    done = threading.Event()
    assert closed(done.set)
    assert done.is_set()


def test_a_door_that_never_closes_is_left_behind() -> None:
    let_go = threading.Event()
    assert not closed(let_go.wait, patience=0.01)
    let_go.set()


def test_a_door_that_breaks_while_closing_ends_nothing_else() -> None:
    def breaks() -> None:
        raise RuntimeError("no thread to wait for")

    assert closed(breaks)


def test_slack_out_of_reach_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = WebClient(token="xoxb-x", base_url="http://127.0.0.1:1/api/", retry_handlers=[])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-x")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "shh")
    monkeypatch.setattr(process, "introduce", lambda client: introduce(nobody, patience=-1))
    assert main(["slack"]) == 2
    said = capsys.readouterr().err
    assert "Slack could not be reached" in said
    assert "Traceback" not in said


@pytest.fixture
def running(tmp_path: Path, clock: Clock) -> Running:
    """A process that has not begun to do anything."""
    settings = Settings(slack_bot_token=SecretStr("xoxb-x"), slack_signing_secret=SecretStr("shh"), port=0)
    migrate(f"sqlite:///{tmp_path}/process.db")
    store = Store(f"sqlite:///{tmp_path}/process.db", now=clock)
    client = WebClient(token="xoxb-x", base_url="http://127.0.0.1:1/api/")
    return Running(settings, store, client, "T0EXAMPLE", worker=True)


def test_what_nobody_waits_for_begins_when_the_door_is_open(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    monkeypatch.setattr(running.clock, "start", begun.set)
    monkeypatch.setattr(process, "DOOR_SECONDS", 600.0)
    running.work()
    assert not begun.is_set()
    running.listen()
    assert begun.wait(10)
    running.stop()


def test_what_ends_before_its_door_opens_begins_nothing_more(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    monkeypatch.setattr(running.clock, "start", begun.set)
    monkeypatch.setattr(process, "DOOR_SECONDS", 600.0)
    running.work()
    running.stop()
    assert not begun.is_set()
    assert not [thread for thread in threading.enumerate() if thread.name == "later"]


def test_a_damaged_concern_stops_no_clock(
    running: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    went: list[str] = []

    def breaks(*_: object) -> int:
        went.append("letters")
        raise ValueError("somebody's words")

    def counts(name: str) -> Callable[..., int]:
        def look(*_: object) -> int:
            went.append(name)
            return 0

        return look

    monkeypatch.setattr(process, "take_in", breaks)
    monkeypatch.setattr(process, "remind", counts("law"))
    monkeypatch.setattr(reminding, "look", counts("nudges"))
    monkeypatch.setattr(running.front, "desk", lambda *_: None)
    running._nudge()
    assert went == ["law", "letters", "nudges"]
    assert "somebody's words" not in caplog.text
    running.stop()


def test_what_a_closing_door_stumbles_over_is_no_error(running: Running) -> None:
    app = build(running.front, running.client, "shh", lambda: None)
    assert app.logger.isEnabledFor(logging.ERROR)
    running.stop()
    assert not app.logger.isEnabledFor(logging.ERROR)


def test_bolt_logs_no_payload_at_any_level_of_ours(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.root, "level", logging.DEBUG)
    app = build(running.front, running.client, "shh", lambda: None)
    assert not app.logger.isEnabledFor(logging.INFO)
    assert app.logger.isEnabledFor(logging.WARNING)
    running.stop()
