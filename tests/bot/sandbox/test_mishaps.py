"""What can happen to events on their way: on the workspace's clock, so that nobody waits."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.sandbox.clock import Clock
from bot.sandbox.mishaps import Mishaps
from bot.sandbox.workspace import Timing, Workspace, WorkspaceServer

NOON = 1_800_000_000.0
Heard = list[tuple[str, str, str]]


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def server(clock: Clock) -> Iterator[WorkspaceServer]:
    with WorkspaceServer(Workspace(clock=clock), timing=Timing(ack_seconds=0.6)) as running:
        yield running


@pytest.fixture
def heard(app: App, connect: Callable[[], Any]) -> Heard:
    """Every event that reached the app: its text, its id, and which repetition it was."""
    found: Heard = []

    @app.middleware
    def note(body: dict[str, Any], request: Any, next: Callable[[], Any]) -> None:
        if body.get("type") == "event_callback":
            again = request.headers.get("x-slack-retry-num", ["0"])[0]
            found.append((body["event"].get("text", ""), body["event_id"], again))
        next()

    @app.event("message")
    def hear() -> None:
        pass

    connect()
    return found


def quiet(server: WorkspaceServer) -> None:
    server.wait_until(lambda: not server.at_work())


def test_an_event_without_answer_comes_again_at_once_after_a_minute_and_after_five(
    server: WorkspaceServer, clock: Clock, heard: Heard
) -> None:
    server.faults.lose_answers(None)
    server.person("U0MIRA").says("dm", "hello")
    server.wait_until(lambda: len(heard) == 2)
    quiet(server)
    clock.move(59)
    quiet(server)
    assert len(heard) == 2
    clock.move(1)
    server.wait_until(lambda: len(heard) == 3)
    quiet(server)
    clock.move(300)
    server.wait_until(lambda: not server.pending())
    assert [again for _, _, again in heard] == ["0", "1", "2", "3"]
    assert len({ident for _, ident, _ in heard}) == 1


def test_so_many_answers_are_lost_and_no_more(server: WorkspaceServer, heard: Heard) -> None:
    server.faults.lose_answers(1)
    mira = server.person("U0MIRA")
    mira.says("dm", "one")
    server.wait_until(lambda: not server.pending())
    mira.says("dm", "two")
    server.wait_until(lambda: not server.pending())
    assert [(text, again) for text, _, again in heard] == [("one", "0"), ("one", "1"), ("two", "0")]


def test_every_event_comes_as_often_as_asked(server: WorkspaceServer, heard: Heard) -> None:
    server.faults.duplicate(1, 4, seed=3)
    mira = server.person("U0MIRA")
    for number in range(12):
        mira.says("dm", str(number))
    server.wait_until(lambda: not server.pending())
    counts = [sum(text == str(number) for text, _, _ in heard) for number in range(12)]
    assert set(counts) == {1, 2, 3, 4}
    assert len({ident for _, ident, _ in heard}) == 12
    server.faults.calm()
    mira.says("dm", "once")
    server.wait_until(lambda: not server.pending())
    assert sum(text == "once" for text, _, _ in heard) == 1


def test_events_come_late_and_in_another_order_by_the_clock(
    server: WorkspaceServer, clock: Clock, heard: Heard
) -> None:
    server.faults.shuffle(600, seed=5)
    mira = server.person("U0MIRA")
    said = [str(number) for number in range(8)]
    for text in said:
        mira.says("dm", text)
    while server.pending():
        quiet(server)
        due = clock.next_waking()
        clock.move(max(0.0, due - clock.now()) if due else 0)
    order = [text for text, _, _ in heard]
    assert sorted(order) == said
    assert order != said
    assert 0 < clock.now() - NOON <= 600


def test_events_are_held_back_until_they_are_let_go(server: WorkspaceServer, heard: Heard) -> None:
    mira = server.person("U0MIRA")
    server.faults.hold()
    for number in range(6):
        mira.says("dm", str(number))
    assert not server.pending()
    assert server.faults.release(backwards=True) == 6
    server.wait_until(lambda: not server.pending())
    mira.says("dm", "after")
    server.wait_until(lambda: not server.pending())
    texts = [text for text, _, _ in heard]
    assert (sorted(texts[:6]), texts[6:]) == (list("012345"), ["after"])


def test_what_is_held_is_let_go_in_the_order_that_was_asked_for() -> None:
    def let_go(**order: Any) -> list[int]:
        found: list[int] = []
        mishaps = Mishaps()
        mishaps.hold()
        held = [mishaps.on_its_way(partial(found.append, number)) for number in range(6)]
        assert (held, found) == ([False] * 6, [])
        mishaps.release(**order)
        assert mishaps.on_its_way(partial(found.append, 6))
        return found

    assert let_go() == [0, 1, 2, 3, 4, 5]
    assert let_go(backwards=True) == [5, 4, 3, 2, 1, 0]
    shuffled = let_go(seed=1)
    assert sorted(shuffled) == let_go() != shuffled
    assert let_go(seed=1) == shuffled


def test_what_nobody_took_for_two_hours_is_forgotten(
    server: WorkspaceServer, clock: Clock, app: App, connect: Callable[[], Any]
) -> None:
    mira = server.person("U0MIRA")
    mira.says("dm", "old")
    clock.move(2 * 3600 + 1)
    assert server.pending() == 1
    mira.says("dm", "new")
    found: list[str] = []

    @app.event("message")
    def hear(event: dict[str, Any]) -> None:
        found.append(event["text"])

    connect()
    server.wait_until(lambda: not server.pending())
    assert found == ["new"]


def test_a_press_is_neither_doubled_nor_held(
    server: WorkspaceServer, client: WebClient, app: App, heard: Heard
) -> None:
    pressed: list[str] = []

    @app.action("go")
    def go(ack: Callable[[], None], body: dict[str, Any]) -> None:
        pressed.append(body["trigger_id"])
        ack()

    server.faults.duplicate(3)
    server.faults.hold()
    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    blocks = [{"type": "actions", "elements": [button]}]
    ts = client.chat_postMessage(channel="C0GENERAL", text="?", blocks=blocks)["ts"]
    assert server.person("U0MIRA").clicks("general", ts, "go")
    assert len(pressed) == 1
