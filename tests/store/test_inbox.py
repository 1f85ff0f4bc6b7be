"""What came in is worked off once, in order, and survives the death of whoever works."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from store import inbox
from store.engine import Store
from store.tables import InboxRow
from tests.databases import Clock

LEASE = timedelta(seconds=30)


def put(store: Store, *keys: str) -> list[bool]:
    with store.write() as session:
        return [
            inbox.put(session, key=key, kind="event", payload={"k": key}, now=store.now()) for key in keys
        ]


def claim(store: Store, limit: int = 10) -> list[inbox.Arrived]:
    with store.write() as session:
        return inbox.claim(session, now=store.now(), lease=LEASE, limit=limit)


def state(store: Store, key: str) -> str:
    with store.read() as session:
        return session.exec(select(InboxRow.state).where(InboxRow.key == key)).one()


def finish(store: Store, id: int) -> None:
    with store.write() as session:
        inbox.done(session, id, now=store.now())


def fail(store: Store, id: int) -> bool:
    with store.write() as session:
        return inbox.failed(session, id, "it broke", now=store.now())


def test_a_key_comes_in_once_whatever_became_of_it(store: Store) -> None:
    assert put(store, "a", "b", "a") == [True, True, False]
    finish(store, claim(store)[0].id)
    assert put(store, "a") == [False]


def test_the_oldest_comes_first_and_to_one_only(store: Store) -> None:
    put(store, "a", "b", "c")
    assert [arrived.key for arrived in claim(store, limit=2)] == ["a", "b"]
    assert [(arrived.key, arrived.payload) for arrived in claim(store)] == [("c", {"k": "c"})]
    assert claim(store) == []


def test_what_a_dead_worker_held_comes_again_after_its_lease(store: Store, clock: Clock) -> None:
    put(store, "a")
    claim(store)
    clock.forward(seconds=29)
    assert claim(store) == []
    clock.forward(seconds=1)
    (again,) = claim(store)
    assert (again.key, again.attempts) == ("a", 2)


def test_at_the_start_of_the_only_worker_nobody_waits_for_leases(store: Store) -> None:
    put(store, "a", "b")
    claim(store, limit=1)
    with store.write() as session:
        assert inbox.recover(session) == 1
    assert [arrived.key for arrived in claim(store)] == ["a", "b"]


def test_work_and_done_are_one_transaction(store: Store) -> None:
    """Killed before the commit: neither the work nor the mark is there, and it is worked on again."""
    put(store, "a")
    (arrived,) = claim(store)
    with pytest.raises(KeyboardInterrupt), store.write() as session:
        finish_then_die(session, arrived.id, store.now())
    assert state(store, "a") == "working"


def finish_then_die(session: Session, id: int, now: datetime) -> None:
    inbox.done(session, id, now=now)
    session.flush()
    raise KeyboardInterrupt


def test_a_failure_waits_longer_each_time_and_is_parked_at_last(store: Store, clock: Clock) -> None:
    put(store, "a")
    waits = []
    for _ in range(inbox.TRIES):
        (arrived,) = claim(store)
        parked = fail(store, arrived.id)
        waits.append(0)
        while not parked and not claim_possible(store):
            clock.forward(seconds=1)
            waits[-1] += 1
    assert waits == [2, 4, 8, 16, 32, 0]
    assert state(store, "a") == "parked"
    clock.forward(days=30)
    assert claim(store) == []


def claim_possible(store: Store) -> bool:
    with store.read() as session:
        row = session.exec(select(InboxRow)).one()
        return row.next_try_at is not None and row.next_try_at <= store.now()


def test_what_ends_the_worker_every_time_is_parked(store: Store, clock: Clock) -> None:
    put(store, "a", "b")
    for _ in range(inbox.TRIES):
        assert [arrived.key for arrived in claim(store, limit=1)] == ["a"]
        clock.forward(seconds=30)
    assert [arrived.key for arrived in claim(store)] == ["b"]
    assert state(store, "a") == "parked"


def test_a_failure_does_not_hold_up_the_next(store: Store) -> None:
    put(store, "a", "b")
    fail(store, claim(store, limit=1)[0].id)
    assert [arrived.key for arrived in claim(store)] == ["b"]


def test_what_is_done_is_kept_for_two_days(store: Store, clock: Clock) -> None:
    put(store, "a", "b")
    finish(store, claim(store, limit=1)[0].id)
    clock.forward(hours=48)
    with store.write() as session:
        assert inbox.purge(session, now=clock()) == 0
    clock.forward(seconds=1)
    with store.write() as session:
        assert inbox.purge(session, now=clock()) == 1
    assert state(store, "b") == "waiting"
    assert put(store, "a") == [True]


def said(store: Store, key: str, lane: str, turn: str) -> None:
    with store.write() as session:
        inbox.put(session, key=key, kind="message", payload={}, now=store.now(), lane=lane, turn=turn)


def keys(store: Store, limit: int = 10) -> list[str]:
    return [arrived.key for arrived in claim(store, limit)]


def test_a_lane_is_worked_off_one_after_the_other(store: Store) -> None:
    for key, lane in (("a1", "A"), ("a2", "A"), ("b1", "B")):
        said(store, key, lane, f"1.{key}")
    (first, _) = claim(store)
    assert first.key == "a1"
    assert keys(store) == []
    finish(store, first.id)
    assert keys(store) == ["a2"]


def test_what_was_said_first_comes_first_even_if_it_arrived_later(store: Store) -> None:
    said(store, "second", "A", "1700000002.000100")
    said(store, "first", "A", "1700000001.000100")
    assert keys(store) == ["first"]


def test_an_earlier_word_waits_for_the_one_that_is_being_worked_on(store: Store, clock: Clock) -> None:
    said(store, "second", "A", "2")
    assert keys(store) == ["second"]
    said(store, "first", "A", "1")
    assert keys(store) == []
    clock.forward(seconds=31)  # its worker died
    assert keys(store) == ["first"]


def test_a_failure_holds_its_lane_until_it_is_given_up(store: Store, clock: Clock) -> None:
    said(store, "bad", "A", "1")
    said(store, "behind", "A", "2")
    for _ in range(inbox.TRIES):
        (arrived,) = claim(store)
        assert arrived.key == "bad"
        fail(store, arrived.id)
        clock.forward(minutes=5)
    assert keys(store) == ["behind"]


def test_what_slack_is_to_blame_for_is_tried_for_as_long_as_it_takes(store: Store, clock: Clock) -> None:
    put(store, "a")
    for attempt in range(3 * inbox.TRIES):
        (arrived,) = claim(store)
        assert (arrived.attempts, arrived.again) == (1, attempt > 0)
        with store.write() as session:
            assert not inbox.failed(session, arrived.id, "ratelimited", now=clock(), counts=False)
        clock.forward(seconds=10)
    assert state(store, "a") == "waiting"
