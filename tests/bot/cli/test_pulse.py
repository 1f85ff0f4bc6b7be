"""Work without steps to count shows that it goes on, and leaves nothing behind."""

from __future__ import annotations

import io
import sys
import time
from contextlib import AbstractContextManager

import pytest

from bot.cli.pulse import CLEARED, at_work
from store.engine import Store
from tests.bot.cli.conftest import Steward


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def until(shown: Terminal, words: str) -> None:
    """However slow the machine is."""
    for _ in range(2000):
        if words in shown.getvalue():
            return
        time.sleep(0.005)
    raise AssertionError(shown.getvalue())


def test_it_counts_once_people_would_wonder_and_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", shown := Terminal())
    with at_work("Verifying", after=0.0, each=0.01):
        until(shown, f"{CLEARED}Verifying: 0 s{CLEARED}Verifying: 0 s")
    assert shown.getvalue().endswith(CLEARED)


def test_what_is_quick_or_goes_into_a_file_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, after in ((Terminal(), 60.0), (io.StringIO(), 0.0)):
        monkeypatch.setattr(sys, "stderr", stream)
        with at_work("Verifying", after=after):
            pass
        assert stream.getvalue() == ""


@pytest.mark.parametrize("words", [("verify",), ("export", "--format", "json", "--out", "out")])
def test_verify_and_export_have_it(
    steward: Steward, register: Store, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    told: list[str] = []

    def noting(what: str) -> AbstractContextManager[None]:
        told.append(what)
        return at_work(what)

    module = {"verify": "verified"}.get(words[0], words[0])
    monkeypatch.setattr(f"bot.cli.{module}.at_work", noting)
    assert steward(*words)[0] == 0
    assert len(told) == 1
