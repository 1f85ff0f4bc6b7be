"""A round of the sender: what there is no time for goes back untouched; what is ready never waits for a look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

import pytest
from slack_sdk.errors import SlackApiError
from sqlmodel import col, select

from bot.slack.drawing import Drawn
from bot.slack.errors import passes
from bot.slack.sender import Sender
from store import delivery, outbox, people
from store.engine import Store
from store.tables import OutboxRow
from tests.databases import Clock


class Slow:
    """Slack, the directory and the drawing in one; each call takes its time."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.clock, self.seconds, self.calls = clock, seconds, list[str]()

    def channel(self, place: str) -> str:
        return place

    def draw(self, owed: Any) -> Drawn:
        return Drawn(text=str(owed.id))

    def chat_postMessage(self, *, text: str, **_: Any) -> dict[str, str]:
        self.clock.forward(seconds=self.seconds)
        self.calls.append(f"post {text}")
        return {"ts": f"17.{len(self.calls):06}"}

    def conversations_history(self, **_: Any) -> dict[str, Any]:
        self.clock.forward(seconds=self.seconds)
        self.calls.append("look")
        return {"messages": []}


def owe(store: Store, *channels: str) -> list[int]:
    with store.write() as session:
        return [
            outbox.put(
                session,
                kind="post",
                payload={"thread": None},
                priority=1,
                now=store.now(),
                place_id=people.place(session, team="T", slack_channel=channel),
            )
            for channel in channels
        ]


def rows(store: Store) -> list[tuple[str, int]]:
    with store.read() as session:
        found = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
        return [(row.state, row.attempts) for row in found]


def sender(store: Store, slack: Any) -> Sender:
    return Sender(store, slack, slack, slack)


def test_what_there_is_no_time_for_is_not_touched(store: Store, clock: Clock) -> None:
    owe(store, "C1", "C2", "C3", "C4")
    slack = Slow(clock, seconds=10)
    at_work = sender(store, slack)
    at_work.work()
    assert rows(store) == [("sent", 1), ("sent", 1), ("waiting", 0), ("waiting", 0)]
    at_work.work()
    assert rows(store) == [("sent", 1)] * 4


def test_what_is_ready_does_not_wait_for_looking(store: Store, clock: Clock) -> None:
    doubtful = owe(store, "C1", "C2", "C3", "C4")
    with store.write() as session:
        outbox.claim(session, now=clock(), holder="dead", lease=timedelta(seconds=30), limit=4)
        for id in doubtful:
            delivery.mark_unknown(session, id, "timeout", holder="dead", now=clock())
    (ready,) = owe(store, "C5")
    clock.forward(seconds=30)
    slack = Slow(clock, seconds=9)
    sender(store, slack).work()
    assert slack.calls == [f"post {ready}", "look", "look"]


class Talkative(Slow):
    """A channel in which much was said since; our own message stands on the third page, or nobody may read."""

    def __init__(self, clock: Clock, ours: int, *, closed: bool = False) -> None:
        super().__init__(clock, seconds=0)
        self.ours, self.closed = ours, closed

    def conversations_history(self, *, cursor: str = "0", **_: Any) -> dict[str, Any]:
        self.calls.append(f"look {cursor}")
        if self.closed:
            raise SlackApiError("", Response("missing_scope"))
        page: list[dict[str, Any]] = [{"ts": f"18.{cursor}", "text": "something else"}]
        if cursor == "2":
            page.append({"ts": "17.5", "metadata": {"event_payload": {"owed": self.ours}}})
        return {"messages": page, "response_metadata": {"next_cursor": str(int(cursor) + 1)}}


def doubtful(store: Store, **more: Any) -> int:
    """One post of which nobody knows whether it went out."""
    with store.write() as session:
        place = people.place(session, team="T", slack_channel="C1")
        id = outbox.put(session, kind="post", payload={}, priority=1, now=store.now(), place_id=place, **more)
        outbox.claim(session, now=store.now(), holder="dead", lease=timedelta(seconds=30), limit=1)
        delivery.mark_unknown(session, id, "timeout", holder="dead", now=store.now())
    return id


def test_a_doubtful_post_is_looked_for_on_every_page(store: Store, clock: Clock) -> None:
    slack = Talkative(clock, doubtful(store))
    clock.forward(seconds=30)
    sender(store, slack).work()
    assert slack.calls == ["look 0", "look 1", "look 2"]
    with store.read() as session:
        (row,) = session.exec(select(OutboxRow)).all()
    assert (row.state, row.ts) == ("sent", "17.5")


@pytest.mark.parametrize(("purpose", "notes"), [("card", 1), ("summary", 0)])
def test_where_nobody_may_look_a_note_tells_of_the_copy_once(
    store: Store, clock: Clock, purpose: str, notes: int
) -> None:
    id = doubtful(store, subject_kind="use", subject_id="case-1", purpose=purpose)
    at_work = sender(store, Talkative(clock, id, closed=True))
    for _ in range(2):
        clock.forward(seconds=60)
        at_work.work()  # looks, and may not
        with store.write() as session:  # the second time it is lost again
            outbox.claim(session, now=clock(), holder="dead", lease=timedelta(seconds=30), limit=1)
            delivery.mark_unknown(session, id, "timeout", holder="dead", now=clock())
    with store.read() as session:
        rows = session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all()
    assert [row.payload.get("facts") for row in rows[1:]] == [{"about": "copy"}] * notes
    assert [row.lane for row in rows] == [rows[0].lane] * (1 + notes)  # so it comes after the card


class Response(dict[str, Any]):
    def __init__(self, error: str, status: int = 200) -> None:
        super().__init__(error=error)
        self.status_code = status


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (TimeoutError(), True),
        (SlackApiError("", Response("ratelimited")), True),
        (SlackApiError("", Response("", 429)), True),
        (SlackApiError("", Response("", 503)), True),
        (SlackApiError("", Response("internal_error")), True),
        (SlackApiError("", Response("user_not_found")), False),
        (KeyError("user"), False),
    ],
)
def test_whose_fault_it_is(error: Exception, passing: bool) -> None:
    assert passes(error) is passing


class Full:
    """Slack, of which the limit for updates is reached; posts still go out."""

    def __init__(self) -> None:
        self.calls = list[str]()

    def channel(self, place: str) -> str:
        return place

    def draw(self, owed: Any) -> Drawn:
        return Drawn(text=str(owed.id))

    def user(self, person: str) -> str:
        return person

    def views_publish(self, **_: Any) -> None:
        self.calls.append("publish")
        raise SlackApiError("wait", Answer())

    def chat_postMessage(self, **_: Any) -> dict[str, str]:
        self.calls.append("post")
        return {"ts": f"17.{len(self.calls):06}"}


class Answer(dict[str, str]):
    status_code = 429
    headers: ClassVar = {"Retry-After": "30"}

    def __init__(self) -> None:
        super().__init__(error="ratelimited")


def test_one_call_is_enough_to_learn_of_a_limit(store: Store, clock: Clock) -> None:
    with store.write() as session:
        for number in range(3):
            user = people.person(session, team="T", slack_user=f"U{number}", now=clock())
            outbox.put(session, kind="publish", payload={}, priority=1, now=clock(), person_id=user)
    owe(store, "C1")
    slack = Full()
    at_work = sender(store, slack)
    at_work.work()
    at_work.work()
    assert slack.calls == ["publish", "post"]
    clock.forward(seconds=30)
    at_work.work()
    assert slack.calls == ["publish", "post", "publish"]
