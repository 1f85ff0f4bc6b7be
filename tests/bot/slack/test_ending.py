"""A process that is told to end does end, whatever its doors do, and says in words why it could not begin."""

import threading
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.__main__ import main
from bot.slack import process
from bot.slack.process import closed, introduce


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
    monkeypatch.setattr(process, "introduce", lambda client: introduce(nobody, patience=-1))
    assert main(["slack"]) == 2
    said = capsys.readouterr().err
    assert "Slack could not be reached" in said
    assert "Traceback" not in said
