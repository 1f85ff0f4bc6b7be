"""A paper for several is made once, and neither kept for long nor taken for another."""

from __future__ import annotations

from bot.slack.carrying import Made
from bot.slack.papers import MANY, SECONDS, Papers


class Counting:
    def __init__(self) -> None:
        self.now, self.made = 0.0, 0
        self.papers = Papers(lambda: self.now)

    def get(self, key: object) -> bytes:
        return self.papers.once(key, self._make).content

    def _make(self) -> Made:
        self.made += 1
        return Made("paper.pdf", str(self.made).encode())


def test_the_same_is_made_once_and_another_anew() -> None:
    it = Counting()
    assert [it.get(key) for key in ("a", "a", "b", "a", "b")] == [b"1", b"1", b"2", b"1", b"2"]


def test_after_a_while_it_is_made_of_what_is_there_then() -> None:
    it = Counting()
    it.get("a")
    it.now = SECONDS - 1
    assert it.get("a") == b"1"
    it.now = SECONDS
    assert it.get("a") == b"2"


def test_no_more_than_a_few_are_kept() -> None:
    it = Counting()
    for key in range(MANY + 1):
        it.get(key)
    assert it.get(1) == b"2"
    assert it.get(0) == str(MANY + 2).encode()
