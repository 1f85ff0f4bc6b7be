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
