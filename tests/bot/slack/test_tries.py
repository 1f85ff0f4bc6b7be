"""Wrong phrases cost the machine a little, show in the log, and keep nobody out who has the right one."""

from __future__ import annotations

import logging

import pytest

from bot.slack.tries import MANY, Tries
from triage.outcome import Refused


def test_they_are_tried_one_at_a_time() -> None:
    tries = Tries(patience=0.01)
    with tries.one_at_a_time(), pytest.raises(Refused, match="phrases_tried"), tries.one_at_a_time():
        raise AssertionError("two at once")
    with tries.one_at_a_time():
        pass


def test_many_wrong_ones_show_and_keep_nobody_out(caplog: pytest.LogCaptureFixture) -> None:
    tries = Tries(patience=0.01)
    with caplog.at_level(logging.WARNING):
        for _ in range(MANY):
            with tries.one_at_a_time():
                tries.note_wrong()
    assert [record.getMessage() for record in caplog.records] == ["Many wrong phrases were tried"]
    with tries.one_at_a_time():
        pass
