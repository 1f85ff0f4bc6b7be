"""The demo's organisation has a fast lane, and its story plays it; what it makes general says that it is an example."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from bot.demo.stage import Stage
from bot.demo.story import card_messages, play, scenes
from bot.sandbox.reading import words
from store import audit, patterns
from store.engine import Store


def test_the_story_plays_the_fast_lane(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'steward.db'}"
    stage = Stage(url)
    stage.server.workspace.rates = None
    stage.open()
    try:
        play(
            stage.server, [each for each in scenes() if {"pattern", "recorded"} & {*each}], lambda line: None
        )
        stage.server.wait_until(lambda: not stage.server.pending())
        cards = [words(card) for card in card_messages(stage.server)]
    finally:
        stage.close()
    store = Store(url, now=lambda: datetime.now(UTC))
    with store.read() as session:
        lines = [re.search(r'"what":"([a-z_.]+)"', line) for line in audit.sealed_lines(session)]
        (known,) = patterns.every(session)
        uses = patterns.uses(session)
    store.close()
    told = [line[1] for line in lines if line is not None]
    assert told.count("pattern.confirmed") == told.count("case.recorded") == 1
    assert known.pattern.covers.startswith("Example")
    assert uses == {known.pattern.id: 1}
    assert len(cards) == 2
