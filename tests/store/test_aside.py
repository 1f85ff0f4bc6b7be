"""What was put aside is not lost: it is named, and goes on when it is put back."""

from __future__ import annotations

from datetime import timedelta

from store import aside, delivery, inbox, outbox, people
from store.engine import Store
from tests.databases import Clock

LEASE = timedelta(seconds=30)


def test_what_lies_aside_is_named_and_can_be_put_back(store: Store, clock: Clock) -> None:
    began = clock()
    with store.write() as session:
        place = people.place(session, team="T", slack_channel="C1")
        for number in range(2):
            inbox.put(session, key=f"k{number}", kind="message", payload={}, now=clock())
            outbox.put(session, kind="post", payload={"n": number}, priority=1, now=clock(), place_id=place)
            clock.forward(minutes=1)
    with store.write() as session:
        assert aside.put_aside(session) == ()
        for _ in range(2):
            (owed,) = outbox.claim(session, now=clock(), holder="h", lease=LEASE)
            delivery.park(session, owed.id, "not_in_channel", holder="h")
    for _ in range(inbox.TRIES):
        with store.write() as session:
            for arrived in inbox.claim(session, now=clock(), lease=LEASE, limit=2):
                inbox.failed(session, arrived.id, "KeyError", now=clock())
        clock.forward(minutes=5)
    with store.write() as session:
        assert aside.put_aside(session) == (
            aside.Aside(box="inbox", problem="KeyError", count=2, oldest=began),
            aside.Aside(box="outbox", problem="not_in_channel", count=2, oldest=began),
        )
        assert aside.put_back(session) == 4
    with store.write() as session:
        assert aside.put_aside(session) == ()
        assert [arrived.attempts for arrived in inbox.claim(session, now=clock(), lease=LEASE, limit=9)] == [
            1,
            1,
        ]
        assert [owed.payload for owed in outbox.claim(session, now=clock(), holder="h", lease=LEASE)] == [
            {"n": 0}
        ]
