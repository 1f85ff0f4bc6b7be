"""What is owed leaves in order, once if it can be known, and with a question if it cannot."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlmodel import col, select

from store import addresses, delivery, outbox, people
from store.engine import Store
from store.migrate import migrate
from store.tables import OutboxRow
from tests.databases import Clock

LEASE = timedelta(seconds=30)


@pytest.fixture
def places(store: Store) -> dict[str, str]:
    return seeded(store)


def seeded(store: Store) -> dict[str, str]:
    with store.write() as session:
        ana = people.person(session, team="T", slack_user="U1", now=store.now())
        return {
            "ana": ana,
            "gov": people.place(session, team="T", slack_channel="C1"),
            "hall": people.place(session, team="T", slack_channel="C2"),
            "dm": people.place(session, team="T", slack_channel="D1", person_id=ana),
        }


def put(store: Store, place: str | None, *, kind: str = "post", priority: int = 1, **more: Any) -> int:
    with store.write() as session:
        payload = more.pop("payload", {})
        return outbox.put(
            session,
            kind=kind,
            payload=payload,
            priority=priority,
            place_id=place,
            now=store.now(),
            **more,
        )


def claim(store: Store, limit: int = 10, holder: str = "one") -> list[int]:
    with store.write() as session:
        owed = outbox.claim(session, now=store.now(), holder=holder, lease=LEASE, limit=limit)
        return [message.id for message in owed]


def sent(store: Store, id: int, ts: str = "1.1", holder: str = "one", **more: Any) -> bool:
    with store.write() as session:
        return delivery.mark_sent(session, id, holder=holder, ts=ts, now=store.now(), **more)


def row(store: Store, id: int) -> OutboxRow:
    with store.read() as session:
        return session.get_one(OutboxRow, id)


def test_a_place_gets_its_messages_in_order_one_after_the_other(store: Store, places: dict[str, str]) -> None:
    first, second = put(store, places["gov"]), put(store, places["gov"], priority=0)
    other = put(store, places["hall"])
    assert claim(store) == [first, other]
    assert claim(store) == []
    sent(store, first)
    assert claim(store) == [second]


def test_the_most_urgent_place_comes_first(store: Store, places: dict[str, str]) -> None:
    digest = put(store, places["gov"], priority=9)
    answer = put(store, places["dm"], priority=0)
    assert claim(store, limit=1) == [answer]
    assert claim(store, limit=1) == [digest]


def test_a_person_is_one_lane_before_and_after_the_direct_message_is_open(
    store: Store, places: dict[str, str]
) -> None:
    first = put(store, None, person_id=places["ana"])
    second = put(store, places["dm"])
    home = put(store, None, person_id=places["ana"], kind="publish")
    assert claim(store) == [first, home]
    sent(store, first, place_id=places["dm"])
    assert claim(store) == [second]


def test_slacks_wait_keeps_the_order_and_is_no_failure(
    store: Store, places: dict[str, str], clock: Clock
) -> None:
    first, second = put(store, places["gov"]), put(store, places["gov"])
    claim(store)
    with store.write() as session:
        delivery.retry_later(session, first, holder="one", seconds=20, now=clock())
    assert row(store, first).attempts == 0
    clock.forward(seconds=19)
    assert claim(store) == []
    clock.forward(seconds=1)
    assert claim(store) == [first]
    sent(store, first)
    assert claim(store) == [second]


def test_a_post_of_a_dead_sender_is_looked_for_before_it_is_sent_again(
    store: Store, places: dict[str, str], clock: Clock
) -> None:
    post, behind = put(store, places["gov"]), put(store, places["gov"])
    claim(store)
    clock.forward(seconds=30)
    assert claim(store) == []
    assert row(store, post).state == "unknown"
    assert unknown(store, "two") == [post]
    assert unknown(store, "three") == []  # one of them looks
    with store.write() as session:
        delivery.send_again(session, post, holder="two", now=clock())
    assert claim(store) == [post]
    sent(store, post)
    assert claim(store) == [behind]


def unknown(store: Store, holder: str) -> list[int]:
    with store.write() as session:
        owed = outbox.claim_unknown(session, now=store.now(), holder=holder, lease=LEASE, limit=9)
        return [message.id for message in owed]


def test_a_post_that_is_found_is_marked_and_not_sent_again(
    store: Store, places: dict[str, str], clock: Clock
) -> None:
    post = put(store, places["gov"], subject_kind="use", subject_id="U1", purpose="card")
    claim(store)
    clock.forward(seconds=31)
    assert unknown(store, "two") == [post]
    assert sent(store, post, ts="5.5", version=3)
    assert address(store, places["gov"]) == ("5.5", 3)
    assert claim(store) == unknown(store, "two") == []


def address(store: Store, place: str) -> tuple[str, int | None] | None:
    with store.read() as session:
        found = addresses.find(session, subject_kind="use", subject_id="U1", purpose="card", place_id=place)
        return None if found is None else (found.ts, found.version_shown)


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [
        ("post", "unknown"),
        ("upload", "unknown"),
        ("update", "waiting"),
        ("publish", "waiting"),
        ("delete", "waiting"),
        ("ephemeral", "waiting"),
    ],
)
def test_what_becomes_of_a_message_nobody_knows_about(
    store: Store, places: dict[str, str], clock: Clock, kind: str, becomes: str
) -> None:
    died = put(store, places["gov"], kind=kind, person_id=places["ana"])
    unclear = put(store, places["hall"], kind=kind)
    claim(store)
    with store.write() as session:
        delivery.mark_unknown(session, unclear, "timeout", holder="one", now=clock())
    with store.write() as session:
        assert outbox.recover(session) == 1
    assert (row(store, died).state, row(store, unclear).state) == (becomes, becomes)
    assert row(store, unclear).problem == "timeout"


def test_a_late_mark_of_a_slow_sender_counts(store: Store, places: dict[str, str], clock: Clock) -> None:
    post = put(store, places["gov"])
    claim(store, holder="slow")
    clock.forward(seconds=31)
    claim(store, holder="quick")
    assert sent(store, post)
    assert not sent(store, post, ts="9.9")
    assert row(store, post).ts == "1.1"


def test_failures_are_repeated_ever_more_slowly_and_then_parked(
    store: Store, places: dict[str, str], clock: Clock
) -> None:
    first, second = put(store, places["gov"]), put(store, places["gov"])
    for attempt in range(1, outbox.TRIES + 1):
        assert claim(store) == [first]
        with store.write() as session:
            assert delivery.failed(session, first, "invalid", holder="one", now=clock()) is (
                attempt == outbox.TRIES
            )
        clock.forward(minutes=5)
    assert (row(store, first).state, row(store, first).problem) == ("parked", "invalid")
    assert claim(store) == [second]  # the place goes on


@pytest.mark.parametrize("kind", ["update", "publish"])
def test_a_newer_update_takes_the_turn_of_the_one_that_waits(
    store: Store, places: dict[str, str], kind: str
) -> None:
    old = put(store, places["gov"], kind=kind, coalesce="c", payload={"v": 1}, priority=5)
    behind = put(store, places["gov"], kind=kind, coalesce="other")
    assert put(store, places["gov"], kind=kind, coalesce="c", payload={"v": 2}, priority=2) == old
    assert (row(store, old).payload, row(store, old).priority) == ({"v": 2}, 2)
    assert claim(store) == [old]
    newest = put(store, places["gov"], kind=kind, coalesce="c", payload={"v": 3})
    assert newest > behind  # what is being sent is not changed under the sender's hand


def test_posts_are_never_merged(store: Store, places: dict[str, str]) -> None:
    assert put(store, places["gov"], coalesce="c") != put(store, places["gov"], coalesce="c")


def test_addresses_follow_what_was_sent(store: Store, places: dict[str, str]) -> None:
    card: dict[str, Any] = {"subject_kind": "use", "subject_id": "U1", "purpose": "card"}
    for kind, ts, version, expected in [
        ("post", "1.1", 1, ("1.1", 1)),
        ("update", "1.1", 2, ("1.1", 2)),
        ("post", "2.2", 3, ("2.2", 3)),
        ("delete", "2.2", None, None),
    ]:
        id = put(store, places["gov"], kind=kind, **card)
        claim(store)
        sent(store, id, ts=ts, version=version)
        assert address(store, places["gov"]) == expected


def test_a_message_to_a_person_remembers_the_direct_message_it_went_to(
    store: Store, places: dict[str, str]
) -> None:
    id = put(store, None, person_id=places["ana"], subject_kind="use", subject_id="U1", purpose="card")
    claim(store)
    sent(store, id, place_id=places["dm"])
    assert address(store, places["dm"]) == ("1.1", None)


def test_a_passing_word_is_not_said_late(store: Store, places: dict[str, str], clock: Clock) -> None:
    word = put(store, places["gov"], kind="ephemeral", person_id=places["ana"])
    clock.forward(seconds=61)
    assert claim(store) == []
    assert row(store, word).state == "dropped"


def test_what_was_sent_is_removed_after_a_week_and_what_is_parked_stays(
    store: Store, places: dict[str, str], clock: Clock
) -> None:
    done, stuck = put(store, places["gov"]), put(store, places["hall"])
    claim(store)
    sent(store, done)
    with store.write() as session:
        delivery.park(session, stuck, "channel_not_found", holder="one")
    clock.forward(days=7, seconds=1)
    with store.write() as session:
        assert outbox.purge(session, now=clock()) == 1
    assert row(store, stuck).problem == "channel_not_found"
    assert put(store, places["gov"]) > stuck


@pytest.fixture(scope="module")
def quiet_store() -> Iterator[Store]:
    store = Store("sqlite://", now=Clock())
    migrate(store)
    yield store
    store.close()


@hypothesis_settings(max_examples=60)
@given(
    queued=st.lists(
        st.tuples(st.sampled_from(["gov", "hall", "dm"]), st.integers(0, 2), st.booleans()),
        min_size=1,
        max_size=9,
    )
)
def test_whatever_goes_wrong_each_place_hears_everything_in_order(
    quiet_store: Store, queued: list[tuple[str, int, bool]]
) -> None:
    store = quiet_store
    with store.write() as session:
        session.exec(delete(OutboxRow))
    places, now = seeded(store), store.now()
    flaky = {put(store, places[place], priority=urgency): wait for place, urgency, wait in queued}
    heard: list[int] = []
    while len(heard) < len(flaky):
        for id in claim(store):
            if flaky.pop(id, False) is True:
                flaky[id] = False
                with store.write() as session:
                    delivery.retry_later(session, id, holder="one", seconds=0, now=now)
            else:
                flaky[id] = False
                sent(store, id)
                heard.append(id)
    with store.read() as session:
        lanes = dict(session.exec(select(OutboxRow.id, OutboxRow.lane).order_by(col(OutboxRow.id))).all())
    assert sorted(heard) == sorted(flaky)
    for lane in set(lanes.values()):
        of_lane = [id for id in heard if lanes[id] == lane]
        assert of_lane == sorted(of_lane)


@pytest.mark.parametrize("kind", ["post", "update"])
def test_a_late_sender_takes_nothing_back(
    store: Store, places: dict[str, str], clock: Clock, kind: str
) -> None:
    """Its lease ran out, another sent the message: none of its words change that."""
    id = put(store, places["gov"], kind=kind)
    claim(store, holder="slow")
    clock.forward(seconds=31)
    if kind == "post":
        claim(store, holder="quick")
        assert unknown(store, "quick") == [id]
    else:
        assert claim(store, holder="quick") == [id]
    assert sent(store, id, holder="quick")
    with store.write() as session:
        delivery.failed(session, id, "late", holder="slow", now=clock())
        delivery.retry_later(session, id, holder="slow", seconds=1, now=clock())
        delivery.mark_unknown(session, id, "late", holder="slow", now=clock())
        delivery.send_again(session, id, holder="slow", now=clock())
        delivery.park(session, id, "late", holder="slow")
        delivery.drop(session, id, "late", holder="slow")
        delivery.repost(session, id, holder="slow")
        delivery.plainly(session, id, holder="slow")
        delivery.give_back(session, id, holder="slow")
    kept = row(store, id)
    assert (kept.state, kept.kind, kept.problem, kept.payload) == ("sent", kind, None, {})


def test_a_late_mark_does_not_hide_what_an_update_says_by_now(
    store: Store, places: dict[str, str], clock: Clock
) -> None:
    id = put(store, places["gov"], kind="update", coalesce="c", payload={"v": 1})
    claim(store, holder="slow")
    clock.forward(seconds=31)
    put(store, places["hall"])
    claim(store, limit=1, holder="quick")  # the lease of the slow one has ended
    assert claim(store, limit=1, holder="quick") != []
    with store.write() as session:
        outbox.recover(session)
    assert put(store, places["gov"], kind="update", coalesce="c", payload={"v": 2}) == id
    assert not sent(store, id, holder="slow")
    assert (row(store, id).state, row(store, id).payload) == ("waiting", {"v": 2})


def test_what_was_claimed_and_not_sent_is_given_back_as_if_untouched(
    store: Store, places: dict[str, str]
) -> None:
    id = put(store, places["gov"], kind="update")
    for _ in range(2 * outbox.TRIES):
        assert claim(store) == [id]
        with store.write() as session:
            delivery.give_back(session, id, holder="one")
    assert (row(store, id).state, row(store, id).attempts) == ("waiting", 0)


@pytest.mark.parametrize("kind", ["update", "publish", "delete"])
def test_a_bad_hour_of_slack_gives_nothing_up(
    store: Store, places: dict[str, str], clock: Clock, kind: str
) -> None:
    owed = put(store, places["gov"], kind=kind)
    for _ in range(4 * outbox.TRIES):
        assert claim(store) == [owed]
        with store.write() as session:
            delivery.mark_unknown(session, owed, "HTTP 500", holder="one", now=clock())
        clock.forward(minutes=5)
    assert row(store, owed).state == "waiting"
    clock.forward(days=1)
    for _ in range(3):
        claim(store)
        with store.write() as session:
            delivery.mark_unknown(session, owed, "HTTP 500", holder="one", now=clock())
        clock.forward(minutes=5)
    assert (row(store, owed).state, row(store, owed).problem) == ("parked", "HTTP 500")


@pytest.mark.parametrize(("kind", "waits"), [("update", True), ("post", False)])
def test_a_limit_of_slack_holds_all_that_it_counts_together(
    store: Store, places: dict[str, str], clock: Clock, kind: str, waits: bool
) -> None:
    first, other = put(store, places["gov"], kind=kind), put(store, places["hall"], kind=kind)
    beside = put(store, places["dm"], kind="delete")
    assert claim(store, limit=1) == [first]
    with store.write() as session:
        delivery.limited(session, first, holder="one", until=clock() + timedelta(seconds=30))
    assert claim(store) == ([beside] if waits else [other, beside])
    clock.forward(seconds=30)
    assert first in claim(store)


def test_a_passing_word_does_not_wait_behind_the_posts_of_its_channel(
    store: Store, places: dict[str, str]
) -> None:
    first = put(store, places["gov"])
    put(store, places["gov"])
    word = put(store, places["gov"], kind="ephemeral", person_id=places["ana"])
    assert claim(store) == [first, word]
