"""What Steward gave up on is named by the check, and put back by the worker's option."""

import json
from datetime import timedelta
from typing import Any

from store import delivery, outbox, people
from store.engine import Store


def test_what_was_put_aside_is_named_and_put_back(steward: Any, store: Store) -> None:
    with store.write() as session:
        place = people.place(session, team="T", slack_channel="C1")
        id = outbox.put(session, kind="post", payload={}, priority=1, now=store.now(), place_id=place)
        outbox.claim(session, now=store.now(), holder="h", lease=timedelta(seconds=30))
        delivery.park(session, id, "not_in_channel", holder="h")
    named = _named(steward)
    assert len(named) == 1
    assert "1 × message" in named[0]
    assert "2026-11-21 09:00" in named[0]
    assert steward("worker", "--release")[:2] == (0, "put back: 1\n")
    assert _named(steward) == []
    with store.read() as session:
        assert outbox.any_ready(session, now=store.now())


def _named(steward: Any) -> list[str]:
    found = json.loads(steward("check", "--json")[1])
    return [finding["what"] for finding in found if "not_in_channel" in finding["what"]]
